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

/// A path of this tenant to go back to after signing in; anything else is ignored, so that nobody is led elsewhere.
pub(super) fn local_path<'a>(path: &'a str, default: &'a str) -> &'a str {
    let safe = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n', ':', '@'])
        && path.len() < 300;
    if safe { path } else { default }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(local_path("/quota?a=1", "/"), "/quota?a=1");
        for bad in ["//evil.example", "https://evil.example", "/\\evil", "/a\r\nb", "", "quota", "/x:y@z"] {
            assert_eq!(local_path(bad, "/quota"), "/quota", "{bad:?}");
        }
    }
}
