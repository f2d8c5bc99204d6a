//! What an administrator types about the register: budgets and shares.

use sportello_core::registry::{Change, Gauge, QueueLane};
use web::form::{ErrorSummary, Field};
use web::{Fields, Rx};

/// No register allows more, and a slip of the finger may well type it.
const MOST_PER_MINUTE: u32 = 6_000;
const MOST_PER_DAY: u32 = 1_000_000;
const MOST_SHARE: u32 = 1_000;

const SHARES: [(QueueLane, &str, &str); 3] = [
    (QueueLane::Person, "quota_persone", "office-register-lane-person"),
    (QueueLane::ThirdParty, "quota_committenti", "office-register-lane-third-party"),
    (QueueLane::Background, "quota_sfondo", "office-register-lane-background"),
];

/// The fields of the page.
pub(super) struct Forms {
    pub(super) budget: [Field; 2],
    pub(super) shares: [Field; 3],
}

impl Forms {
    /// The fields as things stand.
    pub(super) fn of(rx: &Rx, gauge: &Gauge) -> Self {
        let set = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
        let minute = number(rx, "al_minuto", "office-register-budget").hint(rx.t("office-register-budget-hint"));
        let day = number(rx, "al_giorno", "office-register-budget-day").hint(rx.t("office-register-budget-day-hint"));
        let shares = SHARES.map(|(lane, name, label)| {
            let share = gauge.pace.lanes.iter().find(|l| l.lane == lane).map_or(1, |l| l.share);
            number(rx, name, label).value(share.to_string())
        });
        Self {
            budget: [minute.optional().value(set(gauge.set_per_minute)), day.optional().value(set(gauge.set_per_day))],
            shares,
        }
    }

    fn all(&self) -> impl Iterator<Item = &Field> {
        self.budget.iter().chain(&self.shares)
    }

    pub(super) fn is_wrong(&self) -> bool {
        self.all().any(|field| field.error.is_some())
    }

    pub(super) fn errors(&self) -> ErrorSummary {
        self.all().fold(ErrorSummary::new(), ErrorSummary::check)
    }
}

fn number(rx: &Rx, name: &'static str, label: &str) -> Field {
    Field::text(name, rx.t(label)).inputmode("numeric").autocomplete("off").width("w-short")
}

/// Reads the two budgets.
pub(super) fn budget(rx: &Rx, gauge: &Gauge, fields: &Fields) -> Result<Change, Box<Forms>> {
    let per_minute = pace(fields.get("al_minuto"), MOST_PER_MINUTE);
    let per_day = pace(fields.get("al_giorno"), MOST_PER_DAY);
    if let (Ok(per_minute), Ok(per_day)) = (per_minute, per_day) {
        return Ok(Change::Budget { per_minute, per_day });
    }
    let mut forms = Forms::of(rx, gauge);
    let errors = [(per_minute.err(), MOST_PER_MINUTE), (per_day.err(), MOST_PER_DAY)];
    let typed = ["al_minuto", "al_giorno"].map(|name| fields.get(name));
    forms.budget = with(rx, forms.budget, typed, errors);
    Err(Box::new(forms))
}

/// Reads the three shares.
pub(super) fn shares(rx: &Rx, gauge: &Gauge, fields: &Fields) -> Result<Vec<Change>, Box<Forms>> {
    let read = SHARES.map(|(lane, name, _)| (lane, share(fields.get(name))));
    if read.iter().all(|(_, share)| share.is_ok()) {
        return Ok(read.into_iter().map(|(lane, share)| Change::Share(lane, share.ok())).collect());
    }
    let mut forms = Forms::of(rx, gauge);
    let errors = read.map(|(_, share)| (share.err(), MOST_SHARE));
    forms.shares = with(rx, forms.shares, SHARES.map(|(_, name, _)| fields.get(name)), errors);
    Err(Box::new(forms))
}

fn with<const N: usize>(
    rx: &Rx,
    fields: [Field; N],
    typed: [&str; N],
    errors: [(Option<&'static str>, u32); N],
) -> [Field; N] {
    let mut parts = typed.into_iter().zip(errors);
    fields.map(|field| match parts.next() {
        Some((typed, (error, most))) => field.value(typed).error(error.map(|key| rx.tr(key, &[("most", most.into())]))),
        None => field,
    })
}

/// The pace that was typed; empty means the configured one.
fn pace(text: &str, most: u32) -> Result<Option<u32>, &'static str> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse() {
        Ok(0) => Err("office-register-budget-zero"),
        Ok(pace) if pace <= most => Ok(Some(pace)),
        _ => Err("office-register-budget-wrong"),
    }
}

fn share(text: &str) -> Result<u32, &'static str> {
    match text.parse() {
        Ok(share) if (1..=MOST_SHARE).contains(&share) => Ok(share),
        _ => Err("office-register-budget-wrong"),
    }
}

#[cfg(test)]
mod tests {
    use super::{pace, share};

    #[test]
    fn a_pace_is_a_number_and_a_pause_is_not_a_pace() {
        let pace = |text| pace(text, 6_000);
        assert_eq!(pace(""), Ok(None));
        assert_eq!(pace("30"), Ok(Some(30)));
        assert_eq!(pace("0"), Err("office-register-budget-zero"));
        for bad in ["-1", "trenta", "6001", "1,5", "99999999999"] {
            assert_eq!(pace(bad), Err("office-register-budget-wrong"), "{bad}");
        }
    }

    #[test]
    fn a_share_is_never_nothing() {
        assert_eq!(share("70"), Ok(70));
        for bad in ["", "0", "1001", "un terzo"] {
            assert_eq!(share(bad), Err("office-register-budget-wrong"), "{bad}");
        }
    }
}
