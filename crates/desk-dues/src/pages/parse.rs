//! What people type, parsed once, with the sentence to show when it cannot be.

use italia::{AlboNumber, EmailAddress, FiscalCode, PhoneNumber};
use web::Rx;

/// A value, or the sentence to show.
pub(super) type Parsed<T> = Result<T, String>;

pub(super) fn tax_code(rx: &Rx, text: &str) -> Parsed<FiscalCode> {
    if text.is_empty() {
        return Err(rx.t("register-tax-code-empty"));
    }
    FiscalCode::parse(text).map_err(|e| rx.t(&format!("tax-code-{}", e.key())))
}

pub(super) fn albo_number(rx: &Rx, text: &str) -> Parsed<AlboNumber> {
    let key = if text.is_empty() { "register-albo-empty" } else { "register-albo-wrong" };
    AlboNumber::parse(text).map_err(|_| rx.t(key))
}

pub(super) fn email(rx: &Rx, text: &str) -> Parsed<EmailAddress> {
    let key = if text.is_empty() { "register-email-empty" } else { "register-email-wrong" };
    EmailAddress::parse(text).map_err(|_| rx.t(key))
}

pub(super) fn phone(rx: &Rx, text: &str) -> Parsed<PhoneNumber> {
    let key = if text.is_empty() { "register-phone-empty" } else { "register-phone-wrong" };
    PhoneNumber::parse(text).map_err(|_| rx.t(key))
}

/// A telephone number that we keep, in groups as people read it.
pub(super) fn phone_shown(kept: &str) -> String {
    PhoneNumber::parse(kept).map_or_else(|_| kept.to_owned(), |phone| phone.to_string())
}
