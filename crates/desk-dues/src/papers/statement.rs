use ::papers::{Block, Cell, Column, Document, Run, Table};
use sportello_core::clock::instant;
use sportello_core::{Cx, Error, format};

use crate::regularity::{Fact, Shown, facts};

/// The side of the code on the paper, in millimetres.
const QR_MM: u16 = 32;

/// The statement of a firm's regularity, with the code by which anybody can check it. The same statement gives the same
/// bytes.
///
/// # Errors
/// [`Error::Paper`] or [`Error::Stopped`].
pub async fn statement_pdf(cx: &Cx, shown: &Shown) -> Result<Vec<u8>, Error> {
    let document = document(cx, shown);
    super::set(move || ::papers::render(&document)).await
}

/// `regolarita-00001015015.pdf`.
pub fn statement_file(cx: &Cx, shown: &Shown) -> String {
    format!("{}-{}.pdf", cx.tenant.texts(cx.tenant.language).text("paper-statement-file"), shown.answer.tax_code)
}

fn document(cx: &Cx, shown: &Shown) -> Document {
    let language = cx.tenant.language;
    let texts = cx.tenant.texts(language);
    let answer = &shown.answer;
    let verdict = texts.text(&format!("regularity-verdict-{}", answer.verdict.key()));
    let reasons: Vec<String> =
        answer.reasons.iter().map(|r| texts.text(&format!("regularity-reason-{}", r.key()))).collect();
    let reasons = if reasons.is_empty() { texts.text("regularity-no-reason") } else { reasons.join(" ") };
    let made = format::date_time(language, instant(shown.made_at));
    let url = format!("{}/verifica/{}", cx.app.tenant_url(&cx.tenant), shown.code);
    let title = texts.text_with("paper-statement-title", &[("code", answer.tax_code.as_str().into())]);
    let check =
        [("url", format!("{}/verifica", cx.app.tenant_url(&cx.tenant)).into()), ("code", shown.code.as_str().into())];
    Document {
        language: super::language(cx),
        subject: texts.text("paper-statement-subject"),
        author: cx.tenant.owner.get(language).to_owned(),
        created: instant(shown.made_at),
        header: Some(super::letterhead(cx)),
        footer: texts.text_with("paper-statement-footer", &[("code", shown.code.as_str().into())]),
        blocks: vec![
            Block::heading(1, title.as_str()),
            Block::paragraph(texts.text_with("paper-statement-made", &[("date", made.into())])),
            Block::callout(verdict, reasons),
            Block::Table(table(texts, &facts(texts, language, answer))),
            Block::heading(2, texts.text("paper-statement-validity")),
            Block::paragraph(texts.text("paper-statement-validity-text")),
            Block::heading(2, texts.text("paper-statement-check")),
            Block::KeepTogether(vec![
                Block::paragraph(texts.text_with("paper-statement-check-text", &check)),
                Block::paragraph(Run::mono(shown.code.as_str())),
                Block::qr_code(url.as_str(), texts.text("paper-statement-qr"), QR_MM),
            ]),
        ],
        title,
    }
}

fn table(texts: &sportello_core::texts::Texts, facts: &[Fact]) -> Table {
    let row = |fact: &Fact| -> Vec<Cell> {
        vec![fact.label.as_str().into(), fact.value.as_str().into(), fact.source.as_str().into()]
    };
    Table {
        caption: texts.text("paper-statement-facts"),
        columns: vec![
            Column::left(texts.text("paper-statement-fact"), 26),
            Column::left(texts.text("paper-statement-value"), 40),
            Column::left(texts.text("paper-statement-source"), 34),
        ],
        rows: facts.iter().map(row).collect(),
        total: None,
    }
}
