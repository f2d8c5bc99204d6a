//! What an assertion says.

use jiff::{SignedDuration, Timestamp};

use super::provider::{Provider, issuer};
use crate::idp::request::AcceptedRequest;
use crate::saml::{Attribute, Attributes, Level, MessageId, format_instant, format_instant_finely, names};
use crate::signature::{SignError, SigningKey, sign_canonical};
use crate::xml::{Element, ns};

const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
/// The prefix of the types of values.
const TYPE_PREFIX: &str = "xs";
const XML_SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// How the person was authenticated. Only level 1 has a session to tell of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authentication {
    /// At level 1: just now, or when the session was opened.
    One {
        /// When.
        instant: Timestamp,
        /// The session.
        session_index: String,
    },
    /// At level 2, just now.
    Two {
        /// When.
        instant: Timestamp,
    },
    /// At level 3, just now.
    Three {
        /// When.
        instant: Timestamp,
    },
}

impl Authentication {
    /// The level.
    pub fn level(&self) -> Level {
        match self {
            Self::One { .. } => Level::One,
            Self::Two { .. } => Level::Two,
            Self::Three { .. } => Level::Three,
        }
    }

    /// When.
    pub fn instant(&self) -> Timestamp {
        match self {
            Self::One { instant, .. } | Self::Two { instant } | Self::Three { instant } => *instant,
        }
    }

    fn session_index(&self) -> Option<&str> {
        match self {
            Self::One { session_index, .. } => Some(session_index),
            _ => None,
        }
    }
}

/// What is said about the person.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a> {
    /// How they were authenticated.
    pub authentication: &'a Authentication,
    /// The person's name for this service and this time, of chance. A session keeps it, for the logout.
    pub name_id: &'a str,
    /// All that is known of the person. What was not asked for is not said.
    pub attributes: &'a Attributes,
    /// For how long the answer can be used.
    pub lifetime: SignedDuration,
}

/// An assertion that is not signed yet. Everything is written in canonical form, attributes by their names.
pub(super) struct Assertion<'a> {
    pub provider: &'a Provider,
    pub request: &'a AcceptedRequest,
    pub statement: &'a Statement<'a>,
    pub id: &'a MessageId,
    pub now: Timestamp,
    pub end: Timestamp,
}

impl Assertion<'_> {
    /// The signed assertion. The prefix of the types of values is in no name, so a list says that it counts.
    pub fn sign(&self) -> Result<String, SignError> {
        let issuer = issuer(&self.provider.entity_id, false).to_string();
        let text = self.element(&issuer).to_string();
        sign_behind(&issuer, &text, self.id, &self.provider.key)
    }

    /// The elements in the order of the schema.
    fn element(&self, issuer: &str) -> Element {
        Element::canonical("saml:Assertion")
            .attribute("xmlns:saml", ns::ASSERTION)
            .attribute("xmlns:xs", XML_SCHEMA)
            .attribute("ID", self.id.as_str())
            .attribute("IssueInstant", &format_instant_finely(self.now))
            .attribute("Version", names::VERSION)
            .raw(issuer)
            .child(self.subject())
            .child(self.conditions())
            .child(self.authn_statement())
            .children(self.attribute_statement())
    }

    fn subject(&self) -> Element {
        let name_id = Element::canonical("saml:NameID")
            .attribute("Format", names::FORMAT_TRANSIENT)
            .attribute("NameQualifier", self.provider.entity_id.as_str())
            .text(self.statement.name_id);
        let data = Element::canonical("saml:SubjectConfirmationData")
            .attribute("InResponseTo", self.request.id.as_str())
            .attribute("NotOnOrAfter", &format_instant(self.end))
            .attribute("Recipient", &self.request.reply_to.consumer_url);
        let confirmation =
            Element::canonical("saml:SubjectConfirmation").attribute("Method", names::METHOD_BEARER).child(data);
        Element::canonical("saml:Subject").child(name_id).child(confirmation)
    }

    fn conditions(&self) -> Element {
        let audience = Element::canonical("saml:Audience").text(self.request.client().as_str());
        Element::canonical("saml:Conditions")
            .attribute("NotBefore", &format_instant(self.now))
            .attribute("NotOnOrAfter", &format_instant(self.end))
            .child(Element::canonical("saml:AudienceRestriction").child(audience))
    }

    fn authn_statement(&self) -> Element {
        let authentication = self.statement.authentication;
        let class = Element::canonical("saml:AuthnContextClassRef").text(authentication.level().uri());
        Element::canonical("saml:AuthnStatement")
            .attribute("AuthnInstant", &format_instant(authentication.instant()))
            .attribute_if("SessionIndex", authentication.session_index())
            .child(Element::canonical("saml:AuthnContext").child(class))
    }

    /// Nothing when there is nothing to say: the schema knows no empty statement.
    fn attribute_statement(&self) -> Option<Element> {
        let asked = |(attribute, _): &(Attribute, &str)| self.request.attributes.contains(*attribute);
        let mut said = self.statement.attributes.iter().filter(asked).map(attribute).peekable();
        said.peek()?;
        Some(Element::canonical("saml:AttributeStatement").children(said))
    }

    /// What was asked for and cannot be said.
    pub fn missing(&self) -> Vec<Attribute> {
        let known = self.statement.attributes;
        self.request.attributes.iter().filter(|attribute| known.get(*attribute).is_none()).collect()
    }
}

/// Signs a canonical text and puts the signature behind the issuer.
pub(super) fn sign_behind(issuer: &str, text: &str, id: &MessageId, key: &SigningKey) -> Result<String, SignError> {
    let offset = text.find(issuer).map(|start| start + issuer.len()).ok_or(SignError::Place)?;
    sign_canonical(text, offset, id.as_str(), TYPE_PREFIX, key)
}

fn attribute((attribute, value): (Attribute, &str)) -> Element {
    let value = Element::canonical("saml:AttributeValue")
        .attribute("xmlns:xsi", XML_SCHEMA_INSTANCE)
        .attribute("xsi:type", &format!("xs:{}", attribute.xsd_type()))
        .text(value);
    Element::canonical("saml:Attribute")
        .attribute("Name", attribute.name())
        .attribute("NameFormat", names::FORMAT_BASIC)
        .child(value)
}
