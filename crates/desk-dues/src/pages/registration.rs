use askama::Template;
use axum::response::Response;
use italia::{AlboNumber, EmailAddress, FiscalCode, PhoneNumber};
use sportello_core::accounts::MailKind;
use web::form::{Choice, Choices, ErrorSummary, Field};
use web::parts::{Steps, SummaryRow};
use web::shell::Shell;
use web::{Answer, Failure, Fields, Rx};

use super::parse;
use crate::dues;
use crate::registration::{self, Begin, BeginError, Kind};

const STEPS: [&str; 3] = ["register-step-way", "register-step-data", "register-step-check"];

#[derive(Template)]
#[template(path = "dues/register-choose.html")]
struct Choose {
    shell: Shell,
    steps: Steps,
    errors: ErrorSummary,
    way: Choices,
    simplified_open: bool,
    simplified_from: String,
}

fn shell(rx: &Rx) -> Shell {
    let mut shell = rx.shell(rx.t("register-title"));
    shell.breadcrumb = rx.crumbs(&[("register-title", None)]);
    shell
}

fn steps(rx: &Rx, current: usize) -> Steps {
    let labels: Vec<String> = STEPS.iter().map(|key| rx.t(key)).collect();
    Steps::new(labels.iter().map(String::as_str), current)
}

pub(super) async fn choose(rx: Rx) -> Answer {
    choose_page(&rx, None)
}

fn choose_page(rx: &Rx, error: Option<String>) -> Answer {
    let rules = &dues(rx.cx())?.registration;
    let open = rules.simplified_is_open(rx.cx().now());
    let mut way = Choices::new("modo", rx.t("register-way"))
        .choice(Choice::new("pec", rx.t("register-way-pec")).hint(rx.t("register-way-pec-hint")))
        .cards()
        .error(error.clone());
    if open {
        way = way.choice(
            Choice::new("semplificata", rx.t("register-way-simplified")).hint(rx.t("register-way-simplified-hint")),
        );
    }
    let mut shell = shell(rx);
    shell.has_errors = error.is_some();
    let errors = ErrorSummary::new().check(&way);
    let simplified_from = rx.date(rules.simplified_from.date());
    let template = Choose { shell, steps: steps(rx, 0), errors, way, simplified_open: open, simplified_from };
    if error.is_some() { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn chosen(rx: Rx, fields: Fields) -> Answer {
    match fields.get("modo") {
        "pec" => Ok(web::to(&rx, "/registrazione/dati?modo=pec")),
        "semplificata" => Ok(web::to(&rx, "/registrazione/dati?modo=semplificata")),
        _ => choose_page(&rx, Some(rx.t("register-way-missing"))),
    }
}

/// What was typed, and what is wrong with it.
struct Draft<'a> {
    kind: Kind,
    tax_code: &'a str,
    albo: &'a str,
    email: &'a str,
    box_kind: &'a str,
    phone: &'a str,
}

#[derive(Default)]
struct Problems {
    tax_code: Option<String>,
    albo: Option<String>,
    email: Option<String>,
    box_kind: Option<String>,
    phone: Option<String>,
    general: Option<String>,
}

/// What was typed, parsed.
struct Typed {
    tax_code: FiscalCode,
    albo: AlboNumber,
    email: EmailAddress,
    email_kind: MailKind,
    phone: PhoneNumber,
}

#[derive(Template)]
#[template(path = "dues/register-data.html")]
struct Data {
    shell: Shell,
    steps: Steps,
    errors: ErrorSummary,
    mode: &'static str,
    simplified: bool,
    tax_code: Field,
    albo: Field,
    email: Field,
    box_kind: Choices,
    phone: Field,
}

#[derive(Template)]
#[template(path = "dues/register-check.html")]
struct Check {
    shell: Shell,
    steps: Steps,
    rows: Vec<SummaryRow>,
    hidden: Vec<(&'static str, String)>,
    back: String,
}

fn mode(kind: Kind) -> &'static str {
    if kind == Kind::Simplified { "semplificata" } else { "pec" }
}

fn draft(fields: &Fields) -> Draft<'_> {
    Draft {
        kind: if fields.get("modo") == "semplificata" { Kind::Simplified } else { Kind::Pec },
        tax_code: fields.get("codice_fiscale"),
        albo: fields.get("numero_albo"),
        email: fields.get("email"),
        box_kind: fields.get("casella"),
        phone: fields.get("telefono"),
    }
}

fn data_page(rx: &Rx, draft: &Draft<'_>, problems: Problems) -> Answer {
    let simplified = draft.kind == Kind::Simplified;
    let label = if simplified { "register-email" } else { "register-pec" };
    let hint = if simplified { "register-email-hint" } else { "register-pec-hint" };
    let tax_code = Field::text("codice_fiscale", rx.t("register-tax-code"))
        .hint(rx.t("register-tax-code-hint"))
        .value(draft.tax_code)
        .error(problems.tax_code)
        .width("w-medium");
    let albo = Field::text("numero_albo", rx.t("register-albo"))
        .hint(rx.t("register-albo-hint"))
        .value(draft.albo)
        .error(problems.albo)
        .width("w-medium");
    let email = Field::email("email", rx.t(label)).hint(rx.t(hint)).value(draft.email).error(problems.email);
    let box_kind = Choices::new("casella", rx.t("register-box"))
        .hint(rx.t("register-box-hint"))
        .choice(Choice::new("ordinary", rx.t("register-box-ordinary")))
        .choice(Choice::new("pec", rx.t("register-box-pec")))
        .selected(draft.box_kind)
        .error(problems.box_kind);
    let phone = Field::tel("telefono", rx.t("register-phone"))
        .hint(rx.t("register-phone-hint"))
        .value(draft.phone)
        .error(problems.phone);
    let mut errors = ErrorSummary::new().general(problems.general).check(&tax_code).check(&albo).check(&email);
    if simplified {
        errors = errors.check(&box_kind);
    }
    errors = errors.check(&phone);
    let wrong = !errors.is_empty();
    let mut shell = shell(rx);
    shell.has_errors = wrong;
    let template = Data {
        shell,
        steps: steps(rx, 1),
        errors,
        mode: mode(draft.kind),
        simplified,
        tax_code,
        albo,
        email,
        box_kind,
        phone,
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn form(rx: Rx) -> Answer {
    let query = rx.query();
    data_page(&rx, &draft(&query), Problems::default())
}

fn typed(rx: &Rx, draft: &Draft<'_>) -> Result<Typed, Box<Problems>> {
    let tax_code = parse::tax_code(rx, draft.tax_code);
    let albo = parse::albo_number(rx, draft.albo);
    let email = parse::email(rx, draft.email);
    let phone = parse::phone(rx, draft.phone);
    let email_kind = match (draft.kind, draft.box_kind) {
        (Kind::Simplified, "ordinary") => Ok(MailKind::Ordinary),
        (Kind::Simplified, "pec") => Ok(MailKind::Pec),
        (Kind::Simplified, _) => Err(rx.t("register-box-missing")),
        _ => Ok(MailKind::Pec),
    };
    match (tax_code, albo, email, email_kind, phone) {
        (Ok(tax_code), Ok(albo), Ok(email), Ok(email_kind), Ok(phone)) => {
            Ok(Typed { tax_code, albo, email, email_kind, phone })
        }
        (tax_code, albo, email, email_kind, phone) => Err(Box::new(Problems {
            tax_code: tax_code.err(),
            albo: albo.err(),
            email: email.err(),
            box_kind: email_kind.err(),
            phone: phone.err(),
            general: None,
        })),
    }
}

/// Shows on one page what was understood, before it is sent.
pub(super) async fn check(rx: Rx, fields: Fields) -> Answer {
    let draft = draft(&fields);
    let typed = match typed(&rx, &draft) {
        Ok(typed) => typed,
        Err(problems) => return data_page(&rx, &draft, *problems),
    };
    let firm = match registration::firm(rx.cx(), &typed.tax_code, &typed.albo).await {
        Ok(firm) => firm,
        Err(error) => return refused(&rx, &draft, error),
    };
    let way = if draft.kind == Kind::Simplified { "register-way-simplified" } else { "register-way-pec" };
    let box_kind = if typed.email_kind == MailKind::Pec { "register-box-pec" } else { "register-box-ordinary" };
    let hidden = vec![
        ("modo", mode(draft.kind).to_owned()),
        ("codice_fiscale", typed.tax_code.as_str().to_owned()),
        ("numero_albo", typed.albo.to_string()),
        ("email", typed.email.as_str().to_owned()),
        ("casella", typed.email_kind.key().to_owned()),
        ("telefono", typed.phone.as_str().to_owned()),
    ];
    let mut back = web_query(&hidden);
    back.insert_str(0, &rx.url("/registrazione/dati?"));
    let rows = vec![
        SummaryRow::new(rx.t("register-step-way"), rx.t(way)).change(rx.url("/registrazione")),
        SummaryRow::new(rx.t("register-firm"), &firm.name).line(&firm.address),
        SummaryRow::new(rx.t("register-tax-code"), typed.tax_code.as_str()).change(&back),
        SummaryRow::new(rx.t("register-albo"), typed.albo.to_string()).change(&back),
        SummaryRow::new(rx.t("register-address"), typed.email.as_str()).line(rx.t(box_kind)).change(&back),
        SummaryRow::new(rx.t("register-phone"), typed.phone.to_string()).change(&back),
    ];
    web::page(&rx, &Check { shell: shell(&rx), steps: steps(&rx, 2), rows, hidden, back })
}

fn web_query(pairs: &[(&'static str, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn refused(rx: &Rx, draft: &Draft<'_>, error: BeginError) -> Answer {
    let mut problems = Problems::default();
    match error {
        BeginError::UnknownFirm => problems.tax_code = Some(rx.t("register-unknown-firm")),
        BeginError::WrongNumber => problems.albo = Some(rx.t("register-wrong-number")),
        BeginError::Removed => problems.tax_code = Some(rx.t("register-removed")),
        BeginError::NotOpen => problems.general = Some(rx.t("register-not-open")),
        BeginError::Busy => return Err(Failure::Busy),
        BeginError::Ground(error) => return Err(error.into()),
    }
    data_page(rx, draft, problems)
}

pub(super) async fn submit(rx: Rx, fields: Fields) -> Answer {
    let draft = draft(&fields);
    let typed = match typed(&rx, &draft) {
        Ok(typed) => typed,
        Err(problems) => return data_page(&rx, &draft, *problems),
    };
    // Whoever is signed in with another firm registers as anybody else does.
    let cx = rx.cx().acting_as(sportello_core::access::Actor::Anonymous);
    let input = Begin {
        kind: draft.kind,
        tax_code: &typed.tax_code,
        albo_number: &typed.albo,
        email: &typed.email,
        email_kind: typed.email_kind,
        phone: &typed.phone,
    };
    match registration::begin(&cx, dues(&cx)?, input).await {
        Ok(begun) => Ok::<Response, Failure>(web::to(&rx, &format!("/registrazione/stato/{}", begun.token))),
        Err(error) => refused(&rx, &draft, error),
    }
}
