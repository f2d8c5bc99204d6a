//! The checks of a whole configuration.

use x509_cert::Certificate;
use x509_cert::der::Decode as _;

use super::configuration::{Activity, AttributeSet, CieParty, Configuration, Party, Profile};
use super::error::{ConfigurationError, ConfigurationErrors, Place};
use super::field::Fields;
use crate::metadata::certificate_bytes;
use crate::saml::Attribute;

/// The attributes that CIE gives.
const CIE_ATTRIBUTES: [&str; 4] = ["name", "familyName", "dateOfBirth", "fiscalNumber"];

pub(super) fn check(configuration: &Configuration) -> Result<(), ConfigurationErrors> {
    let mut fields = Fields::default();
    entity_id(configuration, &mut fields);
    organization(configuration, &mut fields);
    endpoints(configuration, &mut fields);
    attribute_sets(configuration, &mut fields);
    profile(configuration, &mut fields);
    if fields.errors.is_empty() { Ok(()) } else { Err(ConfigurationErrors(fields.errors)) }
}

fn entity_id(configuration: &Configuration, fields: &mut Fields) {
    let text = &configuration.entity_id;
    let url = fields.address("entity_id", text);
    fields.require(text.chars().count() <= 1024, || ConfigurationError::EntityIdTooLong);
    if let Profile::SpidIntermediary { activity, .. } = &configuration.profile {
        let has_query = url.is_some_and(|url| url.query().is_some());
        fields.require(!has_query, || ConfigurationError::EntityIdQuery);
        let code = activity.code();
        fields.require(text.contains(code), || ConfigurationError::EntityIdActivity { code });
    }
}

fn organization(configuration: &Configuration, fields: &mut Fields) {
    let place = Place::Organization;
    for text in &configuration.organization {
        fields.filled(place, "name", &text.name);
        fields.filled(place, "display_name", &text.display_name);
        fields.address("organization.url", &text.url);
    }
    fields.languages(place, configuration.organization.iter().map(|text| text.language.as_str()));
}

fn endpoints(configuration: &Configuration, fields: &mut Fields) {
    let consumers = &configuration.assertion_consumer_services;
    let nothing = |field| move || ConfigurationError::Nothing { field };
    fields.require(!consumers.is_empty(), nothing("assertion_consumer_services"));
    for location in consumers {
        fields.address("assertion_consumer_services", location);
    }
    let logout = &configuration.single_logout_services;
    fields.require(!logout.is_empty(), nothing("single_logout_services"));
    for service in logout {
        fields.address("single_logout_services", &service.location);
        if let Some(location) = &service.response_location {
            fields.address("single_logout_services", location);
        }
    }
}

fn attribute_sets(configuration: &Configuration, fields: &mut Fields) {
    let sets = &configuration.attribute_sets;
    fields.require(!sets.is_empty(), || ConfigurationError::Nothing { field: "attribute_sets" });
    let is_cie = matches!(configuration.profile, Profile::CiePublic { .. } | Profile::CiePrivate { .. });
    for (position, set) in sets.iter().enumerate() {
        let first = !sets.iter().take(position).any(|earlier| earlier.index == set.index);
        fields.require(first, || ConfigurationError::IndexRepeated { place: Place::AttributeSet(set.index) });
        attribute_set(set, is_cie, fields);
    }
}

fn attribute_set(set: &AttributeSet, is_cie: bool, fields: &mut Fields) {
    let place = Place::AttributeSet(set.index);
    for text in &set.names {
        fields.filled(place, "names", &text.text);
    }
    fields.languages(place, set.names.iter().map(|text| text.language.as_str()));
    for text in &set.descriptions {
        fields.filled(place, "descriptions", &text.text);
    }
    fields.require(!set.attributes.is_empty(), || ConfigurationError::Missing { place, field: "attributes" });
    for (position, name) in set.attributes.iter().enumerate() {
        let exists = if is_cie { CIE_ATTRIBUTES.contains(&&**name) } else { Attribute::named(name).is_some() };
        fields.require(exists, || ConfigurationError::Attribute { place, given: name.clone() });
        let first = !set.attributes.iter().take(position).any(|earlier| earlier == name);
        fields.require(first, || ConfigurationError::AttributeRepeated { place, given: name.clone() });
    }
}

fn profile(configuration: &Configuration, fields: &mut Fields) {
    match &configuration.profile {
        Profile::SpidPublic { party } => {
            contact(Place::Party, party, true, fields);
            public(Place::Party, party, fields);
            same_name(Place::Party, party, configuration, fields);
        }
        Profile::SpidPrivate { party, billing } => {
            contact(Place::Party, party, true, fields);
            private(Place::Party, party, fields);
            same_name(Place::Party, party, configuration, fields);
            billing.check(fields);
        }
        Profile::SpidIntermediary { activity, intermediary, aggregated, billing, validation_certificate } => {
            contact(Place::Intermediary, intermediary, true, fields);
            aggregator(*activity, intermediary, configuration, fields);
            for_whom(*activity, aggregated.as_ref(), configuration, fields);
            match billing {
                Some(billing) if activity.is_private() => billing.check(fields),
                Some(_) => unexpected(Place::Billing, "billing", fields),
                None if activity.is_private() => missing(Place::Billing, "billing", fields),
                None => {}
            }
            validation(*activity, validation_certificate.as_deref(), fields);
        }
        Profile::CiePublic { administrative, technical } => {
            cie(Place::Party, administrative, fields);
            public(Place::Party, &administrative.party, fields);
            same_name(Place::Party, &administrative.party, configuration, fields);
            if let Some(technical) = technical {
                cie(Place::Technical, technical, fields);
            }
        }
        Profile::CiePrivate { administrative, technical } => {
            same_name(Place::Party, &administrative.party, configuration, fields);
            cie_private(Place::Party, administrative, fields);
            if let Some(technical) = technical {
                cie_private(Place::Technical, technical, fields);
            }
        }
    }
}

fn missing(place: Place, field: &'static str, fields: &mut Fields) {
    fields.wrong(ConfigurationError::Missing { place, field });
}

fn unexpected(place: Place, field: &'static str, fields: &mut Fields) {
    fields.wrong(ConfigurationError::Unexpected { place, field });
}

fn contact(place: Place, party: &Party, needs_email: bool, fields: &mut Fields) {
    fields.filled(place, "company", &party.company);
    fields.email(place, party.email.as_deref(), needs_email);
    fields.phone(place, party.phone.as_deref());
    fields.vat_number(place, party.vat_number.as_deref());
    fields.fiscal_code(place, party.fiscal_code.as_deref());
    if let Some(code) = &party.ipa_code {
        let good =
            (1..=16).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let given = || code.clone();
        fields.require(good, || ConfigurationError::Malformed { place, field: "ipa_code", given: given() });
    }
}

fn public(place: Place, party: &Party, fields: &mut Fields) {
    fields.require(party.ipa_code.is_some(), || ConfigurationError::NoIpaCode { place });
}

fn private(place: Place, party: &Party, fields: &mut Fields) {
    fields.require(party.ipa_code.is_none(), || ConfigurationError::UnexpectedIpaCode { place });
    let known = party.vat_number.is_some() || party.fiscal_code.is_some();
    fields.require(known, || ConfigurationError::NoTaxIdentifier { place });
}

fn same_name(place: Place, party: &Party, configuration: &Configuration, fields: &mut Fields) {
    let Some(italian) = configuration.organization.iter().find(|text| text.language == "it") else { return };
    fields.require(party.company == italian.name, || ConfigurationError::CompanyIsNotOrganization {
        place,
        company: party.company.clone(),
        organization: italian.name.clone(),
    });
}

fn aggregator(activity: Activity, party: &Party, configuration: &Configuration, fields: &mut Fields) {
    let place = Place::Intermediary;
    if activity.is_operator() {
        same_name(place, party, configuration, fields);
        if party.vat_number.is_none() {
            missing(place, "vat_number", fields);
        }
        if party.fiscal_code.is_none() {
            missing(place, "fiscal_code", fields);
        }
        return;
    }
    let known = party.ipa_code.is_some() || party.vat_number.is_some() || party.fiscal_code.is_some();
    fields.require(known, || ConfigurationError::NoTaxIdentifier { place });
}

fn for_whom(activity: Activity, party: Option<&Party>, configuration: &Configuration, fields: &mut Fields) {
    let place = Place::Aggregated;
    let Some(party) = party else {
        if activity != Activity::PublicFullOperator {
            missing(place, "aggregated", fields);
        }
        return;
    };
    if activity == Activity::PublicFullOperator {
        return unexpected(place, "aggregated", fields);
    }
    contact(place, party, false, fields);
    if activity.is_private() {
        private(place, party, fields);
    } else {
        public(place, party, fields);
    }
    if !activity.is_operator() {
        same_name(place, party, configuration, fields);
    }
}

fn validation(activity: Activity, certificate: Option<&str>, fields: &mut Fields) {
    match certificate {
        Some(_) if !activity.is_light() => unexpected(Place::Intermediary, "validation_certificate", fields),
        Some(text) => {
            let readable = certificate_bytes(text).is_some_and(|der| Certificate::from_der(&der).is_ok());
            fields.require(readable, || ConfigurationError::ValidationCertificate);
        }
        None if activity.is_light() => missing(Place::Intermediary, "validation_certificate", fields),
        None => {}
    }
}

fn cie(place: Place, contact_of: &CieParty, fields: &mut Fields) {
    contact(place, &contact_of.party, true, fields);
    fields.filled(place, "municipality", &contact_of.municipality);
    let optional = [
        ("ipa_category", &contact_of.ipa_category),
        ("nace2_code", &contact_of.nace2_code),
        ("province", &contact_of.province),
        ("country", &contact_of.country),
    ];
    for (field, text) in optional {
        if let Some(text) = text {
            fields.filled(place, field, text);
        }
    }
}

fn cie_private(place: Place, contact_of: &CieParty, fields: &mut Fields) {
    cie(place, contact_of, fields);
    let party = &contact_of.party;
    fields.require(party.ipa_code.is_none(), || ConfigurationError::UnexpectedIpaCode { place });
    let needed = [
        ("vat_number", &party.vat_number),
        ("fiscal_code", &party.fiscal_code),
        ("nace2_code", &contact_of.nace2_code),
    ];
    for (field, text) in needed {
        if text.is_none() {
            missing(place, field, fields);
        }
    }
}
