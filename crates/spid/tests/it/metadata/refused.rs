//! Wrong configurations, and what is said of them.

use spid::metadata::sp::{
    Activity, CieParty, Configuration, ConfigurationError, Party, Place, Profile, ServiceProvider,
};

use super::configurations::configuration;

fn errors(profile: &str, spoil: impl FnOnce(&mut Configuration)) -> Vec<ConfigurationError> {
    let mut configuration = configuration(profile);
    spoil(&mut configuration);
    ServiceProvider::new(configuration).unwrap_err().0
}

fn party(configuration: &mut Configuration) -> &mut Party {
    match &mut configuration.profile {
        Profile::SpidPublic { party } | Profile::SpidPrivate { party, .. } => party,
        Profile::SpidIntermediary { intermediary, .. } => intermediary,
        Profile::CiePublic { administrative, .. } | Profile::CiePrivate { administrative, .. } => {
            &mut administrative.party
        }
    }
}

#[test]
fn a_public_body_needs_its_ipa_code_and_a_private_one_has_none() {
    let place = Place::Party;
    for profile in ["spid-sp-public", "cie-sp-public"] {
        let found = errors(profile, |wrong| party(wrong).ipa_code = None);
        assert_eq!(found, [ConfigurationError::NoIpaCode { place }], "{profile}");
    }
    for profile in ["spid-sp-private", "cie-sp-private"] {
        let found = errors(profile, |wrong| party(wrong).ipa_code = Some("c_h501".into()));
        assert_eq!(found, [ConfigurationError::UnexpectedIpaCode { place }], "{profile}");
    }
}

#[test]
fn contacts_are_checked_field_by_field() {
    let place = Place::Party;
    for phone in ["+39 06 1234567", "0612345678", "+39o612345678", "", "+", "+3906123456789012"] {
        let found = errors("spid-sp-public", |wrong| party(wrong).phone = Some(phone.into()));
        assert_eq!(found, [ConfigurationError::Phone { place, given: phone.into() }]);
    }
    for email in ["mario", "mario@", "a b@example.it", "a@b@example.it ", "mailto:a@example.it"] {
        let found = errors("spid-sp-public", |wrong| party(wrong).email = Some(email.into()));
        assert_eq!(found, [ConfigurationError::Email { place, given: email.into() }]);
    }
    let found = errors("spid-sp-public", |wrong| party(wrong).email = None);
    assert_eq!(found, [ConfigurationError::Missing { place, field: "email" }]);
    for number in ["12345678903", "IT12345678901", "IT 12345678903", "it12345678903", "è", "IT"] {
        let found = errors("spid-sp-private", |wrong| party(wrong).vat_number = Some(number.into()));
        assert_eq!(found, [ConfigurationError::VatNumber { place, given: number.into() }]);
    }
    let found = errors("spid-sp-private", |wrong| party(wrong).vat_number = None);
    assert_eq!(found, [ConfigurationError::NoTaxIdentifier { place }]);
}

#[test]
fn names_must_match_and_italian_must_be_there() {
    let found = errors("spid-sp-public", |wrong| party(wrong).company = "Comune di prova".into());
    let organization = "Comune di Prova".to_owned();
    let company = "Comune di prova".to_owned();
    let wanted = ConfigurationError::CompanyIsNotOrganization { place: Place::Party, company, organization };
    assert_eq!(found, [wanted]);
    let found = errors("spid-sp-public", |wrong| drop(wrong.organization.remove(0)));
    assert_eq!(found, [ConfigurationError::NoItalian { place: Place::Organization }]);
    let found = errors("spid-sp-public", |wrong| wrong.organization[1].language = "it".into());
    let language = "it".to_owned();
    assert_eq!(found, [ConfigurationError::LanguageRepeated { place: Place::Organization, language }]);
}

#[test]
fn addresses_are_https_and_there_is_at_least_one_of_each() {
    let found = errors("spid-sp-public", |wrong| {
        wrong.entity_id = "http://sp.example.it".into();
        wrong.assertion_consumer_services = vec!["javascript:alert(1)".into()];
        wrong.single_logout_services.clear();
        wrong.attribute_sets.clear();
    });
    let address = |field, given: &str| ConfigurationError::Address { field, given: given.into() };
    let wanted = [
        address("entity_id", "http://sp.example.it"),
        address("assertion_consumer_services", "javascript:alert(1)"),
        ConfigurationError::Nothing { field: "single_logout_services" },
        ConfigurationError::Nothing { field: "attribute_sets" },
    ];
    assert_eq!(found, wanted);
}

#[test]
fn attribute_sets_name_known_attributes_once_under_one_index() {
    let found = errors("spid-sp-public", |wrong| {
        wrong.attribute_sets[1].index = 0;
        wrong.attribute_sets[0].attributes = vec!["name".into(), "surname".into(), "name".into()];
    });
    let place = Place::AttributeSet(0);
    let wanted = [
        ConfigurationError::Attribute { place, given: "surname".into() },
        ConfigurationError::AttributeRepeated { place, given: "name".into() },
        ConfigurationError::IndexRepeated { place },
    ];
    assert_eq!(found, wanted);
    let found = errors("cie-sp-public", |wrong| wrong.attribute_sets[0].attributes.push("email".into()));
    assert_eq!(found, [ConfigurationError::Attribute { place, given: "email".into() }]);
}

#[test]
fn intermediaries_say_what_they_are() {
    let found = errors("spid-sp-ag-public-full", |wrong| wrong.entity_id = "https://ag.example.it/?a=b".into());
    let code = "pub-ag-full";
    assert_eq!(found, [ConfigurationError::EntityIdQuery, ConfigurationError::EntityIdActivity { code }]);
    let found = errors("spid-sp-ag-private-lite", |wrong| {
        let Profile::SpidIntermediary { aggregated, billing, validation_certificate, .. } = &mut wrong.profile else {
            panic!("the profile is another");
        };
        (*aggregated, *billing, *validation_certificate) = (None, None, Some("AAAA".into()));
    });
    let wanted = [
        ConfigurationError::Missing { place: Place::Aggregated, field: "aggregated" },
        ConfigurationError::Missing { place: Place::Billing, field: "billing" },
        ConfigurationError::ValidationCertificate,
    ];
    assert_eq!(found, wanted);
    let found = errors("spid-sp-op-public-full", |wrong| {
        party(wrong).fiscal_code = None;
        if let Profile::SpidIntermediary { activity, .. } = &mut wrong.profile {
            *activity = Activity::PublicLightOperator;
        }
        wrong.entity_id = "https://op.example.it/pub-op-lite/".into();
    });
    let missing = |place, field| ConfigurationError::Missing { place, field };
    let wanted = [
        missing(Place::Intermediary, "fiscal_code"),
        missing(Place::Aggregated, "aggregated"),
        missing(Place::Intermediary, "validation_certificate"),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn invoices_follow_their_schema() {
    let found = errors("spid-sp-private", |wrong| {
        let Profile::SpidPrivate { billing, .. } = &mut wrong.profile else { panic!("the profile is another") };
        billing.seat.postal_code = "0018".into();
        billing.seat.country = "it".into();
        billing.seat.municipality = "Łódź".into();
        billing.fiscal_code = Some("rssmra80a01h501u".into());
        billing.third_party = Some(String::new());
    });
    let fields: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        fields,
        [
            "billing: the fiscal_code `rssmra80a01h501u` is wrong",
            "billing: third_party is empty, too long or has control characters",
            "billing: seat.municipality cannot be `Łódź`",
            "billing: seat.postal_code cannot be `0018`",
            "billing: seat.country cannot be `it`",
        ]
    );
}

#[test]
fn cie_asks_private_parties_for_everything() {
    let found = errors("cie-sp-private", |wrong| {
        let Profile::CiePrivate { technical, .. } = &mut wrong.profile else { panic!("the profile is another") };
        let party = Party { vat_number: None, fiscal_code: None, ..technical.take().unwrap().party };
        *technical = Some(Box::new(CieParty { party, ..CieParty::default() }));
    });
    let place = Place::Technical;
    let missing = |field| ConfigurationError::Missing { place, field };
    let municipality = ConfigurationError::Text { place, field: "municipality" };
    assert_eq!(found, [municipality, missing("vat_number"), missing("fiscal_code"), missing("nace2_code")]);
}

#[test]
fn a_configuration_is_read_from_its_file_and_unknown_fields_are_refused() {
    let text = serde_json::json!({
        "entity_id": "https://sp.example.it",
        "profile": { "kind": "spid-public", "party": {
            "company": "Comune", "ipa_code": "c_h501", "email": "a@example.it" } },
        "organization": [{ "language": "it", "name": "Comune", "display_name": "Comune", "url": "https://example.it" }],
        "assertion_consumer_services": ["https://sp.example.it/acs"],
        "single_logout_services": [{ "binding": "http-redirect", "location": "https://sp.example.it/slo" }],
        "attribute_sets": [{ "index": 0, "names": [{ "language": "it", "text": "Set" }], "attributes": ["name"] }],
    });
    let configuration: Configuration = serde_json::from_value(text.clone()).unwrap();
    ServiceProvider::new(configuration).unwrap();
    let mut with_more = text;
    with_more["entityid"] = "https://sp.example.it".into();
    assert!(serde_json::from_value::<Configuration>(with_more).is_err());
}
