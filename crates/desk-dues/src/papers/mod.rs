//! The papers of this desk: the receipt of a payment, the payment notice and the statement of regularity, all as PDF/UA
//! and PDF/A.
//!
//! Owns nothing: a paper is made from the record whenever it is asked for, in the tenant's language, and the same
//! record gives the same bytes (requirement A-48).

mod notice;
mod receipt;
mod statement;

pub use notice::notice_pdf;
pub use receipt::{line_text, receipt_pdf};
pub use statement::{statement_file, statement_pdf};

use std::future::Future;
use std::pin::Pin;

use ::papers::{Header, PaperError};
use sportello_core::access::{Actor, Operation};
use sportello_core::notices::{Attachment, PaperMaker};
use sportello_core::people::FirmId;
use sportello_core::texts::Language;
use sportello_core::{Cx, Error, payments};

/// Makes the papers that notices carry.
pub const MAKER: PaperMaker = PaperMaker(make);

fn make(cx: &Cx, attachment: Attachment) -> Pin<Box<dyn Future<Output = Result<pec::Attachment, Error>> + Send + '_>> {
    Box::pin(async move {
        let Attachment::Receipt(id) = attachment;
        let payment = payments::get(cx, id).await?.ok_or(Error::Store(::store::Error::NoRow))?;
        let bytes = receipt::of(cx, &payment).await?;
        Ok(pec::Attachment { name: receipt::file_name(cx, &payment), media_type: "application/pdf".to_owned(), bytes })
    })
}

/// A firm sees its own papers only; to others they do not exist.
fn visible(cx: &Cx, owner: FirmId) -> Result<(), Error> {
    match &cx.actor {
        Actor::Firm { firm, .. } if *firm == owner => cx.require(Operation::PayFee),
        Actor::Firm { .. } => Err(Error::Store(::store::Error::NoRow)),
        Actor::System(_) => Ok(()),
        Actor::Operator { .. } | Actor::Committente { .. } | Actor::Anonymous => cx.require(Operation::SeeFirms),
    }
}

/// Sets a paper on a thread of its own: it takes milliseconds, and pages must not wait for it.
async fn set(work: impl FnOnce() -> Result<Vec<u8>, PaperError> + Send + 'static) -> Result<Vec<u8>, Error> {
    let set = tokio::task::spawn_blocking(work).await.map_err(|_| Error::Stopped("the making of papers"))?;
    Ok(set?)
}

fn language(cx: &Cx) -> ::papers::Language {
    match cx.tenant.language {
        Language::Italian => ::papers::Language::Italian,
        Language::English => ::papers::Language::English,
    }
}

fn letterhead(cx: &Cx) -> Header {
    let language = cx.tenant.language;
    Header {
        organisation: cx.tenant.owner.get(language).to_owned(),
        department: cx.tenant.name.get(language).to_owned(),
        address: vec![cx.tenant.owner_url.clone(), cx.tenant.help.email.clone()],
    }
}
