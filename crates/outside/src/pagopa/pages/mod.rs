//! The pages that payers see: plain HTML, a phone's width, no script.

pub(super) mod checkout;
pub(super) mod counter;
mod texts;

use std::fmt::{self, Display, Write as _};

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use pagopa::Amount;
use serde::Deserialize;
use texts::{Language, Texts};

use super::node::Node;
use super::outcome::Outcome;
use super::report::Refusal;

const STYLE: &str = include_str!("style.css");

/// No script, and nothing from elsewhere. `form-action` is left open on purpose: browsers apply it to the redirect
/// with which the page sends the payer back to the creditor.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(super) async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

/// What the button that a payer pressed says: the name of an outcome, or `default`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Choice {
    Outcome(Outcome),
    Default(DefaultOutcome),
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DefaultOutcome {
    Default,
}

impl Choice {
    fn outcome(self, node: &Node) -> Outcome {
        match self {
            Self::Outcome(outcome) => outcome,
            Self::Default(DefaultOutcome::Default) => node.control().default_outcome,
        }
    }
}

/// Text that is safe between tags and inside quoted attributes.
struct Esc<T>(T);

impl<T: Display> Display for Esc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaper(f), "{}", self.0)
    }
}

struct Escaper<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl fmt::Write for Escaper<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.0.write_str("&amp;")?,
                '<' => self.0.write_str("&lt;")?,
                '>' => self.0.write_str("&gt;")?,
                '"' => self.0.write_str("&quot;")?,
                '\'' => self.0.write_str("&#39;")?,
                _ => self.0.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A page in the payer's language.
struct Page {
    node: Node,
    texts: &'static Texts,
    status: StatusCode,
    body: String,
}

impl Page {
    fn new(node: &Node, headers: &HeaderMap) -> Self {
        let texts = Language::of(headers).texts();
        Self { node: node.clone(), texts, status: StatusCode::OK, body: String::new() }
    }

    fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Appends markup. Everything that comes from outside goes through [`Esc`].
    fn push(&mut self, markup: impl Display) {
        // Writing into a string cannot fail.
        let _ = write!(self.body, "{markup}");
    }

    /// A paragraph that says that something went wrong.
    fn alert(&mut self, text: impl Display) {
        self.push(format_args!("<p class=\"alert\" role=\"alert\">{}</p>", Esc(text)));
    }

    /// A definition list of labels and values.
    fn facts<'a>(&mut self, facts: impl IntoIterator<Item = (&'a str, String)>) {
        self.push("<dl>");
        for (label, value) in facts {
            self.push(format_args!("<div><dt>{}</dt><dd>{}</dd></div>", Esc(label), Esc(value)));
        }
        self.push("</dl>");
    }

    /// The buttons with which a payer ends the payment.
    fn outcomes(&mut self, pay: &str) {
        let texts = self.texts;
        self.push(format_args!(
            "<p><button type=\"submit\" class=\"primary\" name=\"outcome\" value=\"default\">{}</button></p>\
             <fieldset><legend>{}</legend>",
            Esc(pay),
            Esc(texts.choose)
        ));
        for outcome in Outcome::ALL {
            self.push(format_args!(
                "<button type=\"submit\" name=\"outcome\" value=\"{}\">{}</button>",
                outcome.name(),
                Esc(texts.outcome(outcome))
            ));
        }
        self.push("</fieldset>");
    }

    /// Says why a payment cannot begin, with what the creditor itself said.
    fn refusal(&mut self, refusal: &Refusal) {
        self.alert(self.texts.refusal(refusal));
        if let Refusal::Creditor(fault) = refusal {
            let detail = fault.description.as_deref().unwrap_or(&fault.string);
            self.push(format_args!("<p><code>{}</code> {}</p>", Esc(fault.code.as_str()), Esc(detail)));
        }
    }

    fn finish(self, title: &str) -> Response {
        let texts = self.texts;
        let style = self.node.path("style.css");
        let html = format!(
            "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{title}</title><link rel=\"stylesheet\" href=\"{style}\"></head><body>\
             <header><p class=\"mark\">{mark}</p></header><main><h1>{title}</h1>{body}</main>\
             <footer><p>{note}</p></footer></body></html>",
            lang = texts.lang,
            title = Esc(title),
            style = Esc(style),
            mark = Esc(texts.mark),
            body = self.body,
            note = Esc(texts.note),
        );
        let headers = [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CONTENT_SECURITY_POLICY, POLICY),
            (REFERRER_POLICY, "no-referrer"),
            (CACHE_CONTROL, "no-store"),
        ];
        (self.status, headers, html).into_response()
    }
}

/// `1.234,56 €` or `€1,234.56`.
fn money(texts: &Texts, amount: Amount) -> String {
    let euro = (amount.cents() / 100).to_string();
    let mut grouped = String::new();
    for (at, digit) in euro.chars().enumerate() {
        if at > 0 && (euro.len() - at).is_multiple_of(3) {
            grouped.push_str(texts.thousands);
        }
        grouped.push(digit);
    }
    let cents = amount.cents() % 100;
    if texts.lang == "it" { format!("{grouped},{cents:02} €") } else { format!("€{grouped}.{cents:02}") }
}
