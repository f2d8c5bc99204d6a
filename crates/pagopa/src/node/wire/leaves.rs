//! Elements that hold one value as text.

use jiff::civil::{Date, DateTime};

use super::super::error::{Problem, ValueError};
use super::super::reader::Reader;
use super::super::request::TransferType;
use super::super::response::AmountOption;
use super::super::writer::Writer;
use super::Element;
use crate::text::{Code, Text};
use crate::time::{parse_date, parse_date_time};
use crate::{
    Country, CreditorCode, Email, Iban, Iuv, Money, NoticeNumber, ReceiptOutcome, StampAttachment, SubjectKind,
    TransferNumber,
};

/// Refuses the text of an element, for the reason that its type gives.
fn refuse(reason: impl ToString) -> Problem {
    Problem::Value { element: "", reason: ValueError(reason.to_string()) }
}

/// Implements [`Element`] for a type from how its text is read and shown.
macro_rules! leaf {
    (@[$($generic:tt)*] $type:ty, $read:expr, $show:expr) => {
        impl<$($generic)*> Element for $type {
            fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
                let text = reader.text()?;
                $read(&*text).map_err(refuse)
            }

            fn write(&self, writer: &mut Writer) {
                writer.text($show(self));
            }

            fn read_optional(reader: &mut Reader<'_>) -> Result<Option<Self>, Problem> {
                let text = reader.text()?;
                if text.trim().is_empty() { Ok(None) } else { $read(&*text).map(Some).map_err(refuse) }
            }

            fn read_lenient(reader: &mut Reader<'_>) -> Result<Option<Self>, Problem> {
                Ok($read(&*reader.text()?).ok())
            }
        }
    };
    ($type:ty, $read:expr, $show:expr) => { leaf!(@[] $type, $read, $show); };
}

fn itself<T>(value: &T) -> &T {
    value
}

leaf!(@[const MAX: usize] Text<MAX>, |text: &str| Ok::<_, String>(Self::fit(text)), itself);
leaf!(@[const MAX: usize] Code<MAX>, Self::parse, itself);
leaf!(@[const LEAST: u64] Money<LEAST>, |text: &str| text.parse::<Self>(), itself);
leaf!(Box<str>, |text: &str| Ok::<_, String>(text.trim().into()), itself);
leaf!(NoticeNumber, Self::parse, itself);
leaf!(CreditorCode, Self::parse, itself);
leaf!(Iuv, Self::parse, itself);
leaf!(Iban, Self::unchecked, itself);
leaf!(Date, |text: &str| parse_date(text).ok_or("a date is written 2026-12-31"), itself);
leaf!(DateTime, |text: &str| parse_date_time(text).ok_or("a date and time are written 2026-12-31T23:59:59"), itself);
leaf!(TransferNumber, |text: &str| text.parse().map_err(|()| "a transfer number is 1 to 5"), itself);
leaf!(Country, |text: &str| Self::parse(text.trim()).ok_or("a country is two capital letters"), itself);
leaf!(Email, |text: &str| Self::parse(text).ok_or("this is not an e-mail address"), itself);
leaf!(bool, read_bool, itself);
leaf!(SubjectKind, read_kind, |kind: &Self| match kind {
    Self::Person => "F",
    Self::Organisation => "G",
});
leaf!(ReceiptOutcome, read_outcome, |outcome: &Self| match outcome {
    Self::Paid => "OK",
    Self::NotPaid => "KO",
});
leaf!(TransferType, read_transfer_type, |kind: &Self| match kind {
    Self::Postal => "POSTAL",
    Self::Pagopa => "PAGOPA",
});
leaf!(AmountOption, read_option, |option: &Self| match option {
    Self::Exact => "EQ",
    Self::Less => "LS",
    Self::Greater => "GT",
    Self::Any => "ANY",
});
leaf!(StampAttachment, read_base64, |stamp: &Self| stamp.0.clone());

fn read_bool(text: &str) -> Result<bool, &'static str> {
    match text.trim() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err("a truth value is true or false"),
    }
}

fn read_kind(text: &str) -> Result<SubjectKind, &'static str> {
    match text.trim() {
        "F" => Ok(SubjectKind::Person),
        "G" => Ok(SubjectKind::Organisation),
        _ => Err("a subject is F or G"),
    }
}

fn read_outcome(text: &str) -> Result<ReceiptOutcome, &'static str> {
    match text.trim() {
        "OK" => Ok(ReceiptOutcome::Paid),
        "KO" => Ok(ReceiptOutcome::NotPaid),
        _ => Err("an outcome is OK or KO"),
    }
}

fn read_transfer_type(text: &str) -> Result<TransferType, &'static str> {
    match text.trim() {
        "POSTAL" => Ok(TransferType::Postal),
        "PAGOPA" => Ok(TransferType::Pagopa),
        _ => Err("a transfer type is POSTAL or PAGOPA"),
    }
}

fn read_option(text: &str) -> Result<AmountOption, &'static str> {
    match text.trim() {
        "EQ" => Ok(AmountOption::Exact),
        "LS" => Ok(AmountOption::Less),
        "GT" => Ok(AmountOption::Greater),
        "ANY" => Ok(AmountOption::Any),
        _ => Err("an amount option is EQ, LS, GT or ANY"),
    }
}

/// Keeps base64 as text: what is inside is a signed document for the payer, which nobody here has to open.
fn read_base64(text: &str) -> Result<StampAttachment, &'static str> {
    let compact: String = text.split_ascii_whitespace().collect();
    let fits = compact.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b));
    if fits { Ok(StampAttachment(compact.into())) } else { Err("a revenue stamp is base64 text") }
}
