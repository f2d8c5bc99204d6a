//! One right configuration for each profile.

use spid::metadata::EndpointBinding;
use spid::metadata::sp::{
    Activity, AttributeSet, Billing, CieParty, Configuration, LocalizedText, LogoutService, OrganizationText, Party,
    Payer, Profile, Seat, ServiceProvider,
};

use crate::materials::{ENTITY, OTHER};

/// A profile by the name that `spid-sp-test` has for it.
pub fn provider(profile: &str) -> ServiceProvider {
    ServiceProvider::new(configuration(profile)).unwrap_or_else(|errors| panic!("{profile}: {errors}"))
}

pub const PROFILES: [&str; 10] = [
    "spid-sp-public",
    "spid-sp-private",
    "spid-sp-ag-public-full",
    "spid-sp-ag-public-lite",
    "spid-sp-ag-private-full",
    "spid-sp-ag-private-lite",
    "spid-sp-op-public-full",
    "spid-sp-op-public-lite",
    "cie-sp-public",
    "cie-sp-private",
];

pub fn configuration(profile: &str) -> Configuration {
    let (entity_id, profile) = match profile {
        "spid-sp-public" => (ENTITY, Profile::SpidPublic { party: public() }),
        "spid-sp-private" => (ENTITY, Profile::SpidPrivate { party: private(), billing: Box::new(billing()) }),
        "spid-sp-ag-public-full" => ("https://ag.example.it/pub-ag-full/x", aggregator(Activity::PublicFullAggregator)),
        "spid-sp-ag-public-lite" => {
            ("https://ag.example.it/pub-ag-lite/x", aggregator(Activity::PublicLightAggregator))
        }
        "spid-sp-ag-private-full" => {
            ("https://ag.example.it/pri-ag-full/x", aggregator(Activity::PrivateFullAggregator))
        }
        "spid-sp-ag-private-lite" => {
            ("https://ag.example.it/pri-ag-lite/x", aggregator(Activity::PrivateLightAggregator))
        }
        "spid-sp-op-public-full" => ("https://op.example.it/pub-op-full/x", operator(Activity::PublicFullOperator)),
        "spid-sp-op-public-lite" => ("https://op.example.it/pub-op-lite/x", operator(Activity::PublicLightOperator)),
        "cie-sp-public" => {
            (ENTITY, Profile::CiePublic { administrative: cie(public()), technical: Some(cie(partner())) })
        }
        "cie-sp-private" => {
            let administrative = Party { fiscal_code: Some("12345678903".into()), ..private() };
            (ENTITY, Profile::CiePrivate { administrative: cie(administrative), technical: Some(cie(partner())) })
        }
        other => panic!("there is no profile {other}"),
    };
    let is_cie = matches!(profile, Profile::CiePublic { .. } | Profile::CiePrivate { .. });
    Configuration {
        entity_id: entity_id.into(),
        profile,
        organization: organization(),
        assertion_consumer_services: vec![
            "https://sp.example.it/spid/acs".into(),
            "https://sp.example.it/spid/acs?desk=2&lang=it".into(),
        ],
        single_logout_services: vec![
            logout(EndpointBinding::HttpPost, None),
            logout(EndpointBinding::HttpRedirect, Some("https://sp.example.it/spid/slo/answer")),
        ],
        attribute_sets: if is_cie { cie_sets() } else { spid_sets() },
    }
}

pub fn organization() -> Vec<OrganizationText> {
    let text = |language: &str, name: &str| OrganizationText {
        language: language.into(),
        name: name.into(),
        display_name: "Sportello <di prova> & \"altro\"".into(),
        url: "https://www.example.it".into(),
    };
    vec![text("it", "Comune di Prova"), text("en", "Municipality of Prova")]
}

fn public() -> Party {
    Party {
        company: "Comune di Prova".into(),
        ipa_code: Some("c_h501".into()),
        email: Some("sportello@comune.prova.it".into()),
        phone: Some("+390612345678".into()),
        ..Party::default()
    }
}

fn private() -> Party {
    Party { ipa_code: None, vat_number: Some("IT12345678903".into()), ..public() }
}

fn partner() -> Party {
    let fiscal_code = Some("12345678903".into());
    Party { company: "Partner S.r.l.".into(), fiscal_code, ..private() }
}

fn aggregator(activity: Activity) -> Profile {
    let is_private = matches!(activity, Activity::PrivateFullAggregator | Activity::PrivateLightAggregator);
    let aggregated = if is_private { private() } else { public() };
    let is_light = matches!(activity, Activity::PublicLightAggregator | Activity::PrivateLightAggregator);
    Profile::SpidIntermediary {
        activity,
        intermediary: partner(),
        aggregated: Some(Party { email: None, ..aggregated }),
        billing: is_private.then(|| Box::new(billing())),
        validation_certificate: is_light.then(|| OTHER.certificate_base64()),
    }
}

fn operator(activity: Activity) -> Profile {
    let is_light = activity == Activity::PublicLightOperator;
    Profile::SpidIntermediary {
        activity,
        intermediary: Party {
            vat_number: Some("IT12345678903".into()),
            fiscal_code: Some("12345678903".into()),
            ..public()
        },
        aggregated: is_light.then(|| Party { company: "Comune di Altrove".into(), ..public() }),
        billing: None,
        validation_certificate: is_light.then(|| OTHER.certificate_base64()),
    }
}

fn cie(party: Party) -> Box<CieParty> {
    Box::new(CieParty {
        party,
        ipa_category: None,
        nace2_code: Some("84.11.10".into()),
        municipality: "H501".into(),
        province: Some("RM".into()),
        country: Some("IT".into()),
    })
}

fn billing() -> Billing {
    Billing {
        company: "Comune di Prova, ragioneria".into(),
        email: "fatture@pec.example.it".into(),
        phone: Some("+390612345679".into()),
        vat_number: Some("IT12345678903".into()),
        fiscal_code: Some("12345678903".into()),
        payer: Payer::Company { name: "Società di Prova & C. S.p.A.".into() },
        seat: Seat {
            address: "Via del Corso".into(),
            number: Some("10/A".into()),
            postal_code: "00186".into(),
            municipality: "Roma".into(),
            province: Some("RM".into()),
            country: "IT".into(),
        },
        third_party: None,
    }
}

fn logout(binding: EndpointBinding, response: Option<&str>) -> LogoutService {
    let location = "https://sp.example.it/spid/slo".into();
    LogoutService { binding, location, response_location: response.map(Into::into) }
}

fn spid_sets() -> Vec<AttributeSet> {
    let set = |index, attributes: &[&str]| AttributeSet {
        index,
        names: vec![text("it", "Accesso allo sportello"), text("en", "Access to the counter")],
        descriptions: vec![text("it", "Per i cittadini")],
        attributes: attributes.iter().map(|name| (*name).to_owned()).collect(),
    };
    vec![
        set(0, &["name", "familyName", "fiscalNumber"]),
        set(1, &["companyName", "companyFiscalNumber", "ivaCode", "registeredOffice"]),
        set(7, &["spidCode", "email", "domicileMunicipality"]),
    ]
}

fn cie_sets() -> Vec<AttributeSet> {
    vec![AttributeSet {
        index: 0,
        names: vec![text("it", "urn:uuid:7c9f1a3e-2f60-4a55-9d0e-3f4a2b1c0d9e")],
        descriptions: Vec::new(),
        attributes: ["name", "familyName", "dateOfBirth", "fiscalNumber"].map(Into::into).into(),
    }]
}

fn text(language: &str, text: &str) -> LocalizedText {
    LocalizedText { language: language.into(), text: text.into() }
}
