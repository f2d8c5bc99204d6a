//! Anybody can check a statement: by the code on the paper, or with the signed file.

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse as _;
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde_json::{Value, json};
use sportello_core::signing;
use web::form::{ErrorSummary, Field};
use web::parts::{Badge, Tone};
use web::shell::Shell;
use web::{Answer, Fields, Rx};

use crate::regularity::{self, Fact, Shown, Verdict, facts};

/// What is stated in a signed file is short.
const LONGEST: usize = 20_000;

#[derive(Template)]
#[template(path = "committenti/verify.html")]
struct Form {
    shell: Shell,
    errors: ErrorSummary,
    code: Field,
    signed: Field,
}

/// Nothing here is for search engines: who holds a code was given it.
fn hidden(answer: Answer) -> Answer {
    let mut response = answer?;
    let name = HeaderName::from_static("x-robots-tag");
    response.headers_mut().insert(name, HeaderValue::from_static("noindex, nofollow"));
    Ok(response)
}

fn shell(rx: &Rx) -> Shell {
    let mut shell = rx.shell(rx.t("verify-title"));
    shell.breadcrumb = rx.crumbs(&[("verify-title", None)]);
    shell
}

/// The form; `code` and `signed` are what was typed, and the mistake stands at the field that was filled.
fn render(rx: &Rx, [code, signed]: [&str; 2], problem: Option<String>, status: StatusCode) -> Answer {
    let (of_code, of_signed) = if code.is_empty() && !signed.is_empty() { (None, problem) } else { (problem, None) };
    let code = Field::text("codice", rx.t("verify-code"))
        .hint(rx.t("verify-code-hint"))
        .autocomplete("off")
        .maxlength(40)
        .width("w-medium")
        .optional()
        .value(code)
        .error(of_code);
    let signed = Field::textarea("firmata", rx.t("verify-signed"))
        .hint(rx.t("verify-signed-hint"))
        .autocomplete("off")
        .optional()
        .value(signed)
        .error(of_signed);
    let errors = ErrorSummary::new().check(&code).check(&signed);
    let mut shell = shell(rx);
    shell.has_errors = !errors.is_empty();
    hidden(web::page_with(rx, status, &Form { shell, errors, code, signed }))
}

pub(super) async fn form(rx: Rx) -> Answer {
    render(&rx, ["", ""], None, StatusCode::OK)
}

/// Wrong, unknown and forgotten codes and signatures get the same words.
fn unknown(rx: &Rx, typed: [&str; 2], status: StatusCode) -> Answer {
    let pasted = typed[0].is_empty() && !typed[1].is_empty();
    let problem = if pasted { "verify-unknown-signed" } else { "verify-unknown" };
    render(rx, typed, Some(rx.t(problem)), status)
}

pub(super) async fn check(rx: Rx, fields: Fields) -> Answer {
    let (code, signed) = (fields.get("codice"), fields.get("firmata"));
    let found = match (code.is_empty(), signed.is_empty()) {
        (true, true) => return render(&rx, ["", ""], Some(rx.t("verify-empty")), StatusCode::UNPROCESSABLE_ENTITY),
        (false, _) => regularity::by_code(rx.cx(), code).await?,
        (true, false) if signed.len() > LONGEST => None,
        (true, false) => regularity::check_signed(rx.cx(), signed).await?,
    };
    match found {
        Some(shown) => page(&rx, &shown),
        None => {
            unknown(&rx, [code, if signed.len() > LONGEST { "" } else { signed }], StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

pub(super) async fn shown(rx: Rx, Path(code): Path<String>) -> Answer {
    rx.count_visit()?;
    match regularity::by_code(rx.cx(), &code).await? {
        Some(shown) => page(&rx, &shown),
        None => unknown(&rx, [&code, ""], StatusCode::NOT_FOUND),
    }
}

#[derive(Template)]
#[template(path = "committenti/verified.html")]
struct Verified {
    shell: Shell,
    made_at: String,
    code: String,
    verdict: Badge,
    reasons: Vec<String>,
    facts: Vec<Fact>,
}

fn page(rx: &Rx, shown: &Shown) -> Answer {
    let answer = &shown.answer;
    let tone = match answer.verdict {
        Verdict::Regular => Tone::Success,
        Verdict::NotRegular => Tone::Danger,
        Verdict::Undetermined => Tone::Warning,
    };
    let template = Verified {
        shell: shell(rx),
        made_at: rx.moment(shown.made_at),
        code: shown.code.clone(),
        verdict: Badge::new(tone, rx.t(&format!("regularity-verdict-{}", answer.verdict.key()))),
        reasons: answer.reasons.iter().map(|r| rx.t(&format!("regularity-reason-{}", r.key()))).collect(),
        facts: facts(rx.cx().texts(), rx.language(), answer),
    };
    hidden(web::page(rx, &template))
}

/// The public keys with which statements are signed (RFC 7517 section 5), the old ones too.
pub(super) async fn keys(rx: Rx) -> Answer {
    rx.count_visit()?;
    let keys = signing::keys(rx.cx()).await?;
    let keys: Vec<Value> = keys.iter().filter_map(|key| serde_json::from_str(&key.jwk).ok()).collect();
    let head = [(header::CONTENT_TYPE, "application/jwk-set+json"), (header::CACHE_CONTROL, "public, max-age=300")];
    Ok((head, json!({ "keys": keys }).to_string()).into_response())
}
