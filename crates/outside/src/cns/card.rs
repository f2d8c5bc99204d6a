//! Cards, and what people show instead of one.

use ::cns::authority::{Authority, CardSpec, IssueError, pem};
use aws_lc_rs::digest::{SHA256, digest};
use italia::PersonalCode;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::CnsError;
use crate::spid::Person;

/// The password of the files with which cards are given to browsers. It protects nothing: all cards are invented.
pub const PASSWORD: &str = "carta-di-prova";

/// What is issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// A Carta Nazionale dei Servizi.
    Cns,
    /// A regional card.
    Regional,
    /// An electronic identity card.
    Cie,
    /// The signing certificate of the same card.
    Signing,
    /// What commercial authorities sell: alike, but no card.
    Lookalike,
    /// A card that expired yesterday.
    Expired,
    /// A card of an authority that is on no list.
    Unlisted,
}

impl Sort {
    /// All sorts.
    pub const ALL: [Self; 7] =
        [Self::Cns, Self::Regional, Self::Cie, Self::Signing, Self::Lookalike, Self::Expired, Self::Unlisted];

    /// Its name for scripts and in forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cns => "cns",
            Self::Regional => "regional",
            Self::Cie => "cie",
            Self::Signing => "signing",
            Self::Lookalike => "lookalike",
            Self::Expired => "expired",
            Self::Unlisted => "unlisted",
        }
    }

    /// The sort of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }
}

/// A card that was issued.
#[derive(Clone)]
pub struct Issued {
    /// The serial number of its certificate, hexadecimal.
    pub serial: String,
    /// What it is.
    pub sort: Sort,
    /// The holder's name.
    pub holder: String,
    /// The holder's tax code.
    pub fiscal_code: String,
    /// The certificate, and behind it the one of its issuer, as PEM.
    pub certificate_pem: String,
    /// The private key as PEM.
    pub key_pem: String,
    /// All of it for a browser (PKCS #12), with [`PASSWORD`].
    pub pkcs12: Vec<u8>,
    /// When it was revoked or suspended.
    pub revoked: Option<Timestamp>,
    pub(super) number: Vec<u8>,
}

impl std::fmt::Debug for Issued {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issued").field("serial", &self.serial).field("sort", &self.sort).finish_non_exhaustive()
    }
}

pub(super) fn issue(
    authority: &mut Authority,
    person: &Person,
    sort: Sort,
    number: u64,
    now: Timestamp,
) -> Result<Issued, CnsError> {
    let code = PersonalCode::parse(&person.fiscal_code).map_err(|_| CnsError::NoPerson)?;
    let spec = CardSpec::cns(&code, &number.to_string(), now).named(&person.name, &person.family_name);
    let card = authority.issue(&bent(spec, sort, now))?;
    let salt = salt(&card.certificate)?;
    Ok(Issued {
        serial: card.serial.iter().map(|byte| format!("{byte:02x}")).collect(),
        sort,
        holder: format!("{} {}", person.name, person.family_name),
        fiscal_code: person.fiscal_code.clone(),
        certificate_pem: card.certificate_pem() + &pem("CERTIFICATE", &card.issuer),
        key_pem: card.key_pem(),
        pkcs12: card.pkcs12(&format!("{} {}", person.name, sort.name()), PASSWORD, salt)?,
        revoked: None,
        number: card.serial,
    })
}

fn bent(mut spec: CardSpec, sort: Sort, now: Timestamp) -> CardSpec {
    match sort {
        Sort::Cns | Sort::Unlisted => spec,
        Sort::Regional => spec.regional(),
        Sort::Cie => spec.cie(),
        Sort::Signing => spec.signing(),
        Sort::Lookalike => spec.without_policy(),
        Sort::Expired => {
            let yesterday = now.checked_sub(SignedDuration::from_hours(24)).unwrap_or(now);
            spec.valid = (yesterday.checked_sub(SignedDuration::from_hours(24 * 365)).unwrap_or(now), yesterday);
            spec
        }
    }
}

/// Everything of the card is shown to everybody: a salt that nobody knows before would protect nothing.
fn salt(certificate: &[u8]) -> Result<[u8; 32], CnsError> {
    digest(&SHA256, certificate).as_ref().try_into().map_err(|_| IssueError::Key.into())
}
