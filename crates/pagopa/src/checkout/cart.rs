//! What the payer is sent to pay.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use super::wire;
use crate::creditor::CreditorCode;
use crate::money::Amount;
use crate::notice::NoticeNumber;
use crate::subject::Email;
use crate::text::Text;

/// One to five notices that are paid together, and where to go afterwards.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "wire::Cart", into = "wire::Cart")]
pub struct Cart {
    notices: Vec<CartNotice>,
    /// Where the browser goes afterwards.
    pub return_urls: ReturnUrls,
    /// Where pagoPA sends its own confirmation; the payer can change it on the page.
    pub email: Option<Email>,
    /// The creditor's own identifier of the cart.
    pub id: Option<Box<str>>,
    /// Whether all accounts are postal accounts, which lets the payer use postal services.
    pub all_ccp: Option<bool>,
}

/// A notice in a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartNotice {
    /// The number.
    pub notice: NoticeNumber,
    /// Who is to be paid.
    pub creditor: CreditorCode,
    /// How much; the page asks the creditor again before the payment.
    pub amount: Amount,
    /// The name of who is to be paid.
    pub company_name: Text<140>,
    /// The object of the payment.
    pub description: Text<140>,
}

/// The three addresses of the creditor to which the page sends the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnUrls {
    /// After a payment.
    pub ok: Url,
    /// When the payer gave up.
    pub cancel: Url,
    /// When something failed.
    pub error: Url,
}

/// Why a cart cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CartError {
    /// No notice, or more than five.
    #[error("a cart holds 1 to 5 notices, not {0}")]
    Count(usize),
    /// The same notice of the same creditor twice.
    #[error("the notice {0} is in the cart twice")]
    Twice(NoticeNumber),
}

impl Cart {
    /// How many notices fit.
    pub const MAX_NOTICES: usize = 5;

    /// A cart without the optional data.
    pub fn new(notices: Vec<CartNotice>, return_urls: ReturnUrls) -> Result<Self, CartError> {
        if !(1..=Self::MAX_NOTICES).contains(&notices.len()) {
            return Err(CartError::Count(notices.len()));
        }
        let key = |notice: &CartNotice| (notice.creditor, notice.notice);
        for (at, notice) in notices.iter().enumerate() {
            if notices[..at].iter().any(|earlier| key(earlier) == key(notice)) {
                return Err(CartError::Twice(notice.notice));
            }
        }
        Ok(Self { notices, return_urls, email: None, id: None, all_ccp: None })
    }

    /// The notices, one to five.
    #[must_use]
    pub fn notices(&self) -> &[CartNotice] {
        &self.notices
    }
}

impl fmt::Debug for Cart {
    /// Leaves out the return addresses, which may hold a secret of the payer's session.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cart").field("notices", &self.notices).field("id", &self.id).finish_non_exhaustive()
    }
}
