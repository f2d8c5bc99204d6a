#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod albo;
pub mod belfiore;
pub mod date;
pub mod email;
pub mod euro;
pub mod fiscal_code;
pub mod member_code;
pub mod phone;
pub mod plate;
pub mod province;
pub mod rea;
pub mod vat;

mod letters;
mod text;

pub use albo::AlboNumber;
pub use belfiore::BelfioreCode;
pub use date::CalendarDate;
pub use email::EmailAddress;
pub use euro::Euro;
pub use fiscal_code::{FiscalCode, NumericCode, PersonalCode, Sex};
pub use member_code::MemberCode;
pub use phone::PhoneNumber;
pub use plate::Plate;
pub use province::Province;
pub use rea::Rea;
pub use vat::VatNumber;
