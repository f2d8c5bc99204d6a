//! Debtors, transfers and payments.

use super::super::error::Problem;
use super::super::reader::Reader;
use super::super::writer::Writer;
use super::{Element, at, element, fill, put, put_list, read_list};
use crate::payment::{MAX_METADATA, MAX_TRANSFERS};
use crate::{Destination, MetadataEntry, Payment, StampAttachment, StampRequest, Subject, SubjectId, Text, Transfer};

element!(SubjectId, |this| {
    kind: one "entityUniqueIdentifierType" = &this.kind;
    value: one "entityUniqueIdentifierValue" = &this.value;
} => Self { kind, value });

element!(Subject, |this| {
    id: one "uniqueIdentifier" = &this.id;
    full_name: one "fullName" = &this.full_name;
    street: opt "streetName" = &this.street;
    civic_number: opt "civicNumber" = &this.civic_number;
    postal_code: opt "postalCode" = &this.postal_code;
    city: opt "city" = &this.city;
    province: opt "stateProvinceRegion" = &this.province;
    country: soft "country" = &this.country;
    email: soft "e-mail" = &this.email;
} => Self { id, full_name, street, civic_number, postal_code, city, province, country, email });

element!(MetadataEntry, |this| {
    key: one "key" = &this.key;
    value: one "value" = &this.value;
} => Self { key, value });

/// The only type of digital revenue stamp there is (`stTipoBolloDigitale`).
const STAMP_TYPE: &str = "01";

element!(StampRequest, |this| {
    document_hash: one "hashDocumento" = &this.document_hash;
    kind: opt "tipoBollo" = Some(&Text::<2>::fit(STAMP_TYPE));
    province: one "provinciaResidenza" = &this.province;
} => {
    let _: Option<Text<2>> = kind;
    Self { document_hash, province }
});

element!(Payment, |this| {
    reference: one "creditorReferenceId" = &this.reference;
    amount: one "paymentAmount" = &this.amount;
    due_date: one "dueDate" = &this.due_date;
    retention_date: opt "retentionDate" = &this.retention_date;
    last_payment: opt "lastPayment" = &this.last_payment;
    description: one "description" = &this.description;
    company_name: one "companyName" = &this.company_name;
    office_name: opt "officeName" = &this.office_name;
    debtor: one "debtor" = &this.debtor;
    transfers: list("transfer", MAX_TRANSFERS) "transferList" = &this.transfers;
    metadata: list("mapEntry", MAX_METADATA) "metadata" = &this.metadata;
} => Self {
    reference, amount, due_date, retention_date, last_payment, description, company_name, office_name, debtor,
    transfers, metadata,
});

/// A revenue stamp, which is one thing in a request and another in a receipt.
pub(in crate::node) trait Stamp: Element {
    const NAME: &'static str;
}

impl Stamp for StampRequest {
    const NAME: &'static str = "richiestaMarcaDaBollo";
}

impl Stamp for StampAttachment {
    const NAME: &'static str = "MBDAttachment";
}

impl<S: Stamp> Element for Transfer<S> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        let (mut number, mut amount, mut creditor, mut company_name) = (None, None, None, None);
        let (mut destination, mut information, mut category, mut metadata) = (None, None, None, None);
        while reader.next_child()? {
            match reader.name() {
                "idTransfer" => one(reader, &mut number, "idTransfer")?,
                "transferAmount" => one(reader, &mut amount, "transferAmount")?,
                "fiscalCodePA" => one(reader, &mut creditor, "fiscalCodePA")?,
                "companyName" => one(reader, &mut company_name, "companyName")?,
                "IBAN" => {
                    let account = Element::read(reader).map_err(at("IBAN"))?;
                    fill(&mut destination, Destination::Account(account), "IBAN")?;
                }
                name if name == S::NAME => {
                    let stamp = S::read(reader).map_err(at(S::NAME))?;
                    fill(&mut destination, Destination::Stamp(stamp), S::NAME)?;
                }
                "remittanceInformation" => one(reader, &mut information, "remittanceInformation")?,
                "transferCategory" => one(reader, &mut category, "transferCategory")?,
                "metadata" => fill(&mut metadata, read_list(reader, "mapEntry", MAX_METADATA)?, "metadata")?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            number: number.ok_or(Problem::Missing("idTransfer"))?,
            amount: amount.ok_or(Problem::Missing("transferAmount"))?,
            creditor: creditor.ok_or(Problem::Missing("fiscalCodePA"))?,
            company_name,
            destination: destination.ok_or(Problem::Missing("IBAN"))?,
            remittance_information: information.ok_or(Problem::Missing("remittanceInformation"))?,
            category: category.ok_or(Problem::Missing("transferCategory"))?,
            metadata: metadata.unwrap_or_default(),
        })
    }

    fn write(&self, writer: &mut Writer) {
        put(writer, "idTransfer", &self.number);
        put(writer, "transferAmount", &self.amount);
        put(writer, "fiscalCodePA", &self.creditor);
        if let Some(name) = &self.company_name {
            put(writer, "companyName", name);
        }
        match &self.destination {
            Destination::Account(iban) => put(writer, "IBAN", iban),
            Destination::Stamp(stamp) => put(writer, S::NAME, stamp),
        }
        put(writer, "remittanceInformation", &self.remittance_information);
        put(writer, "transferCategory", &self.category);
        put_list(writer, "metadata", "mapEntry", &self.metadata);
    }
}

fn one<T: Element>(reader: &mut Reader<'_>, slot: &mut Option<T>, name: &'static str) -> Result<(), Problem> {
    let value = T::read(reader).map_err(at(name))?;
    fill(slot, value, name)
}
