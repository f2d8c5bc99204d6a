//! What a service provider says of itself, as it stands in a configuration file: nothing is checked here.

use serde::Deserialize;

use super::billing::Billing;

/// The configuration of a service provider. [`ServiceProvider::new`](super::ServiceProvider::new) checks it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// The entity id: an `https` address without query, at most 1024 characters.
    pub entity_id: String,
    /// Which profile the metadata follows, and who answers for it.
    pub profile: Profile,
    /// The organization, once for each language; Italian must be among them.
    pub organization: Vec<OrganizationText>,
    /// Where assertions are received by POST. The first has index 0 and is the default.
    pub assertion_consumer_services: Vec<String>,
    /// Where logout messages are received; at least one.
    pub single_logout_services: Vec<LogoutService>,
    /// The sets of attributes that may be asked for; at least one.
    pub attribute_sets: Vec<AttributeSet>,
}

/// The organization in one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganizationText {
    /// The language, for example `it`.
    pub language: String,
    /// The full name.
    pub name: String,
    /// The name that providers show to people.
    pub display_name: String,
    /// The site.
    pub url: String,
}

/// A place that receives logout messages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogoutService {
    /// How messages arrive.
    pub binding: crate::metadata::EndpointBinding,
    /// Where requests arrive.
    pub location: String,
    /// Where answers arrive, if elsewhere.
    #[serde(default)]
    pub response_location: Option<String>,
}

/// A set of attributes that requests name by its index (`AttributeConsumingService`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeSet {
    /// The index, unique among the sets.
    pub index: u16,
    /// The name in each language. CIE wants an identifier in the form `urn:uuid:…` here.
    pub names: Vec<LocalizedText>,
    /// A description in each language; may be empty.
    #[serde(default)]
    pub descriptions: Vec<LocalizedText>,
    /// The names of the attributes, without repetition.
    pub attributes: Vec<String>,
}

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalizedText {
    /// The language, for example `it`.
    pub language: String,
    /// The text.
    pub text: String,
}

/// Which rules the metadata follow.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Profile {
    /// A public body at SPID (avviso SPID n. 29 v3).
    SpidPublic {
        /// The body, with its IPA code.
        party: Party,
    },
    /// A private provider at SPID (avviso SPID n. 29 v3).
    SpidPrivate {
        /// The provider, with VAT number or tax code.
        party: Party,
        /// Who pays the identity providers.
        billing: Box<Billing>,
    },
    /// An aggregator or operator at SPID (avviso SPID n. 19 v4).
    SpidIntermediary {
        /// What the intermediary does, and for whom.
        activity: Activity,
        /// The aggregator or operator.
        intermediary: Party,
        /// For whom it acts; operators of the full kind act for all and name none.
        #[serde(default)]
        aggregated: Option<Party>,
        /// Who pays the identity providers; only for private services.
        #[serde(default)]
        billing: Option<Box<Billing>>,
        /// For the light kinds: the certificate, in base64, with which the aggregator validates (`spid:validation`).
        #[serde(default)]
        validation_certificate: Option<String>,
    },
    /// A public body at CIE over SAML.
    CiePublic {
        /// The body.
        administrative: Box<CieParty>,
        /// The technical partner, if there is one.
        #[serde(default)]
        technical: Option<Box<CieParty>>,
    },
    /// A private provider at CIE over SAML.
    CiePrivate {
        /// The provider.
        administrative: Box<CieParty>,
        /// The technical partner, if there is one.
        #[serde(default)]
        technical: Option<Box<CieParty>>,
    },
}

/// Somebody whom a `ContactPerson` names. It is an office, never a person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// The full name, as in the organization's name where the two are the same.
    pub company: String,
    /// The code in the index of public administrations.
    #[serde(default)]
    pub ipa_code: Option<String>,
    /// The VAT number with its country, for example `IT12345678903`.
    #[serde(default)]
    pub vat_number: Option<String>,
    /// The tax code.
    #[serde(default)]
    pub fiscal_code: Option<String>,
    /// The mailbox of the office.
    #[serde(default)]
    pub email: Option<String>,
    /// The telephone number: `+39` and digits, without spaces.
    #[serde(default)]
    pub phone: Option<String>,
}

/// Somebody whom CIE's metadata name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CieParty {
    /// Who it is.
    pub party: Party,
    /// The category in the index of public administrations.
    #[serde(default)]
    pub ipa_category: Option<String>,
    /// The code of its activity by ATECO, for example `84.11.10`.
    #[serde(default)]
    pub nace2_code: Option<String>,
    /// The municipality of its seat, by cadastral code, for example `H501`.
    pub municipality: String,
    /// The province, for example `RM`.
    #[serde(default)]
    pub province: Option<String>,
    /// The country, for example `IT`.
    #[serde(default)]
    pub country: Option<String>,
}

/// What an intermediary does (avviso SPID n. 19 v4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activity {
    /// Aggregates public services, signing in for them.
    PublicFullAggregator,
    /// Aggregates public services that sign in by themselves.
    PublicLightAggregator,
    /// Aggregates private services, signing in for them.
    PrivateFullAggregator,
    /// Aggregates private services that sign in by themselves.
    PrivateLightAggregator,
    /// Manages public services, signing in for them.
    PublicFullOperator,
    /// Manages public services that sign in by themselves.
    PublicLightOperator,
}

impl Activity {
    /// The code that the entity id must contain.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::PublicFullAggregator => "pub-ag-full",
            Self::PublicLightAggregator => "pub-ag-lite",
            Self::PrivateFullAggregator => "pri-ag-full",
            Self::PrivateLightAggregator => "pri-ag-lite",
            Self::PublicFullOperator => "pub-op-full",
            Self::PublicLightOperator => "pub-op-lite",
        }
    }

    /// The name of the empty element that marks the intermediary.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::PublicFullAggregator => "PublicServicesFullAggregator",
            Self::PublicLightAggregator => "PublicServicesLightAggregator",
            Self::PrivateFullAggregator => "PrivateServicesFullAggregator",
            Self::PrivateLightAggregator => "PrivateServicesLightAggregator",
            Self::PublicFullOperator => "PublicServicesFullOperator",
            Self::PublicLightOperator => "PublicServicesLightOperator",
        }
    }

    pub(super) fn is_private(self) -> bool {
        matches!(self, Self::PrivateFullAggregator | Self::PrivateLightAggregator)
    }

    pub(super) fn is_operator(self) -> bool {
        matches!(self, Self::PublicFullOperator | Self::PublicLightOperator)
    }

    pub(super) fn is_light(self) -> bool {
        matches!(self, Self::PublicLightAggregator | Self::PrivateLightAggregator | Self::PublicLightOperator)
    }
}
