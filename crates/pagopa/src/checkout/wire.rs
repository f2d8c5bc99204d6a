//! The JSON of a cart and of an error.

use serde::{Deserialize, Deserializer, Serialize};
use url::Url;

use super::cart;
use crate::creditor::CreditorCode;
use crate::money::Amount;
use crate::notice::NoticeNumber;
use crate::subject::Email;
use crate::text::Text;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Cart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email_notice: Option<String>,
    payment_notices: Vec<PaymentNotice>,
    return_urls: ReturnUrls,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_cart: Option<Box<str>>,
    #[serde(default, rename = "allCCP", skip_serializing_if = "Option::is_none", deserialize_with = "truth")]
    all_ccp: Option<bool>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PaymentNotice {
    notice_number: NoticeNumber,
    fiscal_code: CreditorCode,
    /// Cents, unlike the SOAP service.
    amount: u64,
    company_name: String,
    description: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReturnUrls {
    return_ok_url: String,
    return_cancel_url: String,
    return_error_url: String,
}

/// RFC 9457.
#[derive(Deserialize)]
pub(super) struct ProblemDetails {
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub detail: Option<String>,
}

impl From<cart::Cart> for Cart {
    fn from(cart: cart::Cart) -> Self {
        let notice = |notice: &cart::CartNotice| PaymentNotice {
            notice_number: notice.notice,
            fiscal_code: notice.creditor,
            amount: notice.amount.cents(),
            company_name: notice.company_name.to_string(),
            description: notice.description.to_string(),
        };
        Self {
            payment_notices: cart.notices().iter().map(notice).collect(),
            email_notice: cart.email.map(|email| email.to_string()),
            return_urls: ReturnUrls {
                return_ok_url: cart.return_urls.ok.into(),
                return_cancel_url: cart.return_urls.cancel.into(),
                return_error_url: cart.return_urls.error.into(),
            },
            id_cart: cart.id,
            all_ccp: cart.all_ccp,
        }
    }
}

impl TryFrom<Cart> for cart::Cart {
    type Error = String;

    fn try_from(wire: Cart) -> Result<Self, String> {
        let notices = wire.payment_notices.into_iter().map(notice).collect::<Result<_, String>>()?;
        let return_urls = cart::ReturnUrls {
            ok: address("returnOkUrl", &wire.return_urls.return_ok_url)?,
            cancel: address("returnCancelUrl", &wire.return_urls.return_cancel_url)?,
            error: address("returnErrorUrl", &wire.return_urls.return_error_url)?,
        };
        let mut cart = Self::new(notices, return_urls).map_err(|error| error.to_string())?;
        cart.email = match wire.email_notice.filter(|email| !email.is_empty()) {
            Some(email) => Some(Email::parse(&email).ok_or("emailNotice is not an e-mail address")?),
            None => None,
        };
        cart.id = wire.id_cart;
        cart.all_ccp = wire.all_ccp;
        Ok(cart)
    }
}

fn notice(wire: PaymentNotice) -> Result<cart::CartNotice, String> {
    let amount = Amount::from_cents(wire.amount).map_err(|error| format!("amount: {error}"))?;
    Ok(cart::CartNotice {
        notice: wire.notice_number,
        creditor: wire.fiscal_code,
        amount,
        company_name: Text::fit(&wire.company_name),
        description: Text::fit(&wire.description),
    })
}

/// Reads an address; one without a scheme, as in the examples of the specification, is taken as `https`.
fn address(name: &str, text: &str) -> Result<Url, String> {
    let url = if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("https://{text}")) };
    match url {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        _ => Err(format!("{name} is not a web address")),
    }
}

/// Reads a truth value, also written as a text, as in the examples of the specification.
fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Truth {
        Value(bool),
        Text(String),
    }
    match Option::<Truth>::deserialize(deserializer)? {
        None => Ok(None),
        Some(Truth::Value(value)) => Ok(Some(value)),
        Some(Truth::Text(text)) => {
            text.parse().map(Some).map_err(|_| serde::de::Error::custom("allCCP is neither true nor false"))
        }
    }
}
