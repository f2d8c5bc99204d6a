//! Invented firms with fleets, accounts and charges.

use std::fmt::Write as _;

use ::store::{Arg, args};
use desk_dues::import::{self, ImportKind};
use desk_dues::{dues, fee};
use italia::{FiscalCode, MemberCode};
use sportello_core::access::Operation;
use sportello_core::people::FirmId;
use sportello_core::{Cx, Secret, row};

use crate::{Failure, store};

/// The password of all accounts that are made here.
pub const PASSWORD: &str = "Camion8!rosso";

row! {
    /// A firm.
    #[derive(Clone, Debug)]
    pub struct Enrolled {
        /// Its id.
        pub id: FirmId,
        /// Its tax code.
        pub tax_code: String,
        /// Its enrolment number.
        pub albo_number: String,
    }
}

row! {
    /// A charge that can be paid.
    #[derive(Clone, Debug)]
    pub struct Open {
        /// The notice.
        pub notice_number: String,
        /// Cents.
        pub amount: i64,
        /// Who owes.
        pub tax_code: String,
        /// Their name.
        pub name: String,
    }
}

/// The fee year that can be paid now.
pub fn year(cx: &Cx) -> Result<i64, Failure> {
    Ok(dues(cx)?.current(cx.now()).ok_or("no fee year is open")?.year)
}

/// The code of the invented company with this serial.
fn tax_code(serial: u32) -> String {
    let codes = (0..10).map(|check| format!("{serial:07}501{check}"));
    codes.into_iter().find(|code| FiscalCode::parse(code).is_ok()).unwrap_or_default()
}

/// Imports the firms with the serials from `first`, each with two vehicles, and returns all firms that there are.
pub async fn firms(cx: &Cx, first: u32, count: u32) -> Result<Vec<Enrolled>, Failure> {
    let mut firms = "codice_fiscale;numero_albo;denominazione;indirizzo;iscritta_dal;cancellata_dal\n".to_owned();
    let mut fleet = "codice_fiscale;targa;tipo;massa_kg\n".to_owned();
    for serial in first..first + count {
        let code = tax_code(serial);
        let _ = writeln!(
            firms,
            "{code};RM/{serial:07}/A;Autotrasporti di prova {serial} S.r.l.;Via Prova {serial}, 00118 Roma (RM);2001-02-03;"
        );
        for (number, mass) in [(2 * serial, 7_500), (2 * serial + 1, 26_000)] {
            let _ = writeln!(fleet, "{code};{};autocarro;{mass}", plate(number));
        }
    }
    let year = year(cx)?;
    for (kind, year, name, file) in
        [(ImportKind::Firms, None, "firms.csv", firms), (ImportKind::Fleet, Some(year), "fleet.csv", fleet)]
    {
        let preview = import::preview(cx, kind, year, name, file.into_bytes()).await?;
        let applied = import::apply(cx, preview.id).await?;
        if applied.bad > 0 {
            return Err(format!("{name}: {} rows are wrong: {}", applied.bad, applied.report).into());
        }
    }
    Ok(cx.list(store::FIRMS, args![]).await?)
}

fn plate(number: u32) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPRSTVWXYZ";
    let letter = |place: u32| char::from(LETTERS[place as usize % LETTERS.len()]);
    let high = number / 1_000;
    format!("{}{}{:03}{}{}", letter(high / 10_648), letter(high / 484), number % 1_000, letter(high / 22), letter(high))
}

/// Computes and freezes all charges of the present year.
pub async fn charges(cx: &Cx) -> Result<Vec<Open>, Failure> {
    fee::compute_all(cx, year(cx)?).await?;
    Ok(cx.list(store::OPEN_CHARGES, args![]).await?)
}

/// Opens accounts with [`PASSWORD`] for firms, without the messages; returns the matricole in order. One hash serves
/// all: making fifty thousand would take a quarter of an hour and measure nothing.
pub async fn accounts(cx: &Cx, firms: &[Enrolled]) -> Result<Vec<MemberCode>, Failure> {
    const COLUMNS: [&str; 13] = [
        "id",
        "firm_id",
        "member_code",
        "level",
        "email",
        "email_kind",
        "refuses_ordinary",
        "phone",
        "password_hash",
        "must_change",
        "temporary_until",
        "pin_hash",
        "created_at",
    ];
    let hash = cx.app.hashing().hash(&Secret::new(PASSWORD), cx.chance()).await?;
    let mut tx = cx.begin(Operation::Maintain).await?;
    let count = i64::try_from(firms.len())?;
    let end = tx.count(store::RESERVE, args!["member-code", count]).await?;
    let (mut codes, mut rows) = (Vec::new(), Vec::<Vec<Arg>>::new());
    for (serial, firm) in (end - count + 1..).zip(firms) {
        let code = MemberCode::from_serial(u32::try_from(serial)?)?;
        rows.push(args![
            cx.id(),
            firm.id,
            code.as_str(),
            "payment-only",
            email(&firm.tax_code),
            "ordinary",
            false,
            "+390612345678",
            &hash,
            false,
            None::<i64>,
            &hash,
            cx.now_ms(),
        ]);
        codes.push(code);
    }
    tx.insert_many("accounts", &COLUMNS, rows, None).await?;
    tx.commit().await?;
    Ok(codes)
}

/// The mailbox of a firm.
pub fn email(tax_code: &str) -> String {
    format!("impresa.{tax_code}@posta.example")
}

/// Gives a firm so many payments that its page has as many rows: more than any firm makes, and none of them expected.
pub async fn past_payments(cx: &Cx, firm: &Enrolled, count: u32) -> Result<(), Failure> {
    const COLUMNS: [&str; 12] = [
        "id",
        "charge_id",
        "firm_id",
        "receipt_id",
        "content",
        "number",
        "amount",
        "psp",
        "method",
        "paid_at",
        "received_at",
        "surplus",
    ];
    let charge = fee::charge_for(cx, firm.id, year(cx)?).await?;
    let mut tx = cx.begin(Operation::RecordPayment).await?;
    let row = |n: u32| {
        args![
            cx.id(),
            charge.id,
            firm.id,
            format!("past-{n}"),
            vec![0_u8; 32],
            format!("2016/{n:06}"),
            charge.amount,
            "Banca di prova",
            "creditCard",
            cx.now_ms(),
            cx.now_ms(),
            true,
        ]
    };
    tx.insert_many("payments", &COLUMNS, (0..count).map(row).collect(), None).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_firm_has_codes_and_plates_of_its_own() {
        let codes: BTreeSet<String> = (1..5_000).map(tax_code).collect();
        assert_eq!(codes.len(), 4_999);
        assert!(codes.iter().all(|code| FiscalCode::parse(code).is_ok()));
        let plates: BTreeSet<String> = (0..100_000).map(plate).collect();
        assert_eq!(plates.len(), 100_000);
        assert!(plates.iter().take(500).all(|p| italia::Plate::parse(p).is_ok()));
    }
}
