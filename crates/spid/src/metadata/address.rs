//! Addresses in metadata.

use url::{Host, Url};

/// An absolute `https` address without credentials, fragment or blanks. `http` is admitted for this machine alone, where
/// developers and test programs are.
pub(crate) fn https(text: &str) -> Option<Url> {
    // A backslash is a slash for one reader and part of a name for the next.
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return None;
    }
    let url = Url::parse(text).ok()?;
    // `https:x` is an absolute address for this reader, and relative to its page for a browser.
    text.get(url.scheme().len()..).filter(|rest| rest.starts_with("://"))?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let secure = match url.scheme() {
        "https" => url.host().is_some(),
        "http" => is_this_machine(&url),
        _ => false,
    };
    (plain && secure).then_some(url)
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_https_or_this_machine() {
        for good in
            ["HTTPS://sp.example.it", "https://sp.example.it/a?b=c", "http://127.0.0.1:8101/x", "http://localhost"]
        {
            assert!(https(good).is_some(), "{good}");
        }
        for bad in [
            "http://sp.example.it",
            "sp.example.it",
            "https://u:p@sp.example.it",
            "https://sp.example.it/#here",
            "https://sp.example.it/a b",
            " https://sp.example.it",
            "javascript:alert(1)",
            "http://localhost.example.it",
            "https:sp.example.it",
            "https:/sp.example.it",
            r"https:\\sp.example.it",
            r"https://sp.example.it\@evil.example",
            "",
        ] {
            assert!(https(bad).is_none(), "{bad}");
        }
    }
}
