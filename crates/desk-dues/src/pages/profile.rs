use askama::Template;
use sportello_core::Secret;
use sportello_core::access::Operation;
use sportello_core::accounts::sessions::{self, OwnSession};
use sportello_core::accounts::{self, Account, ChangeError, Level, MailKind};
use sportello_core::identities::{self, Link};
use web::form::{Choice, Choices, ErrorSummary, Field};
use web::identity::{CardButton, Providers};
use web::parts::{Badge, SummaryRow, Tone};
use web::shell::Shell;
use web::{Answer, Failure, Fields, Rx};

use super::fee::shell;
use super::parse;
use crate::dues;
use crate::profile::{self, ContactError};
use crate::registration::{self, BeginError};

#[derive(Template)]
#[template(path = "dues/profile.html")]
struct Overview {
    shell: Shell,
    rows: Vec<SummaryRow>,
    full: bool,
    upgrade_open: bool,
    upgrade_from: String,
    sessions: Vec<(String, String, bool)>,
    others: bool,
    warn_pec: bool,
    refuses_ordinary: bool,
    providers: Providers,
    card: CardButton,
    people: Vec<(i64, String, String)>,
}

async fn account(rx: &Rx) -> Result<Account, Failure> {
    let (account, _) = rx.firm()?;
    Ok(accounts::get(rx.cx(), account).await?)
}

pub(super) async fn overview(rx: Rx) -> Answer {
    let account = account(&rx).await?;
    let rules = &dues(rx.cx())?.registration;
    let full = account.level() == Level::Full;
    let level = if full {
        Badge::new(Tone::Success, rx.t("level-full"))
    } else {
        Badge::new(Tone::Info, rx.t("level-payment-only"))
    };
    let kind = if account.email_kind() == MailKind::Pec { "register-box-pec" } else { "register-box-ordinary" };
    let rows = vec![
        SummaryRow::new(rx.t("sign-in-code"), &account.member_code),
        SummaryRow::new(rx.t("profile-level"), rx.t(if full { "level-full-text" } else { "level-payment-only-text" }))
            .badge(level),
        SummaryRow::new(rx.t("profile-email"), &account.email).line(rx.t(kind)).change(rx.url("/profilo/email")),
        SummaryRow::new(rx.t("register-phone"), parse::phone_shown(&account.phone)).change(rx.url("/profilo/telefono")),
        SummaryRow::new(rx.t("sign-in-password"), "••••••••").change(rx.url("/password")),
    ];
    let own = sessions::own(rx.cx(), account.id).await?;
    let current = sessions::id_of(rx.cx(), rx.token()).await?;
    let line = |s: &OwnSession| {
        (
            agent(&s.agent),
            rx.tr("session-line", &[("from", rx.time(s.created_at).into()), ("seen", rx.time(s.seen_at).into())]),
            s.id == current,
        )
    };
    let person = |link: Link| {
        let since = rx.tr(
            "identity-since",
            &[("date", rx.date(sportello_core::format::civil(sportello_core::clock::instant(link.linked_at))).into())],
        );
        (link.id, link.name, since)
    };
    let mut shell = shell(&rx, rx.t("nav-profile"));
    shell.breadcrumb = rx.crumbs(&[("nav-profile", None)]);
    let template = Overview {
        shell,
        rows,
        full,
        upgrade_open: rules.upgrade_is_open(rx.cx().now()),
        upgrade_from: rx.date(rules.upgrade_from.date()),
        others: own.len() > 1,
        sessions: own.iter().map(line).collect(),
        warn_pec: account.email_kind() == MailKind::Pec,
        refuses_ordinary: account.refuses_ordinary,
        providers: Providers::to_link(&rx, "/profilo").await?,
        card: CardButton::to_link(&rx, "/profilo"),
        people: identities::linked(rx.cx()).await?.into_iter().map(person).collect(),
    };
    web::page(&rx, &template)
}

/// The browser's name out of what it calls itself: enough to recognise one's own devices.
fn agent(agent: &str) -> String {
    let browser = [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let system = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find =
        |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (find(&browser), find(&system)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "—".to_owned(),
    }
}

pub(super) async fn unlink(rx: Rx, fields: Fields) -> Answer {
    rx.firm()?;
    identities::unlink(rx.cx(), fields.get("persona").parse().unwrap_or_default(), rx.token()).await?;
    Ok(web::to_with_flash(&rx, "/profilo", Tone::Success, "identity-unlinked"))
}

pub(super) async fn end_others(rx: Rx) -> Answer {
    let account = account(&rx).await?;
    sessions::end_others(rx.cx(), account.id, rx.token()).await?;
    Ok(web::to_with_flash(&rx, "/profilo", Tone::Success, "sessions-ended"))
}

#[derive(Template)]
#[template(path = "dues/contact.html")]
struct ContactPage {
    shell: Shell,
    errors: ErrorSummary,
    heading: String,
    text: String,
    fields: Vec<Field>,
    kind: Option<Choices>,
    button: String,
}

struct Form<'a> {
    title: &'a str,
    text: String,
    button: &'a str,
    fields: Vec<Field>,
    kind: Option<Choices>,
    general: Option<String>,
}

fn form_page(rx: &Rx, form: Form<'_>) -> Answer {
    let mut shell = shell(rx, rx.t(form.title));
    shell.breadcrumb = rx.crumbs(&[("nav-profile", Some("/profilo")), (form.title, None)]);
    let mut errors = form.fields.iter().fold(ErrorSummary::new().general(form.general), ErrorSummary::check);
    if let Some(kind) = &form.kind {
        errors = errors.check(kind);
    }
    let wrong = !errors.is_empty();
    shell.has_errors = wrong;
    let template = ContactPage {
        heading: rx.t(form.title),
        text: form.text,
        shell,
        errors,
        fields: form.fields,
        kind: form.kind,
        button: rx.t(form.button),
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

fn pin_field(rx: &Rx, problem: Option<String>) -> Field {
    Field::code("pin", rx.t("pin-label")).hint(rx.t("pin-hint")).autocomplete("off").error(problem)
}

/// The sentence about a PIN that is refused.
fn pin_problem(rx: &Rx, error: ChangeError) -> Result<String, Failure> {
    match error {
        ChangeError::WrongPin { left } => Ok(rx.tr("pin-wrong", &[("left", left.into())])),
        ChangeError::Busy => Err(Failure::Busy),
        ChangeError::Ground(error) => Err(error.into()),
        _ => Ok(rx.t("pin-suspended")),
    }
}

fn phone_page(rx: &Rx, typed: &str, phone: Option<String>, pin: Option<String>) -> Answer {
    let field =
        Field::tel("telefono", rx.t("register-phone")).hint(rx.t("register-phone-hint")).value(typed).error(phone);
    form_page(
        rx,
        Form {
            title: "phone-title",
            text: rx.t("phone-text"),
            button: "phone-button",
            fields: vec![field, pin_field(rx, pin)],
            kind: None,
            general: None,
        },
    )
}

pub(super) async fn phone_form(rx: Rx) -> Answer {
    rx.level_for(Operation::ChangeContact)?;
    let account = account(&rx).await?;
    phone_page(&rx, &parse::phone_shown(&account.phone), None, None)
}

pub(super) async fn phone(rx: Rx, fields: Fields) -> Answer {
    let account = account(&rx).await?;
    let typed = fields.get("telefono");
    let phone = match parse::phone(&rx, typed) {
        Ok(phone) => phone,
        Err(problem) => return phone_page(&rx, typed, Some(problem), None),
    };
    match profile::change_phone(rx.cx(), &account, &Secret::new(fields.raw("pin")), &phone).await {
        Ok(()) => Ok(web::to_with_flash(&rx, "/profilo", Tone::Success, "phone-changed")),
        Err(ContactError::Pin(error)) => phone_page(&rx, typed, None, Some(pin_problem(&rx, error)?)),
        Err(ContactError::Ground(error)) => Err(error.into()),
        Err(_) => Err(Failure::Internal),
    }
}

fn email_page(rx: &Rx, typed: &str, kind: &str, problems: [Option<String>; 3]) -> Answer {
    let [email, box_kind, pin] = problems;
    let field = Field::email("email", rx.t("profile-email-new")).value(typed).error(email);
    let kind = Choices::new("casella", rx.t("register-box"))
        .hint(rx.t("register-box-hint"))
        .choice(Choice::new("ordinary", rx.t("register-box-ordinary")))
        .choice(Choice::new("pec", rx.t("register-box-pec")))
        .selected(kind)
        .error(box_kind);
    form_page(
        rx,
        Form {
            title: "email-title",
            text: rx.t("email-text"),
            button: "email-button",
            fields: vec![field, pin_field(rx, pin)],
            kind: Some(kind),
            general: None,
        },
    )
}

pub(super) async fn email_form(rx: Rx) -> Answer {
    rx.level_for(Operation::ChangeContact)?;
    account(&rx).await?;
    email_page(&rx, "", "", [None, None, None])
}

pub(super) async fn email(rx: Rx, fields: Fields) -> Answer {
    let account = account(&rx).await?;
    let (typed, kind) = (fields.get("email"), fields.get("casella"));
    let parsed = parse::email(&rx, typed);
    let missing = (!matches!(kind, "ordinary" | "pec")).then(|| rx.t("register-box-missing"));
    let email = match (parsed, missing) {
        (Ok(email), None) => email,
        (parsed, missing) => return email_page(&rx, typed, kind, [parsed.err(), missing, None]),
    };
    let pin = Secret::new(fields.raw("pin"));
    match profile::change_email(rx.cx(), &account, &pin, &email, MailKind::from_key(kind)).await {
        Ok(()) => Ok(web::to(&rx, "/profilo/email/conferma")),
        Err(ContactError::Same) => email_page(&rx, typed, kind, [Some(rx.t("email-same")), None, None]),
        Err(ContactError::Pin(error)) => email_page(&rx, typed, kind, [None, None, Some(pin_problem(&rx, error)?)]),
        Err(ContactError::Ground(error)) => Err(error.into()),
        Err(_) => Err(Failure::Internal),
    }
}

async fn confirm_page(rx: &Rx, account: &Account, problem: Option<String>) -> Answer {
    let Some(pending) = profile::pending(rx.cx(), account).await? else {
        return Ok(web::to_with_flash(rx, "/profilo/email", Tone::Warning, "email-no-code"));
    };
    let text = rx.tr(
        "email-confirm-text",
        &[("email", pending.email.as_str().into()), ("until", rx.time(pending.expires_at).into())],
    );
    let code = Field::code("codice", rx.t("email-code")).error(problem);
    form_page(
        rx,
        Form {
            title: "email-confirm-title",
            text,
            button: "email-confirm-button",
            fields: vec![code],
            kind: None,
            general: None,
        },
    )
}

pub(super) async fn confirm_form(rx: Rx) -> Answer {
    rx.level_for(Operation::ChangeContact)?;
    confirm_page(&rx, &account(&rx).await?, None).await
}

pub(super) async fn confirm(rx: Rx, fields: Fields) -> Answer {
    let account = account(&rx).await?;
    match profile::confirm_email(rx.cx(), &account, fields.get("codice")).await {
        Ok(()) => Ok(web::to_with_flash(&rx, "/profilo", Tone::Success, "email-changed")),
        Err(ContactError::WrongCode { left }) => {
            confirm_page(&rx, &account, Some(rx.tr("email-code-wrong", &[("left", left.into())]))).await
        }
        Err(ContactError::Ground(error)) => Err(error.into()),
        Err(_) => Ok(web::to_with_flash(&rx, "/profilo/email", Tone::Warning, "email-no-code")),
    }
}

fn upgrade_page(rx: &Rx, typed: &str, problem: Option<String>) -> Answer {
    let field = Field::email("email", rx.t("register-pec")).hint(rx.t("register-pec-hint")).value(typed).error(problem);
    form_page(
        rx,
        Form {
            title: "upgrade-title",
            text: rx.t("upgrade-text"),
            button: "upgrade-button",
            fields: vec![field],
            kind: None,
            general: None,
        },
    )
}

fn upgrade_open(rx: &Rx) -> Result<bool, Failure> {
    Ok(dues(rx.cx())?.registration.upgrade_is_open(rx.cx().now()))
}

pub(super) async fn upgrade_form(rx: Rx) -> Answer {
    rx.level_for(Operation::Upgrade)?;
    account(&rx).await?;
    if !upgrade_open(&rx)? {
        return Ok(web::to_with_flash(&rx, "/profilo", Tone::Info, "upgrade-not-open"));
    }
    upgrade_page(&rx, "", None)
}

/// A simplified profile becomes full by the certified address of the register (requirements ).
pub(super) async fn upgrade(rx: Rx, fields: Fields) -> Answer {
    let account = account(&rx).await?;
    if !upgrade_open(&rx)? {
        return Ok(web::to_with_flash(&rx, "/profilo", Tone::Info, "upgrade-not-open"));
    }
    let typed = fields.get("email");
    let email = match parse::email(&rx, typed) {
        Ok(email) => email,
        Err(problem) => return upgrade_page(&rx, typed, Some(problem)),
    };
    match registration::upgrade(rx.cx(), &account, &email).await {
        Ok(begun) => Ok(web::to(&rx, &format!("/registrazione/stato/{}", begun.token))),
        Err(BeginError::Ground(error)) => Err(error.into()),
        Err(BeginError::Busy) => Err(Failure::Busy),
        Err(_) => Err(Failure::Internal),
    }
}
