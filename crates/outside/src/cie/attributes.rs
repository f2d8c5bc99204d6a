//! What the provider can say of a person.

use serde_json::{Value, json};
use spid::federation::json::Object;
use spid::federation::provider::Authorization;
use spid::saml::Attribute as Source;

use crate::spid::Person;

/// An attribute by its name in the protocol.
#[derive(Debug)]
pub(super) struct Attribute {
    claim: &'static str,
    /// What the page for consent calls it.
    pub(super) label: &'static str,
    /// Which scope asks for it too.
    scope: Option<&'static str>,
    source: Source,
}

const fn attribute(claim: &'static str, label: &'static str, scope: Option<&'static str>, source: Source) -> Attribute {
    Attribute { claim, label, scope, source }
}

/// The attributes that CIE id has, as far as an invented person has them ("Attributi utente").
const ATTRIBUTES: &[Attribute] = &[
    attribute("given_name", "nome", Some("profile"), Source::Name),
    attribute("family_name", "cognome", Some("profile"), Source::FamilyName),
    attribute("https://attributes.eid.gov.it/fiscal_number", "codice fiscale", Some("profile"), Source::FiscalNumber),
    attribute("birthdate", "data di nascita", Some("profile"), Source::DateOfBirth),
    attribute("gender", "sesso", None, Source::Gender),
    attribute("email", "indirizzo email", Some("email"), Source::Email),
    attribute("phone_number", "telefono", None, Source::MobilePhone),
    attribute("https://attributes.eid.gov.it/e_delivery_service", "domicilio digitale", None, Source::DigitalAddress),
];

/// The attributes that are asked for, by name or by scope.
pub(super) fn asked(authorization: &Authorization) -> Vec<&'static Attribute> {
    let wanted = |attribute: &&Attribute| {
        let by_scope = attribute.scope.is_some_and(|scope| authorization.scopes.iter().any(|asked| asked == scope));
        by_scope || authorization.claims.iter().any(|claim| claim == attribute.claim)
    };
    ATTRIBUTES.iter().filter(wanted).collect()
}

/// What is handed over: of what is asked for, what the person has.
pub(super) fn given(authorization: &Authorization, person: &Person) -> Object {
    let known = person.attributes("CIEX");
    let mut claims = Object::new();
    for attribute in asked(authorization) {
        let Some(text) = known.get(attribute.source).filter(|text| !text.is_empty()) else { continue };
        claims.insert(attribute.claim.to_owned(), value(attribute.source, text));
        if attribute.source == Source::Email {
            claims.insert("email_verified".to_owned(), json!(true));
        }
    }
    claims
}

/// The value as OpenID Connect writes it.
fn value(source: Source, text: &str) -> Value {
    match (source, text) {
        (Source::Gender, "F") => json!("female"),
        (Source::Gender, "M") => json!("male"),
        _ => json!(text),
    }
}
