//! Reading a trusted list: ETSI TS 119 612, of which only a few elements matter here.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use roxmltree::{Document, Node, ParsingOptions};

use super::{Authority, TrustList};

/// The type of the services that issue certificates for identification at national level (TS 119 612, 5.5.1.3).
pub const SERVICE_TYPE: &str = "http://uri.etsi.org/TrstSvc/Svctype/IdV";
/// The status of the services in force (TS 119 612, 5.5.4).
pub const SERVICE_STATUS: &str = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/recognisedatnationallevel";

/// The namespace of trusted lists.
const NAMESPACE: &str = "http://uri.etsi.org/02231/v2#";
/// The largest list that is read; the Italian one has about one megabyte.
const LARGEST: usize = 16 << 20;
/// The most elements, attributes and texts.
const MOST_NODES: u32 = 1_000_000;
/// The deepest nesting; a list needs about ten levels, a signature with its properties about fifteen.
const DEEPEST: usize = 64;

/// What an injected check of the signature says when it fails.
pub type CheckError = Box<dyn std::error::Error + Send + Sync>;

/// Why a file is not a trusted list to rely on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TslError {
    /// Larger than any trusted list.
    #[error("the trust list has {octets} octets")]
    TooLarge {
        /// Its size.
        octets: usize,
    },
    /// The injected check refused the signature.
    #[error("the signature of the trust list is not good")]
    Signature(#[source] CheckError),
    /// Not XML, or XML with a document type.
    #[error("the trust list is not well-formed")]
    Xml(#[from] roxmltree::Error),
    /// Nested deeper than any trusted list.
    #[error("the trust list is nested too deeply")]
    TooDeep,
    /// XML of another kind.
    #[error("the file is not a trust list")]
    NotATrustList,
    /// An element that every list has is missing or cannot be read.
    #[error("the trust list has no usable {element}")]
    Element {
        /// Its name.
        element: &'static str,
    },
    /// The list announces no successor: it was closed.
    #[error("the trust list has been closed")]
    Closed,
    /// No service of the kind is in the list.
    #[error("the trust list names no authority for cards")]
    Empty,
}

pub(super) fn read(
    bytes: &[u8],
    check: impl FnOnce(&[u8]) -> Result<(), CheckError>,
    now: Timestamp,
) -> Result<TrustList, TslError> {
    if bytes.len() > LARGEST {
        return Err(TslError::TooLarge { octets: bytes.len() });
    }
    check(bytes).map_err(TslError::Signature)?;
    let text = std::str::from_utf8(bytes).map_err(|_| TslError::NotATrustList)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text.trim_start_matches('\u{feff}'), options)?;
    let root = document.root_element();
    if !is(root, "TrustServiceStatusList") {
        return Err(TslError::NotATrustList);
    }
    check_depth(root)?;
    let scheme = child(root, "SchemeInformation").ok_or(TslError::Element { element: "SchemeInformation" })?;
    let sequence = sequence(scheme)?;
    let next_update = next_update(scheme)?;
    let mut unreadable = Vec::new();
    let authorities = authorities(root, now, &mut unreadable);
    if authorities.is_empty() {
        return Err(TslError::Empty);
    }
    let list = TrustList::of(authorities);
    Ok(TrustList {
        sequence: Some(sequence),
        next_update: Some(next_update),
        unreadable,
        bytes: Some(Arc::from(bytes)),
        ..list
    })
}

/// The tree has been built without recursion; this walks it the same way.
fn check_depth(root: Node<'_, '_>) -> Result<(), TslError> {
    let mut level: Vec<Node<'_, '_>> = vec![root];
    for _ in 0..DEEPEST {
        level = level.iter().flat_map(Node::children).filter(Node::is_element).collect();
        if level.is_empty() {
            return Ok(());
        }
    }
    Err(TslError::TooDeep)
}

fn sequence(scheme: Node<'_, '_>) -> Result<u64, TslError> {
    let missing = TslError::Element { element: "TSLSequenceNumber" };
    child(scheme, "TSLSequenceNumber").and_then(text).and_then(|number| number.parse().ok()).ok_or(missing)
}

fn next_update(scheme: Node<'_, '_>) -> Result<Timestamp, TslError> {
    let element = "NextUpdate";
    let update = child(scheme, element).ok_or(TslError::Element { element })?;
    let moment = child(update, "dateTime").and_then(text).ok_or(TslError::Closed)?;
    moment.parse().map_err(|_| TslError::Element { element })
}

fn authorities(root: Node<'_, '_>, now: Timestamp, unreadable: &mut Vec<String>) -> Vec<Authority> {
    let mut found: Vec<Authority> = Vec::new();
    let providers = child(root, "TrustServiceProviderList");
    for provider in providers.iter().flat_map(|list| children(*list, "TrustServiceProvider")) {
        let operator = child(provider, "TSPInformation").and_then(|information| name(information, "TSPName"));
        let services = child(provider, "TSPServices");
        for service in services.iter().flat_map(|list| children(*list, "TSPService")) {
            let Some(information) = child(service, "ServiceInformation") else { continue };
            if !is_in_force(information, now) {
                continue;
            }
            for certificate in certificates(information) {
                match certificate.and_then(|der| authority(&der, operator.clone())) {
                    // A service may list one certificate twice.
                    Ok(authority) if found.contains(&authority) => {}
                    Ok(authority) => found.push(authority),
                    Err(why) => unreadable.push(label(information, &why)),
                }
            }
        }
    }
    found
}

fn authority(der: &[u8], operator: Option<String>) -> Result<Authority, String> {
    Authority::from_der(der, operator).map_err(|error| error.to_string())
}

/// Of the type wanted, in force, and since a moment that has come. The history of a service is never looked at.
fn is_in_force(information: Node<'_, '_>, now: Timestamp) -> bool {
    let value = |element| child(information, element).and_then(text);
    let since = value("StatusStartingTime").map(str::parse::<Timestamp>);
    value("ServiceTypeIdentifier") == Some(SERVICE_TYPE)
        && value("ServiceStatus") == Some(SERVICE_STATUS)
        && since.is_none_or(|since| since.is_ok_and(|since| since <= now))
}

fn certificates<'a>(information: Node<'a, 'a>) -> impl Iterator<Item = Result<Vec<u8>, String>> {
    let identity = child(information, "ServiceDigitalIdentity");
    let identifiers = identity.into_iter().flat_map(|identity| children(identity, "DigitalId"));
    identifiers.filter_map(|identifier| child(identifier, "X509Certificate")).map(|certificate| {
        let encoded: String = certificate.text().unwrap_or_default().split_ascii_whitespace().collect();
        STANDARD.decode(encoded).map_err(|_| "its certificate is not base64".to_owned())
    })
}

fn label(information: Node<'_, '_>, why: &str) -> String {
    let service = name(information, "ServiceName").unwrap_or_else(|| "a service without a name".to_owned());
    format!("{service}: {why}")
}

/// The first of the names, which are given in several languages.
fn name(parent: Node<'_, '_>, element: &str) -> Option<String> {
    child(child(parent, element)?, "Name").and_then(text).map(str::to_owned)
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().namespace() == Some(NAMESPACE) && node.tag_name().name() == name
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(*child, name))
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| is(*child, name))
}

fn text<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.text().map(str::trim).filter(|text| !text.is_empty())
}
