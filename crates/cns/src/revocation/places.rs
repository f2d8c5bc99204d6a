//! Where a certificate says its state can be asked.

use x509_cert::Certificate;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};
use x509_cert::ext::pkix::{AuthorityInfoAccessSyntax, CrlDistributionPoints};

use crate::oid;

/// The most addresses of a kind that are asked.
const MOST_ADDRESSES: usize = 2;

/// The responders (authority information access, RFC 5280, section 4.2.2.1).
pub(super) fn responders(certificate: &Certificate) -> Vec<String> {
    let Ok(Some((_, access))) = certificate.tbs_certificate.get::<AuthorityInfoAccessSyntax>() else {
        return Vec::new();
    };
    let addresses = access.0.iter().filter(|access| access.access_method == oid::AD_OCSP);
    addresses.filter_map(|access| web_address(&access.access_location)).take(MOST_ADDRESSES).collect()
}

/// All names of the distribution points of revocation lists (RFC 5280, section 4.2.1.13) that are addresses.
pub(super) fn distribution_points(certificate: &Certificate) -> Vec<GeneralName> {
    let Ok(Some((_, points))) = certificate.tbs_certificate.get::<CrlDistributionPoints>() else {
        return Vec::new();
    };
    // A point with reasons or with another issuer has lists that we do not read.
    let whole = points.0.into_iter().filter(|point| point.reasons.is_none() && point.crl_issuer.is_none());
    let names = whole.filter_map(|point| match point.distribution_point {
        Some(DistributionPointName::FullName(names)) => Some(names),
        _ => None,
    });
    names.flatten().collect()
}

/// The addresses of revocation lists. Those of directories (LDAP) are left out.
pub(super) fn lists(certificate: &Certificate) -> Vec<String> {
    distribution_points(certificate).iter().filter_map(web_address).take(MOST_ADDRESSES).collect()
}

fn web_address(name: &GeneralName) -> Option<String> {
    let GeneralName::UniformResourceIdentifier(address) = name else { return None };
    let parsed: http::Uri = address.as_str().parse().ok()?;
    let is_web = matches!(parsed.scheme_str(), Some("http" | "https")) && parsed.host().is_some();
    is_web.then(|| address.as_str().to_owned())
}
