//! The contacts of each profile, in the order of their schemas.

use super::billing::Billing;
use super::configuration::{Activity, CieParty, Configuration, Party, Profile};
use crate::metadata::certificate_bytes;
use crate::metadata::key::key_info;
use crate::xml::{Element, ns};

/// The namespace of CIE's extensions.
const CIE: &str = "https://www.cartaidentita.interno.gov.it/saml-extensions";

/// The elements `ContactPerson`.
pub(super) fn contacts(configuration: &Configuration) -> Vec<Element> {
    match &configuration.profile {
        Profile::SpidPublic { party } => vec![spid(party, None, extensions(party, "Public"))],
        Profile::SpidPrivate { party, billing } => {
            vec![spid(party, None, extensions(party, "Private")), invoices(billing)]
        }
        Profile::SpidIntermediary { activity, intermediary, aggregated, billing, validation_certificate } => {
            let mut contacts = vec![aggregator(*activity, intermediary, validation_certificate.as_deref())];
            if let Some(party) = aggregated {
                let tag = if activity.is_private() { "Private" } else { "Public" };
                contacts.push(spid(party, Some("spid:aggregated"), extensions(party, tag)));
            }
            contacts.extend(billing.as_deref().map(invoices));
            contacts
        }
        Profile::CiePublic { administrative, technical } => {
            let technical = technical.as_deref().map(|party| cie(party, "technical", technical_tag(party)));
            std::iter::once(cie(administrative, "administrative", "Public")).chain(technical).collect()
        }
        Profile::CiePrivate { administrative, technical } => {
            let technical = technical.as_deref().map(|party| cie(party, "technical", "Private"));
            std::iter::once(cie(administrative, "administrative", "Private")).chain(technical).collect()
        }
    }
}

/// A technical partner with an IPA code is public.
fn technical_tag(party: &CieParty) -> &'static str {
    if party.party.ipa_code.is_some() { "Public" } else { "Private" }
}

fn spid(party: &Party, entity_type: Option<&str>, extensions: Element) -> Element {
    let contact = Element::new("md:ContactPerson")
        .attribute("contactType", "other")
        .attribute_if("xmlns:spid", entity_type.map(|_| ns::SPID))
        .attribute_if("spid:entityType", entity_type);
    reach(contact.child(extensions), party)
}

fn reach(contact: Element, party: &Party) -> Element {
    let optional = [("md:EmailAddress", &party.email), ("md:TelephoneNumber", &party.phone)];
    let filled = optional.into_iter().filter_map(|(name, text)| Some(Element::new(name).text(text.as_deref()?)));
    contact.child(Element::new("md:Company").text(&party.company)).children(filled)
}

fn extensions(party: &Party, tag: &str) -> Element {
    let parts = [
        ("spid:IPACode", &party.ipa_code),
        ("spid:VATNumber", &party.vat_number),
        ("spid:FiscalCode", &party.fiscal_code),
    ];
    let filled = parts.into_iter().filter_map(|(name, text)| Some(Element::new(name).text(text.as_deref()?)));
    Element::new("md:Extensions")
        .attribute("xmlns:spid", ns::SPID)
        .children(filled)
        .child(Element::new(&format!("spid:{tag}")))
}

fn aggregator(activity: Activity, party: &Party, validation: Option<&str>) -> Element {
    let mut content = extensions(party, activity.tag());
    if let Some(der) = validation.and_then(certificate_bytes) {
        let key = Element::new("spid:KeyDescriptor").attribute("use", "spid:validation").child(key_info(&der));
        content = content.child(key);
    }
    spid(party, Some("spid:aggregator"), content)
}

fn invoices(billing: &Billing) -> Element {
    let contact = Element::new("md:ContactPerson")
        .attribute("contactType", "billing")
        .child(Element::new("md:Extensions").children(billing.elements()))
        .child(Element::new("md:Company").text(&billing.company))
        .child(Element::new("md:EmailAddress").text(&billing.email));
    match &billing.phone {
        Some(phone) => contact.child(Element::new("md:TelephoneNumber").text(phone)),
        None => contact,
    }
}

fn cie(contact: &CieParty, kind: &str, tag: &str) -> Element {
    let party = &contact.party;
    let municipality = Some(contact.municipality.clone());
    let parts = [
        ("cie:IPACode", &party.ipa_code),
        ("cie:IPACategory", &contact.ipa_category),
        ("cie:VATNumber", &party.vat_number),
        ("cie:FiscalCode", &party.fiscal_code),
        ("cie:NACE2Code", &contact.nace2_code),
        ("cie:Municipality", &municipality),
        ("cie:Province", &contact.province),
        ("cie:Country", &contact.country),
    ];
    let filled = parts.into_iter().filter_map(|(name, text)| Some(Element::new(name).text(text.as_deref()?)));
    let extensions = Element::new("md:Extensions")
        .attribute("xmlns:cie", CIE)
        .child(Element::new(&format!("cie:{tag}")))
        .children(filled);
    reach(Element::new("md:ContactPerson").attribute("contactType", kind).child(extensions), party)
}
