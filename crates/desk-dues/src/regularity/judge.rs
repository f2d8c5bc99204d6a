//! The judgement: a pure function of the roll, the payments and the calendar.

use jiff::civil::Date;

use super::answer::{FeeFact, FeeState, Reason, Suspension, Verdict};

/// A firm on the roll.
#[derive(Clone, Copy, Debug)]
pub struct OnRoll {
    /// From which day on.
    pub enrolled_on: Date,
    /// The day on which it left.
    pub removed_on: Option<Date>,
    /// When it was last suspended, or is going to be.
    pub suspended: Option<Suspension>,
}

impl OnRoll {
    /// The suspension that holds on a day.
    pub fn suspended(&self, day: Date) -> Option<Suspension> {
        self.suspended.filter(|s| s.from <= day && s.until.is_none_or(|until| day <= until))
    }
}

/// How far the payment of a year's fee has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paid {
    /// Nothing is known of a payment.
    No,
    /// A payer came back from paying, and the receipt is not here yet.
    OnItsWay,
    /// The receipt is here; the day of the payment.
    On(Date),
}

/// What is known of a firm and a year.
#[derive(Clone, Debug)]
pub struct YearFact {
    /// The year.
    pub year: i64,
    /// The last day, with its extensions.
    pub due: Date,
    /// Whether the firm was on the roll on the day that counts.
    pub owed: bool,
    /// The payment.
    pub paid: Paid,
    /// The act.
    pub act: String,
}

/// Judges a firm. `years` are those that have opened and are kept here, newest first: the newest counts, and while it may
/// still be paid, the one before it counts too.
pub fn judge(firm: Option<OnRoll>, years: &[YearFact], today: Date) -> (Verdict, Vec<Reason>, Vec<FeeFact>) {
    let Some(firm) = firm else { return (Verdict::NotRegular, vec![Reason::NotRegistered], vec![]) };
    if firm.removed_on.is_some_and(|removed| removed <= today) {
        return (Verdict::NotRegular, vec![Reason::Removed], vec![]);
    }
    if firm.enrolled_on > today {
        return (Verdict::NotRegular, vec![Reason::NotYetRegistered], vec![]);
    }
    let fees = counting(years, today);
    let has = |state: FeeState, overdue: bool| fees.iter().any(|f| f.state == state && (!overdue || f.due < today));
    let suspended = firm.suspended(today).map(|_| Reason::Suspended);
    let unpaid = has(FeeState::Unpaid, false).then_some(Reason::FeeUnpaid);
    let against: Vec<Reason> = [suspended, unpaid].into_iter().flatten().collect();
    let (verdict, reasons) = if !against.is_empty() {
        (Verdict::NotRegular, against)
    } else if has(FeeState::ReceiptOnItsWay, true) {
        (Verdict::Undetermined, vec![Reason::ReceiptOnItsWay])
    } else {
        (Verdict::Regular, vec![])
    };
    (verdict, reasons, fees)
}

fn counting(years: &[YearFact], today: Date) -> Vec<FeeFact> {
    let mut fees = Vec::new();
    for year in years.iter().take(2) {
        fees.push(fact(year, today));
        if year.due < today {
            break;
        }
    }
    fees
}

fn fact(year: &YearFact, today: Date) -> FeeFact {
    let state = match (year.paid, year.owed) {
        // What was paid counts, whether it was owed or not.
        (Paid::On(_), _) => FeeState::Paid,
        (_, false) => FeeState::NotOwed,
        (Paid::OnItsWay, true) => FeeState::ReceiptOnItsWay,
        (Paid::No, true) if year.due < today => FeeState::Unpaid,
        (Paid::No, true) => FeeState::NotYetDue,
    };
    let paid_on = match year.paid {
        Paid::On(day) => Some(day),
        _ => None,
    };
    FeeFact { year: year.year, state, due: year.due, paid_on, source: year.act.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2017-03-15";

    /// Its name, the firm, the years; the verdict, the reasons, and the states of the fees.
    type Case = (&'static str, Option<OnRoll>, Vec<YearFact>, Verdict, Vec<Reason>, Vec<FeeState>);

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn firm(enrolled: &str, removed: Option<&str>) -> Option<OnRoll> {
        Some(OnRoll { enrolled_on: date(enrolled), removed_on: removed.map(date), suspended: None })
    }

    fn suspended(from: &str, until: Option<&str>) -> Option<OnRoll> {
        let suspended = Some(Suspension { from: date(from), until: until.map(date) });
        firm("2004-06-23", None).map(|firm| OnRoll { suspended, ..firm })
    }

    fn year(year: i64, due: &str, owed: bool, paid: Paid) -> YearFact {
        YearFact { year, due: date(due), owed, paid, act: format!("act of {year}") }
    }

    #[test]
    fn the_table_of_cases() {
        use FeeState::{NotOwed, NotYetDue, Paid as IsPaid, ReceiptOnItsWay as OnWay, Unpaid};
        use Verdict::{NotRegular, Regular, Undetermined};
        let old = || firm("2004-06-23", None);
        let paid = Paid::On(date("2017-02-20"));
        let late = |paid| year(2017, "2017-02-28", true, paid);
        let open = |paid| year(2018, "2017-12-31", true, paid);
        let cases: Vec<Case> = vec![
            ("unknown", None, vec![late(paid)], NotRegular, vec![Reason::NotRegistered], vec![]),
            (
                "left",
                firm("2004-06-23", Some("2017-03-01")),
                vec![late(paid)],
                NotRegular,
                vec![Reason::Removed],
                vec![],
            ),
            ("leaves today", firm("2004-06-23", Some(TODAY)), vec![], NotRegular, vec![Reason::Removed], vec![]),
            (
                "leaves tomorrow",
                firm("2004-06-23", Some("2017-03-16")),
                vec![late(paid)],
                Regular,
                vec![],
                vec![IsPaid],
            ),
            ("comes tomorrow", firm("2017-03-16", None), vec![], NotRegular, vec![Reason::NotYetRegistered], vec![]),
            (
                "came today, owes nothing",
                firm(TODAY, None),
                vec![year(2017, "2017-02-28", false, Paid::No)],
                Regular,
                vec![],
                vec![NotOwed],
            ),
            ("paid", old(), vec![late(paid)], Regular, vec![], vec![IsPaid]),
            ("paid late", old(), vec![late(Paid::On(date("2017-03-10")))], Regular, vec![], vec![IsPaid]),
            ("overdue", old(), vec![late(Paid::No)], NotRegular, vec![Reason::FeeUnpaid], vec![Unpaid]),
            ("the last day", old(), vec![year(2017, TODAY, true, Paid::No)], Regular, vec![], vec![NotYetDue]),
            (
                "the day after",
                old(),
                vec![year(2017, "2017-03-14", true, Paid::No)],
                NotRegular,
                vec![Reason::FeeUnpaid],
                vec![Unpaid],
            ),
            ("extended", old(), vec![year(2017, "2017-03-31", true, Paid::No)], Regular, vec![], vec![NotYetDue]),
            (
                "receipt on its way",
                old(),
                vec![late(Paid::OnItsWay)],
                Undetermined,
                vec![Reason::ReceiptOnItsWay],
                vec![OnWay],
            ),
            ("on its way in time", old(), vec![open(Paid::OnItsWay)], Regular, vec![], vec![OnWay]),
            (
                "new year open, old one paid",
                old(),
                vec![open(Paid::No), late(paid)],
                Regular,
                vec![],
                vec![NotYetDue, IsPaid],
            ),
            (
                "new year open, old one overdue",
                old(),
                vec![open(Paid::No), late(Paid::No)],
                NotRegular,
                vec![Reason::FeeUnpaid],
                vec![NotYetDue, Unpaid],
            ),
            (
                "new year paid, old one overdue",
                old(),
                vec![open(paid), late(Paid::No)],
                NotRegular,
                vec![Reason::FeeUnpaid],
                vec![IsPaid, Unpaid],
            ),
            (
                "only the last overdue year counts",
                old(),
                vec![late(paid), year(2016, "2016-02-28", true, Paid::No)],
                Regular,
                vec![],
                vec![IsPaid],
            ),
            (
                "suspended, and paid",
                suspended("2017-03-01", None),
                vec![late(paid)],
                NotRegular,
                vec![Reason::Suspended],
                vec![IsPaid],
            ),
            (
                "the last day of a suspension, and overdue",
                suspended("2017-03-01", Some(TODAY)),
                vec![late(Paid::No)],
                NotRegular,
                vec![Reason::Suspended, Reason::FeeUnpaid],
                vec![Unpaid],
            ),
            ("suspended no more", suspended("2017-03-01", Some("2017-03-14")), vec![], Regular, vec![], vec![]),
            ("suspended from tomorrow", suspended("2017-03-16", None), vec![], Regular, vec![], vec![]),
            ("no year is kept here", old(), vec![], Regular, vec![], vec![]),
        ];
        for (name, firm, years, verdict, reasons, states) in cases {
            let judged = judge(firm, &years, date(TODAY));
            let found: Vec<FeeState> = judged.2.iter().map(|f| f.state).collect();
            assert_eq!((judged.0, judged.1, found), (verdict, reasons, states), "{name}");
        }
    }

    #[test]
    fn a_fact_has_its_date_and_source() {
        let (_, _, fees) = judge(
            firm("2004-06-23", None),
            &[year(2017, "2017-02-28", true, Paid::On(date("2017-02-20")))],
            date(TODAY),
        );
        assert_eq!(
            (fees[0].due, fees[0].paid_on, fees[0].source.as_str()),
            (date("2017-02-28"), Some(date("2017-02-20")), "act of 2017")
        );
    }
}
