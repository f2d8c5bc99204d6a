//! What the database knows already, in as few bytes as possible: codes of up to sixteen ASCII characters as numbers.

use std::collections::{HashMap, HashSet};

use ::store::{Arg, FromRow, args};
use sportello_core::{Cx, Error, Statement, Tx, row};

use super::store;
use crate::fee;

/// Rows that are read at a time: a million rows at once would cost more than all that is made of them.
const PAGE: i64 = 10_000;

/// Where to read: outside any transaction for a preview, inside it for what is applied.
pub(super) enum Source<'a> {
    Cx(&'a Cx),
    Tx(&'a mut Tx),
}

impl Source<'_> {
    async fn list<T: FromRow>(&mut self, statement: Statement, args: Vec<Arg>) -> Result<Vec<T>, Error> {
        match self {
            Self::Cx(cx) => cx.list(statement, args).await,
            Self::Tx(tx) => tx.list(statement, args).await,
        }
    }
}

/// A code of at most sixteen ASCII characters as a number; other texts have none.
pub(super) fn packed(text: &str) -> Option<u128> {
    if text.len() > 16 || !text.is_ascii() {
        return None;
    }
    Some(text.bytes().fold(0, |number, byte| number << 8 | u128::from(byte)))
}

row! {
    struct FirmKeys { id: i64, tax_code: String, albo_number: String }
}

row! {
    struct FirmRow { firm_id: i64 }
}

/// Enrolment numbers with the tax code of the firm that holds each.
pub(super) async fn albo_numbers(mut source: Source<'_>) -> Result<HashMap<u128, u128>, Error> {
    let mut known = HashMap::new();
    pages(&mut source, |firm| {
        if let (Some(number), Some(code)) = (packed(&firm.albo_number), packed(&firm.tax_code)) {
            known.insert(number, code);
        }
    })
    .await?;
    Ok(known)
}

/// Whether a suspension is on record that has not ended before a day.
pub(super) async fn suspended(mut source: Source<'_>, day: &str) -> Result<bool, Error> {
    let found: Vec<FirmRow> = source.list(store::SUSPENDED, args![day]).await?;
    Ok(!found.is_empty())
}

/// Tax codes with the ids of the firms.
pub(super) async fn firms(source: &mut Source<'_>) -> Result<HashMap<u128, i64>, Error> {
    let mut known = HashMap::new();
    pages(source, |firm| {
        if let Some(code) = packed(&firm.tax_code) {
            known.insert(code, firm.id);
        }
    })
    .await?;
    Ok(known)
}

async fn pages(source: &mut Source<'_>, mut take: impl FnMut(&FirmKeys)) -> Result<(), Error> {
    let mut after = String::new();
    loop {
        let page: Vec<FirmKeys> = source.list(store::FIRM_KEYS, args![&after, PAGE]).await?;
        page.iter().for_each(&mut take);
        match page.into_iter().last() {
            Some(last) => after = last.tax_code,
            None => return Ok(()),
        }
    }
}

/// The firms that have paid the fee of a year.
pub(super) async fn paid(source: &mut Source<'_>, year: i64) -> Result<HashSet<i64>, Error> {
    let mut paid = HashSet::new();
    let mut after = 0;
    loop {
        let page: Vec<FirmRow> = source.list(store::PAID, args![fee::KIND, year, after, PAGE]).await?;
        paid.extend(page.iter().map(|row| row.firm_id));
        match page.last() {
            Some(last) => after = last.firm_id,
            None => return Ok(paid),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::packed;

    #[test]
    fn different_codes_are_different_numbers() {
        let codes = ["", "0", "00", "01199250158", "1199250158", "CCCFBA85D03L219P", "RM/0001234/A"];
        let numbers: std::collections::HashSet<_> = codes.iter().map(|code| packed(code)).collect();
        // Left zeros are characters like others, so only the empty text and NUL could be mistaken for each other.
        assert_eq!(numbers.len(), codes.len());
        assert_eq!(packed("CCCFBA85D03L219PX"), None);
        assert_eq!(packed("Però"), None);
    }
}
