//! The three requests, whose addressing stands flat among the other elements.

use super::super::request::{Addressing, GetPayment, SendReceipt, VerifyPaymentNotice};
use super::element;
use crate::{CreditorCode, NoticeNumber};

/// The notice and its creditor as a payer reads them (`ctQrCode`).
struct QrCode {
    creditor: CreditorCode,
    notice: NoticeNumber,
}

element!(QrCode, |this| {
    creditor: one "fiscalCode" = &this.creditor;
    notice: one "noticeNumber" = &this.notice;
} => Self { creditor, notice });

element!(VerifyPaymentNotice, |this| {
    creditor_id: one "idPA" = &this.addressing.creditor;
    broker: one "idBrokerPA" = &this.addressing.broker;
    station: one "idStation" = &this.addressing.station;
    qr: one "qrCode" = &QrCode { creditor: this.creditor, notice: this.notice };
} => {
    let QrCode { creditor, notice } = qr;
    Self { addressing: Addressing { creditor: creditor_id, broker, station }, creditor, notice }
});

element!(GetPayment, |this| {
    creditor_id: one "idPA" = &this.addressing.creditor;
    broker: one "idBrokerPA" = &this.addressing.broker;
    station: one "idStation" = &this.addressing.station;
    qr: one "qrCode" = &QrCode { creditor: this.creditor, notice: this.notice };
    amount: opt "amount" = &this.amount;
    payment_note: opt "paymentNote" = &this.payment_note;
    transfer_type: opt "transferType" = &this.transfer_type;
    due_date: opt "dueDate" = &this.due_date;
} => {
    let QrCode { creditor, notice } = qr;
    let addressing = Addressing { creditor: creditor_id, broker, station };
    Self { addressing, creditor, notice, amount, payment_note, transfer_type, due_date }
});

element!(SendReceipt, |this| {
    creditor: one "idPA" = &this.addressing.creditor;
    broker: one "idBrokerPA" = &this.addressing.broker;
    station: one "idStation" = &this.addressing.station;
    receipt: one "receipt" = &this.receipt;
} => Self { addressing: Addressing { creditor, broker, station }, receipt });
