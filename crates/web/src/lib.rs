//! Request context, sessions, forms, texts, the page shell and its components.

pub mod api;
pub mod assets;
pub mod cards;
pub mod choice;
mod cookies;
mod failure;
mod fields;
pub mod form;
mod headers;
pub mod identity;
mod limits;
mod local;
pub mod parts;
pub mod problems;
mod respond;
mod rx;
pub mod shell;
mod site;
mod state;
pub mod table;
pub mod texts;

pub use failure::Failure;
pub use fields::Fields;
pub use local::local_path;
pub use respond::{
    Answer, file, form_again, leading_to, page, page_with, see_other, to, to_with_flash, with_session, without_session,
};
pub use rx::Rx;
pub use site::router;
pub use state::{Settings, State};
pub use texts::TEXTS;
