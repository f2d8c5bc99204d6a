use ::papers::{Block, Cell, Column, Document, KeyValue, Run, Table};
use italia::Euro;
use jiff::civil::Date;
use sportello_core::accounts::{self, Account};
use sportello_core::charges::{self, Charge, Computation, Line};
use sportello_core::clock::instant;
use sportello_core::payments::{self, Payment, PaymentId};
use sportello_core::people::{self, Firm};
use sportello_core::texts::{Arg, Language, Texts};
use sportello_core::{Cx, Error, format};

/// The receipt of a payment, for its owner or an operator.
///
/// # Errors
/// [`Error`]; a missing row for a payment of somebody else.
pub async fn receipt_pdf(cx: &Cx, payment: PaymentId) -> Result<Vec<u8>, Error> {
    let payment = payments::get(cx, payment).await?.ok_or(Error::Store(::store::Error::NoRow))?;
    super::visible(cx, payment.firm_id)?;
    of(cx, &payment).await
}

/// `ricevuta-2017-000001.pdf`.
pub(super) fn file_name(cx: &Cx, payment: &Payment) -> String {
    let word = cx.tenant.texts(cx.tenant.language).text("paper-receipt-file");
    format!("{word}-{}.pdf", payment.number.replace('/', "-"))
}

pub(super) async fn of(cx: &Cx, payment: &Payment) -> Result<Vec<u8>, Error> {
    let charge = charges::get(cx, payment.charge_id).await?.ok_or(Error::Store(::store::Error::NoRow))?;
    let firm = people::get(cx, payment.firm_id).await?;
    let account = accounts::of_firm(cx, payment.firm_id).await?;
    let document = Page { cx, texts: cx.tenant.texts(cx.tenant.language), payment, charge: &charge }
        .document(&firm, account.as_ref());
    super::set(move || ::papers::render(&document)).await
}

struct Page<'a> {
    cx: &'a Cx,
    texts: &'a Texts,
    payment: &'a Payment,
    charge: &'a Charge,
}

impl Page<'_> {
    fn language(&self) -> Language {
        self.cx.tenant.language
    }

    fn t(&self, key: &str) -> String {
        self.texts.text(key)
    }

    fn tr(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.texts.text_with(key, args)
    }

    fn amount(&self, amount: Euro) -> String {
        format::amount(self.language(), amount)
    }

    fn document(&self, firm: &Firm, account: Option<&Account>) -> Document {
        let number = self.payment.number.as_str();
        let title = self.tr("paper-receipt-title", &[("number", number.into())]);
        let computation = self.charge.computation();
        let mut blocks = vec![Block::heading(1, title.as_str()), Block::paragraph(self.t("paper-receipt-statement"))];
        if let Some(warning) = self.warning() {
            blocks.push(warning);
        }
        blocks.push(Block::KeyValues(self.facts(firm, account)));
        blocks.push(Block::heading(2, self.t("paper-receipt-computation")));
        blocks.push(Block::paragraph(self.basis(&computation)));
        blocks.push(Block::Table(self.table(&computation)));
        Document {
            title,
            language: super::language(self.cx),
            subject: self.tr("paper-receipt-subject", &[("year", self.payment.year.to_string().into())]),
            author: self.cx.tenant.owner.get(self.language()).to_owned(),
            // The record's own time, so that a reprint is the same file.
            created: instant(self.payment.received_at),
            header: Some(super::letterhead(self.cx)),
            footer: self.tr("paper-receipt-footer", &[("number", number.into())]),
            blocks,
        }
    }

    /// Money that was not expected is received all the same, and the paper says so.
    fn warning(&self) -> Option<Block> {
        self.payment
            .surplus
            .then(|| Block::callout(self.t("paper-receipt-surplus-title"), self.t("paper-receipt-surplus")))
    }

    fn facts(&self, firm: &Firm, account: Option<&Account>) -> Vec<KeyValue> {
        let mono = |text: &str| Run::mono(text);
        let mut facts = vec![
            (self.t("paper-firm"), Run::bold(firm.name.as_str())),
            (self.t("paper-tax-code"), mono(&firm.tax_code)),
        ];
        if let Some(account) = account {
            facts.push((self.t("paper-member-code"), mono(&account.member_code)));
        }
        let paid_at = format::date_time(self.language(), instant(self.payment.paid_at));
        facts.extend([
            (self.t("paper-albo-number"), mono(&firm.albo_number)),
            (self.t("paper-year"), Run::plain(self.payment.year.to_string())),
            (self.t("paper-amount-paid"), Run::bold(self.amount(self.payment.amount()))),
            (self.t("paper-psp"), Run::plain(self.payment.psp.as_str())),
            (self.t("paper-paid-at"), Run::plain(paid_at)),
            (self.t("paper-notice-number"), mono(&grouped(&self.payment.notice_number))),
            (self.t("paper-receipt-id"), mono(&self.payment.receipt_id)),
        ]);
        facts.into_iter().map(|(label, value)| KeyValue::new(label, value)).collect()
    }

    fn basis(&self, computation: &Computation) -> String {
        let date = computation.reference_date.parse::<Date>();
        let date = date.map_or_else(|_| computation.reference_date.clone(), |d| format::date(self.language(), d));
        let count = computation.facts.len();
        self.tr(
            "paper-receipt-basis",
            &[("act", computation.act.as_str().into()), ("date", date.into()), ("count", count.into())],
        )
    }

    fn table(&self, computation: &Computation) -> Table {
        let row = |line: &Line| -> Vec<Cell> {
            vec![
                line_text(self.texts, line, computation.facts.len()).into(),
                self.amount(Euro::from_cents(line.each)).into(),
                self.amount(line.amount()).into(),
                article(&line.source, &computation.act).into(),
            ]
        };
        Table {
            caption: self.t("paper-receipt-lines"),
            columns: vec![
                Column::left(self.t("paper-column-line"), 42),
                Column::right(self.t("paper-column-each"), 13),
                Column::right(self.t("paper-column-amount"), 14),
                Column::left(self.t("paper-column-source"), 31),
            ],
            rows: computation.lines.iter().map(row).collect(),
            total: Some(vec![
                self.t("paper-total").into(),
                "".into(),
                self.amount(computation.total()).into(),
                "".into(),
            ]),
        }
    }
}

/// The source of a line without the act, which stands above the table.
fn article<'a>(source: &'a str, act: &str) -> &'a str {
    source.strip_prefix(act).map_or(source, |rest| rest.trim_start_matches([',', ' ']))
}

/// What a line says: "3 vehicles from 11,501 to 26,000 kg". `vehicles` is the size of the fleet.
pub fn line_text(texts: &Texts, line: &Line, vehicles: usize) -> String {
    let from = grouped_thousands(texts, line.from.unwrap_or(0));
    let to = line.to.map(|to| grouped_thousands(texts, to));
    let key = match (line.what.as_str(), &to) {
        ("fixed", _) => "paper-line-fixed",
        ("fleet-band", Some(_)) => "paper-line-fleet",
        ("fleet-band", None) => "paper-line-fleet-open",
        (_, Some(_)) if line.from.unwrap_or(0) == 0 => "paper-line-mass-first",
        (_, Some(_)) => "paper-line-mass",
        (_, None) => "paper-line-mass-open",
    };
    let args: [(&str, Arg<'_>); 4] = [
        ("from", from.into()),
        ("to", to.unwrap_or_default().into()),
        ("count", line.count.into()),
        ("vehicles", vehicles.into()),
    ];
    texts.text_with(key, &args)
}

/// `11.501` or `11,501`, as the language's readers expect.
fn grouped_thousands(texts: &Texts, number: i64) -> String {
    let separator = texts.text("paper-thousands");
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push_str(&separator);
        }
        out.push(digit);
    }
    out
}

/// A notice number as it is printed, in groups of four.
fn grouped(number: &str) -> String {
    pagopa::NoticeNumber::parse(number).map_or_else(|_| number.to_owned(), pagopa::NoticeNumber::printed)
}
