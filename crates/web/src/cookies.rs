//! Cookies: of our own only, never readable by scripts.

use http::{HeaderMap, HeaderValue, header};

/// The value of a cookie in a request.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|line| line.split(';')).find_map(|pair| {
        let (found, value) = pair.trim().split_once('=')?;
        (found == name && !value.is_empty()).then_some(value)
    })
}

/// The name of a tenant's cookie. Over TLS it is bound to this very host (`__Host-`).
pub(crate) fn name(kind: &str, tenant: &str, secure: bool) -> String {
    if secure { format!("__Host-{kind}-{tenant}") } else { format!("{kind}-{tenant}") }
}

/// A cookie that lasts until the browser is closed.
pub(crate) fn set(name: &str, value: &str, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}")).ok()
}

/// Removes a cookie.
pub(crate) fn clear(name: &str, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}")).ok()
}
