use std::future::Future;
use std::pin::Pin;

use pec::Attachment as Enclosure;

use super::model::Attachment;
use crate::Cx;
use crate::error::Error;

type Made<'a> = Pin<Box<dyn Future<Output = Result<Enclosure, Error>> + Send + 'a>>;

/// How a desk makes the papers that its notices carry; found among the tenant's parts when a notice is sent.
pub struct PaperMaker(pub for<'a> fn(&'a Cx, Attachment) -> Made<'a>);

impl std::fmt::Debug for PaperMaker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PaperMaker")
    }
}

pub(super) async fn make(cx: &Cx, attachment: Attachment) -> Result<Enclosure, Error> {
    let maker = cx.tenant.part::<PaperMaker>().ok_or(Error::Stopped("the making of papers"))?;
    (maker.0)(cx, attachment).await
}
