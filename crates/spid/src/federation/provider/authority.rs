//! A trust anchor or an intermediate.

use http::{Method, Request, Response, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::super::entity::EntityId;
use super::super::fault::{Fault, FaultCode};
use super::super::jose::{self, SignError, SigningAlgorithm, SigningKey};
use super::super::json::Object;
use super::super::statement::TYP;
use super::super::times::stamp;

/// An entity directly below an authority.
#[derive(Debug, Clone)]
pub struct Subordinate {
    /// Its name.
    pub id: EntityId,
    /// Its types, such as `openid_provider`; what the list can be asked for.
    pub entity_types: Vec<String>,
    /// Its federation keys as registered: `{"keys": [...]}`.
    pub jwks: Value,
    /// The policy for it, by entity type; may be empty.
    pub metadata_policy: Object,
    /// Bounds for what stands below it; may be empty.
    pub constraints: Object,
    /// The kinds of trust mark that it has.
    pub trust_marks: Vec<String>,
}

/// An authority with its register.
#[derive(Debug)]
pub struct Authority {
    /// Its name.
    pub id: EntityId,
    /// What it calls itself.
    pub name: String,
    /// Its federation keys; the first one signs.
    pub keys: Vec<SigningKey>,
    /// Its superiors; none for a trust anchor.
    pub authority_hints: Vec<EntityId>,
    /// Who may give which trust mark; for a trust anchor.
    pub trust_mark_issuers: Object,
    /// Bounds for the federation; for a trust anchor.
    pub constraints: Object,
    /// Who is registered.
    pub subordinates: Vec<Subordinate>,
    /// How long its statements hold.
    pub lifetime: SignedDuration,
}

impl Authority {
    /// Answers a request to any of its endpoints.
    #[must_use]
    pub fn answer(&self, request: &Request<Vec<u8>>, now: Timestamp) -> Response<Vec<u8>> {
        let base = url::Url::parse(self.id.as_str()).map(|url| url.path().trim_end_matches('/').to_owned());
        let path = request.uri().path();
        let tail = path.strip_prefix(base.as_deref().unwrap_or_default()).unwrap_or(path).trim_end_matches('/');
        let form = if request.method() == Method::POST { request.body().as_slice() } else { &[] };
        let query = request.uri().query().unwrap_or_default().as_bytes();
        let parameter = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(query).chain(url::form_urlencoded::parse(form));
            pairs.find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
        };
        let answer = match tail {
            "/.well-known/openid-federation" => self.entity_configuration(now).map(statement),
            "/fetch" => match self.find(parameter("sub")) {
                Some(subordinate) => self.statement_about(subordinate, now).map(statement),
                None => Ok(refusal(&Fault::new(FaultCode::NotFound))),
            },
            "/list" => Ok(json_answer(StatusCode::OK, &self.list(parameter("entity_type").as_deref()))),
            "/trust_mark_status" => {
                let kind = parameter("trust_mark_type").or_else(|| parameter("id")).unwrap_or_default();
                let active = self.find(parameter("sub")).is_some_and(|found| found.trust_marks.contains(&kind));
                Ok(json_answer(StatusCode::OK, &json!({ "active": active })))
            }
            _ => Ok(refusal(&Fault::new(FaultCode::NotFound))),
        };
        answer.unwrap_or_else(|_| refusal(&Fault::new(FaultCode::ServerError)))
    }

    fn find(&self, id: Option<String>) -> Option<&Subordinate> {
        let id = id?;
        self.subordinates.iter().find(|subordinate| subordinate.id.as_str() == id)
    }

    fn list(&self, entity_type: Option<&str>) -> Value {
        let wanted = |subordinate: &&Subordinate| {
            entity_type.is_none_or(|kind| subordinate.entity_types.iter().any(|found| found == kind))
        };
        self.subordinates.iter().filter(wanted).map(|subordinate| json!(subordinate.id.as_str())).collect()
    }

    /// Its own configuration.
    ///
    /// # Errors
    /// [`SignError`] when the library cannot sign.
    pub fn entity_configuration(&self, now: Timestamp) -> Result<String, SignError> {
        let address = |name: &str| format!("{}/{name}", self.id.as_str().trim_end_matches('/'));
        let keys: Vec<Value> = self.keys.iter().map(|key| key.public().to_value()).collect();
        let mut claims = self.parties(&self.id, now);
        claims.insert("jwks".to_owned(), json!({ "keys": keys }));
        let entity = json!({
            "organization_name": self.name,
            "federation_fetch_endpoint": address("fetch"),
            "federation_list_endpoint": address("list"),
            "federation_trust_mark_status_endpoint": address("trust_mark_status"),
            "federation_resolve_endpoint": address("resolve"),
        });
        claims.insert("metadata".to_owned(), json!({ "federation_entity": entity }));
        if !self.authority_hints.is_empty() {
            let hints: Vec<&str> = self.authority_hints.iter().map(EntityId::as_str).collect();
            claims.insert("authority_hints".to_owned(), json!(hints));
        }
        insert(&mut claims, "trust_mark_issuers", &self.trust_mark_issuers);
        insert(&mut claims, "constraints", &self.constraints);
        jose::sign(&claims, Some(TYP), SigningAlgorithm::Rs256, &self.keys[0])
    }

    /// What it says about an entity below it.
    ///
    /// # Errors
    /// [`SignError`] when the library cannot sign.
    pub fn statement_about(&self, subordinate: &Subordinate, now: Timestamp) -> Result<String, SignError> {
        let mut claims = self.parties(&subordinate.id, now);
        claims.insert("jwks".to_owned(), subordinate.jwks.clone());
        insert(&mut claims, "metadata_policy", &subordinate.metadata_policy);
        insert(&mut claims, "constraints", &subordinate.constraints);
        jose::sign(&claims, Some(TYP), SigningAlgorithm::Rs256, &self.keys[0])
    }

    fn parties(&self, subject: &EntityId, now: Timestamp) -> Object {
        let mut claims = Object::new();
        stamp(&mut claims, now, self.lifetime);
        claims.insert("iss".to_owned(), json!(self.id.as_str()));
        claims.insert("sub".to_owned(), json!(subject.as_str()));
        claims
    }
}

fn insert(claims: &mut Object, name: &str, object: &Object) {
    if !object.is_empty() {
        claims.insert(name.to_owned(), Value::Object(object.clone()));
    }
}

fn statement(jwt: String) -> Response<Vec<u8>> {
    answer(StatusCode::OK, "application/entity-statement+jwt", jwt.into_bytes())
}

/// An error as an endpoint reports it.
pub(crate) fn refusal(fault: &Fault) -> Response<Vec<u8>> {
    let description = fault.description.as_deref().unwrap_or_default();
    json_answer(fault.code.status(), &json!({ "error": fault.code.name(), "error_description": description }))
}

pub(crate) fn json_answer(status: StatusCode, value: &Value) -> Response<Vec<u8>> {
    answer(status, "application/json", value.to_string().into_bytes())
}

pub(crate) fn answer(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(content_type));
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    answer
}
