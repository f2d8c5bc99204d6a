//! New credentials for a firm, once the operator has compared the asker with the record (requirements A-35..40).

use askama::Template;
use sportello_core::access::Operation;
use sportello_core::accounts::{self, Account};
use sportello_core::people::{self, Firm, FirmId};
use web::form::{Checkbox, ErrorSummary, Field};
use web::parts::{SummaryRow, Tone};
use web::shell::Shell;
use web::{Answer, Failure, Fields, Rx};

use super::frame::{Id, Section, allow, inner};
use crate::help::{self, ResetError};
use crate::pages::parse;

/// A reason longer than this is a letter.
const LONGEST_REASON: u32 = 500;

#[derive(Template)]
#[template(path = "office/reset.html")]
struct Reset {
    shell: Shell,
    errors: ErrorSummary,
    firm: String,
    record: Vec<SummaryRow>,
    to: String,
    reason: Field,
    checked: Checkbox,
    back: String,
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) reason: String,
    pub(super) checked: bool,
    pub(super) reason_error: Option<String>,
    pub(super) checked_error: Option<String>,
    pub(super) general: Option<String>,
}

impl Draft {
    /// What was typed; the tick is missed here, the reason by the operation.
    pub(super) fn of(rx: &Rx, fields: &Fields) -> Self {
        let checked = fields.ticked("verificato");
        let reason: String = fields.get("motivo").chars().take(LONGEST_REASON as usize).collect();
        let reason_error = reason.is_empty().then(|| rx.t("office-reset-no-reason"));
        let checked_error = (!checked).then(|| rx.t("office-reset-not-checked"));
        Self { reason, checked, reason_error, checked_error, general: None }
    }

    /// Whether it may be submitted.
    pub(super) fn is_good(&self) -> bool {
        self.reason_error.is_none() && self.checked_error.is_none()
    }

    /// Takes in why the operation refused.
    pub(super) fn refused(mut self, rx: &Rx, error: ResetError) -> Result<Self, Failure> {
        match error {
            ResetError::NoReason => self.reason_error = Some(rx.t("office-reset-no-reason")),
            ResetError::NoAccount => self.general = Some(rx.t("office-reset-no-account")),
            ResetError::Decided => self.general = Some(rx.t("office-request-decided")),
            ResetError::Busy => return Err(Failure::Busy),
            ResetError::Ground(error) => return Err(error.into()),
        }
        Ok(self)
    }

    /// The two controls.
    pub(super) fn controls(&self, rx: &Rx) -> (Field, Checkbox) {
        let reason = Field::textarea("motivo", rx.t("office-reset-reason"))
            .hint(rx.t("office-reset-reason-hint"))
            .rows(3)
            .maxlength(LONGEST_REASON)
            .value(&self.reason)
            .error(self.reason_error.clone());
        let checked = Checkbox::new("verificato", rx.t("office-reset-checked"))
            .hint(rx.t("office-reset-checked-hint"))
            .checked(self.checked)
            .error(self.checked_error.clone());
        (reason, checked)
    }
}

fn render(rx: &Rx, firm: &Firm, account: &Account, draft: &Draft) -> Answer {
    let (reason, checked) = draft.controls(rx);
    let errors = ErrorSummary::new().general(draft.general.clone()).check(&reason).check(&checked);
    let wrong = !errors.is_empty();
    let back = format!("/ufficio/imprese/{}", firm.id);
    let mut shell = inner(rx, Section::Firms, &rx.t("office-reset-title"), &[(firm.name.as_str(), back.clone())]);
    shell.has_errors = wrong;
    let record = vec![
        SummaryRow::new(rx.t("office-member-code"), &account.member_code),
        SummaryRow::new(rx.t("office-albo-number"), &firm.albo_number),
        SummaryRow::new(rx.t("office-phone"), parse::phone_shown(&account.phone)),
    ];
    let template = Reset {
        shell,
        errors,
        firm: firm.name.clone(),
        record,
        to: account.email.clone(),
        reason,
        checked,
        back: rx.url(&back),
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

async fn found(rx: &Rx, id: FirmId) -> Result<(Firm, Account), Failure> {
    allow(rx, Operation::ResetPassword)?;
    let firm = people::get(rx.cx(), id).await?;
    let account = accounts::of_firm(rx.cx(), id).await?.ok_or(Failure::NotFound)?;
    Ok((firm, account))
}

pub(super) async fn form(rx: Rx, Id(id): Id<FirmId>) -> Answer {
    let (firm, account) = found(&rx, id).await?;
    render(&rx, &firm, &account, &Draft::default())
}

pub(super) async fn submit(rx: Rx, Id(id): Id<FirmId>, fields: Fields) -> Answer {
    let (firm, account) = found(&rx, id).await?;
    let draft = Draft::of(&rx, &fields);
    if !draft.is_good() {
        return render(&rx, &firm, &account, &draft);
    }
    match help::reset(rx.cx(), id, &draft.reason, None).await {
        Ok(()) => Ok(web::to_with_flash(&rx, &format!("/ufficio/imprese/{id}"), Tone::Success, "office-reset-done")),
        Err(error) => render(&rx, &firm, &account, &draft.refused(&rx, error)?),
    }
}
