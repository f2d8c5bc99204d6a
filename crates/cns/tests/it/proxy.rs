//! Certificates in headers.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cns::proxy::{ClientCertHeader, Form, FormError, HeaderError, Trust, TrustError, UntrustedPeer};

use crate::stage::Stage;

const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
const PROXY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 7));
const OUTSIDE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 9));

struct Header {
    der: Vec<u8>,
    pem: String,
}

impl Header {
    fn new() -> Self {
        let mut stage = Stage::new();
        let card = stage.issue(&stage.cns());
        Self { pem: card.certificate_pem(), der: card.certificate }
    }

    /// As nginx escapes it: everything but letters, digits and `-._~`.
    fn escaped(&self) -> String {
        let plain = |octet: u8| octet.is_ascii_alphanumeric() || b"-._~".contains(&octet);
        let escape = |octet: u8| if plain(octet) { char::from(octet).to_string() } else { format!("%{octet:02X}") };
        self.pem.bytes().map(escape).collect()
    }

    fn spaced(&self) -> String {
        self.pem.replace('\n', " ")
    }

    fn structured(&self) -> String {
        format!(":{}:", STANDARD.encode(&self.der))
    }
}

#[test]
fn all_forms_give_the_certificate() {
    let header = Header::new();
    let lightly_escaped = header.pem.replace('\n', "%0a").replace(' ', "%20");
    for (value, form) in [
        (header.escaped(), Form::EscapedPem),
        (lightly_escaped, Form::EscapedPem),
        (header.spaced(), Form::SpacedPem),
        (header.structured(), Form::Rfc9440),
        (format!(" {} ", header.structured()), Form::Rfc9440),
        (STANDARD.encode(&header.der), Form::Base64),
    ] {
        let found = ClientCertHeader::parse(value.as_bytes(), form).unwrap().unwrap();
        assert_eq!(found.as_ref(), header.der, "{form:?}");
    }
}

#[test]
fn proxies_say_in_their_ways_that_there_was_none() {
    for value in ["", "-", "(null)", "  "] {
        for form in [Form::EscapedPem, Form::SpacedPem, Form::Rfc9440, Form::Base64] {
            assert_eq!(ClientCertHeader::parse(value.as_bytes(), form), Ok(None));
        }
    }
}

#[test]
fn other_values_are_refused() {
    let header = Header::new();
    let (escaped, spaced, structured) = (header.escaped(), header.spaced(), header.structured());
    let twice = format!("{spaced}{spaced}");
    for (value, form) in [
        (escaped.as_str(), Form::SpacedPem),
        (&escaped, Form::Rfc9440),
        (&structured, Form::EscapedPem),
        (&twice, Form::SpacedPem),
        (&escaped[..escaped.len() - 20], Form::EscapedPem),
        ("%", Form::EscapedPem),
        ("%4", Form::EscapedPem),
        ("%zz", Form::EscapedPem),
        ("%+1", Form::EscapedPem),
        ("%ff%fe", Form::EscapedPem),
        (":", Form::Rfc9440),
        ("::;a=1", Form::Rfc9440),
        ("abc", Form::Rfc9440),
    ] {
        assert_eq!(ClientCertHeader::parse(value.as_bytes(), form), Err(FormError::Form), "{value}");
    }
    assert_eq!(ClientCertHeader::parse(b":*:", Form::Rfc9440), Err(FormError::Base64));
    assert!(matches!(ClientCertHeader::parse(b"::", Form::Rfc9440), Err(FormError::Certificate(_))));
    let mut trailing = header.der.clone();
    trailing.push(0);
    let trailing = ClientCertHeader::parse(STANDARD.encode(trailing).as_bytes(), Form::Base64);
    assert!(matches!(trailing, Err(FormError::Certificate(_))), "{trailing:?}");
    let large = vec![b'A'; 20_000];
    assert!(matches!(ClientCertHeader::parse(&large, Form::Base64), Err(FormError::TooLarge { octets: 20_000 })));
}

fn accept(header: &[&str], trust: &Trust, peer: IpAddr, secret: Option<&[u8]>) -> Result<bool, HeaderError> {
    let values = header.iter().map(|value| value.as_bytes());
    ClientCertHeader::accept(values, Form::Rfc9440, trust, peer, secret).map(|found| found.is_some())
}

#[test]
fn nobody_but_the_proxy_is_believed() {
    let value = Header::new().structured();
    let header = [value.as_str()];
    let by_secret = Trust::secret(SECRET).unwrap();
    assert_eq!(accept(&header, &by_secret, OUTSIDE, Some(SECRET)), Ok(true));
    assert_eq!(accept(&header, &by_secret, PROXY, None), Err(UntrustedPeer::NoSecret.into()));
    for wrong in [&b""[..], b"0", &SECRET[..31], b"0123456789abcdef0123456789abcdeF", &[SECRET, b"0"].concat()] {
        assert_eq!(accept(&header, &by_secret, PROXY, Some(wrong)), Err(UntrustedPeer::WrongSecret.into()));
    }
    let by_address = Trust::addresses(vec!["10.0.0.0/29".parse().unwrap()]).unwrap();
    assert_eq!(accept(&header, &by_address, PROXY, None), Ok(true));
    assert_eq!(accept(&header, &by_address, OUTSIDE, Some(SECRET)), Err(UntrustedPeer::Address.into()));
    let both = by_address.and(by_secret);
    assert_eq!(accept(&header, &both, PROXY, Some(SECRET)), Ok(true));
    assert_eq!(accept(&header, &both, PROXY, None), Err(UntrustedPeer::NoSecret.into()));
    assert_eq!(accept(&header, &both, OUTSIDE, Some(SECRET)), Err(UntrustedPeer::Address.into()));
    assert!(!format!("{both:?}").contains("0123"));
}

#[test]
fn a_header_that_comes_twice_is_refused_and_none_is_no_certificate() {
    let value = Header::new().structured();
    let trust = Trust::secret(SECRET).unwrap();
    let twice = accept(&[&value, &value], &trust, PROXY, Some(SECRET));
    assert_eq!(twice, Err(HeaderError::Repeated { times: 2 }));
    assert_eq!(accept(&[], &trust, OUTSIDE, None), Ok(false));
    // Even an empty header from outside is an attempt.
    assert_eq!(accept(&[""], &trust, OUTSIDE, None), Err(UntrustedPeer::NoSecret.into()));
}

#[test]
fn weak_settings_are_refused() {
    assert_eq!(Trust::secret(b"short").unwrap_err(), TrustError::ShortSecret);
    assert_eq!(Trust::addresses(Vec::new()).unwrap_err(), TrustError::NoNetwork);
}
