//! The request: *who is this, at this level, and what may we know?*

use jiff::Timestamp;

use super::outgoing::{Outgoing, PostForm, Redirection};
use crate::saml::{
    AttributeSet, Comparison, Dialect, EntityId, Level, MessageId, Purpose, RelayState, format_instant, names,
    whole_seconds,
};
use crate::signature::{SignError, SigningKey};
use crate::xml::{Element, ns};

/// Where the answer is to go. The address is needed in both cases, to check the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsumerService {
    /// By its index in our metadata, which is shorter and cannot be altered on the way.
    Index {
        /// The index.
        index: u16,
        /// The address that our metadata give for it.
        url: String,
    },
    /// By its address, which must be in our metadata.
    Url(String),
}

impl ConsumerService {
    /// The address.
    pub fn url(&self) -> &str {
        match self {
            Self::Index { url, .. } | Self::Url(url) => url,
        }
    }
}

/// An authentication request (*Regole tecniche*, "AuthnRequest").
#[derive(Debug, Clone)]
pub struct AuthnRequest {
    /// The identifier, of chance.
    pub id: MessageId,
    /// Now. Written with whole seconds.
    pub issue_instant: Timestamp,
    /// Who asks: our entity.
    pub issuer: EntityId,
    /// Who is asked.
    pub provider: EntityId,
    /// The address of the provider's single sign-on service for the binding that is used (avviso 11).
    pub destination: String,
    /// SPID or CIE.
    pub dialect: Dialect,
    /// The level asked for.
    pub level: Level,
    /// How the answer's level may differ.
    pub comparison: Comparison,
    /// Whether the person must authenticate even in an open session. Levels 2 and 3 and CIE always ask for it.
    pub force_authn: bool,
    /// Where the answer is to go.
    pub consumer: ConsumerService,
    /// The index, in our metadata, of the set of attributes.
    pub attribute_index: u16,
    /// The attributes of that set.
    pub attributes: AttributeSet,
    /// Which kinds of identity.
    pub purpose: Option<Purpose>,
}

/// What must be remembered of a request until its answer comes. It is to be used once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingRequest {
    /// The identifier of the request.
    pub id: MessageId,
    /// When it was made, with whole seconds.
    pub issue_instant: Timestamp,
    /// Our entity, for which the assertion must be.
    pub issuer: EntityId,
    /// The provider, which must answer.
    pub provider: EntityId,
    /// The address where the answer must arrive.
    pub consumer_url: String,
    /// The level asked for.
    pub level: Level,
    /// How the answer's level may differ.
    pub comparison: Comparison,
    /// The attributes asked for.
    pub attributes: AttributeSet,
    /// SPID or CIE.
    pub dialect: Dialect,
}

impl AuthnRequest {
    /// Whether the request forces a new authentication.
    pub fn forces_authn(&self) -> bool {
        self.force_authn || self.level > Level::One || self.dialect == Dialect::Cie
    }

    /// What must be remembered.
    pub fn pending(&self) -> PendingRequest {
        PendingRequest {
            id: self.id.clone(),
            issue_instant: whole_seconds(self.issue_instant),
            issuer: self.issuer.clone(),
            provider: self.provider.clone(),
            consumer_url: self.consumer.url().to_owned(),
            level: self.level,
            comparison: self.comparison,
            attributes: self.attributes.clone(),
            dialect: self.dialect,
        }
    }

    /// The form that carries the request, signed inside.
    ///
    /// # Errors
    /// [`SignError`] when the key cannot be used.
    pub fn to_post(&self, key: &SigningKey, relay_state: &RelayState) -> Result<PostForm, SignError> {
        self.outgoing(relay_state).post(key)
    }

    /// The redirection that carries the request, signed over its query.
    ///
    /// # Errors
    /// [`SignError`] when the key cannot be used.
    pub fn to_redirect(&self, key: &SigningKey, relay_state: &RelayState) -> Result<Redirection, SignError> {
        self.outgoing(relay_state).redirect(key)
    }

    fn outgoing<'a>(&'a self, relay_state: &'a RelayState) -> Outgoing<'a> {
        Outgoing {
            xml: self.element().to_string(),
            id: &self.id,
            destination: &self.destination,
            field: "SAMLRequest",
            relay_state: Some(relay_state),
        }
    }

    /// The elements in the order of the schema.
    fn element(&self) -> Element {
        let policy = Element::new("samlp:NameIDPolicy").attribute("Format", names::FORMAT_TRANSIENT);
        let class = Element::new("saml:AuthnContextClassRef").text(self.level.uri());
        let context = Element::new("samlp:RequestedAuthnContext").attribute("Comparison", self.comparison.name());
        self.head().child(issuer(&self.issuer)).children(self.extensions()).child(policy).child(context.child(class))
    }

    fn head(&self) -> Element {
        let head = message("samlp:AuthnRequest", &self.id, self.issue_instant, &self.destination)
            .attribute_if("ForceAuthn", self.forces_authn().then_some("true"));
        let head = match &self.consumer {
            ConsumerService::Index { index, .. } => head.attribute("AssertionConsumerServiceIndex", &index.to_string()),
            ConsumerService::Url(url) => {
                head.attribute("AssertionConsumerServiceURL", url).attribute("ProtocolBinding", names::BINDING_POST)
            }
        };
        head.attribute("AttributeConsumingServiceIndex", &self.attribute_index.to_string())
    }

    fn extensions(&self) -> Option<Element> {
        let purpose = Element::new("spid:Purpose").attribute("xmlns:spid", ns::SPID).text(self.purpose?.code());
        Some(Element::new("samlp:Extensions").child(purpose))
    }
}

/// The start of any message of ours.
pub(crate) fn message(name: &str, id: &MessageId, issue_instant: Timestamp, destination: &str) -> Element {
    Element::new(name)
        .attribute("xmlns:samlp", ns::PROTOCOL)
        .attribute("xmlns:saml", ns::ASSERTION)
        .attribute("ID", id.as_str())
        .attribute("Version", names::VERSION)
        .attribute("IssueInstant", &format_instant(issue_instant))
        .attribute("Destination", destination)
}

/// The issuer of any message of ours, with the name qualifier that AgID asks for.
pub(crate) fn issuer(entity: &EntityId) -> Element {
    Element::new("saml:Issuer")
        .attribute("Format", names::FORMAT_ENTITY)
        .attribute("NameQualifier", entity.as_str())
        .text(entity.as_str())
}
