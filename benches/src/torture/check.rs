//! The books are compared: the clients', the world's, and the database of a product that was put together afresh.

use std::collections::{BTreeMap, BTreeSet};

use ::store::{Db, args};
use italia::EmailAddress;
use sportello_core::accounts::hashing::HashPool;
use sportello_core::{Secret, row};

use super::Field;
use super::book::Pages;
use crate::site::Site;
use crate::{Failure, store};

/// So many acknowledged passwords are compared with their hashes, which takes time.
const PASSWORDS: usize = 300;

row! {
    struct AccountRow { email: String, password_hash: String, tax_code: String }
}
row! {
    struct PaymentRow { receipt_id: String, number: String, surplus: bool, notice_number: String, state: String, email: String }
}
row! {
    struct LivingRow { tax_code: String, notice_number: String }
}

/// What the comparison has found.
#[derive(Debug, Default)]
pub struct Found {
    /// Effects that were acknowledged and are not there.
    pub lost: Vec<String>,
    /// Effects that are there more than once.
    pub doubled: Vec<String>,
    /// Receipts that the product has acknowledged to the node.
    pub receipts: usize,
    /// Copies of them that were sent.
    pub copies: u64,
    /// Credentials and receipts in the firms' boxes.
    pub mails: usize,
    /// Messages that were handed over again under the same `Message-ID`.
    pub twice: usize,
}

/// Compares; `undone` is what the drain has found wrong.
pub async fn compare(field: &Field, undone: Vec<String>) -> Result<Found, Failure> {
    let app = field.site.app().await?;
    let cx = Site::cx(&app)?;
    let accounts: Vec<AccountRow> = cx.list(store::ACCOUNTS, args![]).await?;
    let payments: Vec<PaymentRow> = cx.list(store::STORED, args![]).await?;
    let living: Vec<LivingRow> = cx.list(store::LIVING, args![]).await?;
    let pages = field.book.read();
    let mut found = Found { lost: undone, ..Found::default() };
    found.lost.extend(pages.contradictions.iter().cloned());
    whole(field, &mut found).await?;
    check_accounts(field, &accounts, &pages, &mut found)?;
    check_passwords(&accounts, &pages, app.hashing(), &mut found).await?;
    check_charges(&living, &pages, &mut found);
    check_payments(field, &payments, &pages, &mut found)?;
    found.twice = transmitted_again(field);
    app.close().await;
    Ok(found)
}

/// The engine says that its file is whole.
async fn whole(field: &Field, found: &mut Found) -> Result<(), Failure> {
    let db = Db::open(&format!("sqlite:{}", field.site.database().display()), 1).await?;
    let said: String = db.fetch_one(store::INTEGRITY, args![]).await?.get("integrity_check")?;
    db.close().await;
    if said != "ok" {
        found.lost.push(format!("the database is not whole: {said}"));
    }
    Ok(())
}

/// Every acknowledged registration has its account, and every account that was registered has one message.
fn check_accounts(field: &Field, accounts: &[AccountRow], pages: &Pages, found: &mut Found) -> Result<(), Failure> {
    let by_firm: BTreeMap<&str, &AccountRow> = accounts.iter().map(|a| (a.tax_code.as_str(), a)).collect();
    if by_firm.len() != accounts.len() {
        found.doubled.push(format!("{} accounts for {} firms", accounts.len(), by_firm.len()));
    }
    for code in &pages.registered {
        let Some(account) = by_firm.get(code.as_str()) else {
            found.lost.push(format!("the account of firm {code}"));
            continue;
        };
        let messages = count(field, &account.email, |_, text| text.contains("Password temporanea:"))?;
        found.mails += messages;
        once(found, messages, || format!("the credentials of firm {code}"));
    }
    Ok(())
}

async fn check_passwords(
    accounts: &[AccountRow],
    pages: &Pages,
    pool: &HashPool,
    found: &mut Found,
) -> Result<(), Failure> {
    let by_firm: BTreeMap<&str, &AccountRow> = accounts.iter().map(|a| (a.tax_code.as_str(), a)).collect();
    for (code, password) in pages.passwords.iter().take(PASSWORDS) {
        let hash = by_firm.get(code.as_str()).map(|account| account.password_hash.as_str());
        if !pool.verify(&Secret::new(password.as_str()), hash).await? {
            found.lost.push(format!("the password of firm {code}"));
        }
    }
    Ok(())
}

/// A notice that was shown stays the firm's notice.
fn check_charges(living: &[LivingRow], pages: &Pages, found: &mut Found) {
    let by_firm: BTreeMap<&str, &str> =
        living.iter().map(|l| (l.tax_code.as_str(), l.notice_number.as_str())).collect();
    if by_firm.len() != living.len() {
        found.doubled.push(format!("{} living charges for {} firms", living.len(), by_firm.len()));
    }
    for (code, notice) in &pages.shown {
        if by_firm.get(code.as_str()) != Some(&notice.as_str()) {
            found.lost.push(format!("the charge {notice} of firm {code}"));
        }
    }
}

/// Every acknowledged receipt is stored once under one number without gaps, no charge is paid twice, every payment of the
/// node is settled, and each payer has one message with the receipt.
fn check_payments(field: &Field, stored: &[PaymentRow], pages: &Pages, found: &mut Found) -> Result<(), Failure> {
    let node = field.site.world.node().payments();
    let by_receipt: BTreeMap<&str, &PaymentRow> = stored.iter().map(|p| (p.receipt_id.as_str(), p)).collect();
    let numbers: BTreeSet<&str> = stored.iter().map(|p| p.number.as_str()).collect();
    let notices: BTreeSet<&str> = stored.iter().map(|p| p.notice_number.as_str()).collect();
    for (what, distinct) in
        [("receipts", by_receipt.len()), ("numbers", numbers.len()), ("paid charges", notices.len())]
    {
        if distinct != stored.len() {
            found.doubled.push(format!("{} payments and {distinct} {what}", stored.len()));
        }
    }
    if !without_gaps(&numbers) {
        found.lost.push("a receipt number was given out and is not there".to_owned());
    }
    for record in &node {
        found.copies += u64::from(record.sent);
        found.receipts += usize::from(record.acknowledged > 0);
        match by_receipt.get(record.receipt_id.as_str()) {
            None => found.lost.push(format!("the receipt {}", record.receipt_id)),
            Some(row) if row.state != "paid" => found.lost.push(format!("the payment of notice {}", row.notice_number)),
            Some(row) if row.surplus => found.doubled.push(format!("the payment of notice {}", row.notice_number)),
            Some(_) => {}
        }
    }
    if stored.len() > node.len() {
        found.doubled.push(format!("{} payments are stored, the node made {}", stored.len(), node.len()));
    }
    for receipt in pages.receipts.iter().filter(|receipt| !by_receipt.contains_key(receipt.as_str())) {
        found.lost.push(format!("the receipt {receipt} that was acknowledged to a client"));
    }
    for payment in stored.iter().filter(|payment| !payment.email.is_empty()) {
        let messages = count(field, &payment.email, |subject, _| subject.ends_with(&payment.number))?;
        found.mails += messages;
        once(found, messages, || format!("the message with receipt {}", payment.number));
    }
    Ok(())
}

fn once(found: &mut Found, count: usize, what: impl FnOnce() -> String) {
    match count {
        0 => found.lost.push(what()),
        1 => {}
        _ => found.doubled.push(format!("{} ({count} times)", what())),
    }
}

/// Receipt numbers count up from one.
fn without_gaps(numbers: &BTreeSet<&str>) -> bool {
    let last = numbers.iter().filter_map(|number| number.rsplit('/').next()?.parse::<usize>().ok()).max();
    last.unwrap_or(0) == numbers.len()
}

/// Messages in a box of which subject and text are so.
fn count(field: &Field, address: &str, wanted: impl Fn(&str, &str) -> bool) -> Result<usize, Failure> {
    let messages = field.site.world.mail().messages(&EmailAddress::parse(address)?);
    Ok(messages.iter().filter(|message| wanted(&message.subject, &message.text)).count())
}

/// Transmissions beyond the first under the same `Message-ID` to the same box.
fn transmitted_again(field: &Field) -> usize {
    let mut seen = BTreeSet::new();
    let sent = field.site.world.mail().delivered_ids();
    let known = sent.into_iter().filter_map(|one| Some((one.message_id?, one.to.as_str().to_owned())));
    known.filter(|one| !seen.insert(one.clone())).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_in_the_numbers_is_seen() {
        assert!(without_gaps(&BTreeSet::from(["2026/000001", "2026/000002"])));
        assert!(!without_gaps(&BTreeSet::from(["2026/000001", "2026/000003"])));
        assert!(without_gaps(&BTreeSet::new()));
    }

    #[test]
    fn none_is_lost_and_two_are_doubled() {
        let mut found = Found::default();
        for count in 0..3 {
            once(&mut found, count, || "it".to_owned());
        }
        assert_eq!((found.lost, found.doubled), (vec!["it".to_owned()], vec!["it (2 times)".to_owned()]));
    }
}
