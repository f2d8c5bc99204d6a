//! The receipt, whose provider stands flat among the other elements.

use super::element;
use crate::payment::{MAX_METADATA, MAX_TRANSFERS};
use crate::{Psp, Receipt};

element!(Receipt, |this| {
    receipt_id: one "receiptId" = &this.receipt_id;
    notice: one "noticeNumber" = &this.notice;
    creditor: one "fiscalCode" = &this.creditor;
    outcome: one "outcome" = &this.outcome;
    reference: one "creditorReferenceId" = &this.reference;
    amount: one "paymentAmount" = &this.amount;
    description: one "description" = &this.description;
    company_name: one "companyName" = &this.company_name;
    office_name: opt "officeName" = &this.office_name;
    debtor: one "debtor" = &this.debtor;
    transfers: list("transfer", MAX_TRANSFERS) "transferList" = &this.transfers;
    psp_id: one "idPSP" = &this.psp.id;
    psp_fiscal_code: opt "pspFiscalCode" = &this.psp.fiscal_code;
    psp_vat_number: opt "pspPartitaIVA" = &this.psp.vat_number;
    psp_name: one "PSPCompanyName" = &this.psp.company_name;
    channel: one "idChannel" = &this.psp.channel;
    channel_description: one "channelDescription" = &this.psp.channel_description;
    payer: opt "payer" = &this.payer;
    payment_method: opt "paymentMethod" = &this.payment_method;
    payment_note: opt "paymentNote" = &this.payment_note;
    fee: opt "fee" = &this.fee;
    creditor_fee: opt "primaryCiIncurredFee" = &this.creditor_fee;
    bundle: opt "idBundle" = &this.bundle;
    creditor_bundle: opt "idCiBundle" = &this.creditor_bundle;
    paid_at: opt "paymentDateTime" = &this.paid_at;
    application_date: opt "applicationDate" = &this.application_date;
    transfer_date: opt "transferDate" = &this.transfer_date;
    metadata: list("mapEntry", MAX_METADATA) "metadata" = &this.metadata;
    stand_in: opt "standIn" = &this.stand_in;
} => Self {
    receipt_id, notice, creditor, outcome, reference, amount, description, company_name, office_name, debtor,
    transfers,
    psp: Psp {
        id: psp_id,
        fiscal_code: psp_fiscal_code,
        vat_number: psp_vat_number,
        company_name: psp_name,
        channel,
        channel_description,
    },
    payer, payment_method, payment_note, fee, creditor_fee, bundle, creditor_bundle, paid_at, application_date,
    transfer_date, metadata, stand_in,
});
