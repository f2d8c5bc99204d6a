//! The facts about firms, gathered from the record.

use italia::FiscalCode;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sportello_core::charges;
use sportello_core::clock::instant;
use sportello_core::payments::{self, Standing};
use sportello_core::people::{self, Firm};
use sportello_core::registry::OnFile;
use sportello_core::{Cx, Error, format};
use store::args;

use super::answer::{AddressFact, AddressState, Answer, Named, Registration, Suspension};
use super::judge::{OnRoll, Paid, YearFact, judge};
use super::store as sql;
use crate::fee::{self, KIND};
use crate::fleet;
use crate::rules::FeeYear;

/// A browser that came back proves nothing, and after this long it says nothing either.
const ON_ITS_WAY: SignedDuration = SignedDuration::from_hours(72);

/// What is the same for all firms: read once for many questions.
#[derive(Debug)]
pub(super) struct Calendar {
    /// The years that have opened and are kept here, newest first, with their last days.
    years: Vec<(FeeYear, Date)>,
    roll_at: Option<Timestamp>,
}

impl Calendar {
    pub(super) async fn read(cx: &Cx) -> Result<Self, Error> {
        let dues = crate::dues(cx)?;
        let mut opened: Vec<&FeeYear> = dues.years.iter().filter(|y| y.has_opened(cx.now())).collect();
        opened.sort_by_key(|y| std::cmp::Reverse((y.opens, y.year)));
        let mut years = Vec::new();
        for year in opened {
            // A year without fleets was never computed here: others keep its payments, and we say nothing about it.
            if years.len() < 2 && fleet::known(cx, year.year).await? {
                let due = fee::deadline(cx, year.year).await.map_or(year.due, |deadline| deadline.due);
                years.push((year.clone(), due));
            }
        }
        let roll = cx.count(sql::ROLL_AT, args![]).await?;
        Ok(Self { years, roll_at: (roll > 0).then(|| instant(roll)) })
    }
}

/// What the record says about a firm now. What the business register says is given.
pub(super) async fn gather(
    cx: &Cx,
    calendar: &Calendar,
    code: &FiscalCode,
    certified_address: AddressFact,
) -> Result<Answer, Error> {
    let firm = people::by_tax_code(cx, code).await?;
    let on_roll = firm.as_ref().map(on_roll).transpose()?;
    let years = match &firm {
        Some(firm) => years(cx, calendar, firm).await?,
        None => Vec::new(),
    };
    let (verdict, reasons, fees) = judge(on_roll, &years, cx.today());
    let registered =
        on_roll.is_some_and(|r| r.enrolled_on <= cx.today() && r.removed_on.is_none_or(|removed| removed > cx.today()));
    Ok(Answer {
        verdict,
        reasons,
        tax_code: code.as_str().to_owned(),
        firm: firm.map(|firm| Named { name: firm.name, albo_number: firm.albo_number }),
        registration: Registration {
            registered,
            since: on_roll.map(|r| r.enrolled_on),
            until: on_roll.and_then(|r| r.removed_on),
            suspended: on_roll.filter(|_| registered).and_then(|r| r.suspended(cx.today())),
            source: cx.tenant.name.it.clone(),
            as_of: calendar.roll_at,
        },
        fees,
        certified_address,
        at: cx.now(),
    })
}

/// What the roll says about a firm.
///
/// # Errors
/// [`Error::Inconsistent`] for a stored date that is none.
pub fn on_roll(firm: &Firm) -> Result<OnRoll, Error> {
    let date = |column: &'static str, text: &str| {
        let bad = |_| Error::Inconsistent { table: "firms", column, row: firm.id.0, value: text.to_owned() };
        text.parse::<Date>().map_err(bad)
    };
    let perhaps = |column: &'static str, text: &Option<String>| text.as_deref().map(|t| date(column, t)).transpose();
    let until = perhaps("suspended_until", &firm.suspended_until)?;
    Ok(OnRoll {
        enrolled_on: date("enrolled_on", &firm.enrolled_on)?,
        removed_on: perhaps("removed_on", &firm.removed_on)?,
        suspended: perhaps("suspended_from", &firm.suspended_from)?.map(|from| Suspension { from, until }),
    })
}

async fn years(cx: &Cx, calendar: &Calendar, firm: &Firm) -> Result<Vec<YearFact>, Error> {
    let mut facts = Vec::with_capacity(calendar.years.len());
    for (year, due) in &calendar.years {
        let paid = match charges::living(cx, firm.id, KIND, year.year).await? {
            Some(charge) => paid(cx, payments::standing(cx, &charge).await?),
            None => Paid::No,
        };
        facts.push(YearFact { year: year.year, due: *due, owed: fee::owes(firm, year), paid, act: year.citation() });
    }
    Ok(facts)
}

fn paid(cx: &Cx, standing: Standing) -> Paid {
    match standing {
        Standing::Paid(payment) => Paid::On(format::civil(instant(payment.paid_at))),
        Standing::ReceiptOnItsWay { since } if cx.now().duration_since(instant(since)) < ON_ITS_WAY => Paid::OnItsWay,
        _ => Paid::No,
    }
}

/// What is said when the register has answered.
pub(super) fn answered(on_file: OnFile) -> AddressFact {
    let state = if on_file.has_address { AddressState::OnFile } else { AddressState::NotOnFile };
    AddressFact { state, answered_at: Some(on_file.at), asked_at: None }
}

/// What is said when the register has not answered since an instant.
pub(super) fn not_answered(since: Timestamp) -> AddressFact {
    AddressFact { state: AddressState::NotAnswered, answered_at: None, asked_at: Some(since) }
}

/// What is said when the register was not asked.
pub(super) fn not_asked() -> AddressFact {
    AddressFact { state: AddressState::NotAsked, answered_at: None, asked_at: None }
}
