//! The page of a payment notice.

use super::{PaymentNotice, grouped};
use crate::error::PaperError;
use crate::fonts::FontId;
use crate::layout::{Layout, Op, OutlineEntry, Strip};
use crate::model::{Align, Run};
use crate::paint::{About, write};
use crate::sanitise::clean_line;
use crate::style::{ACCENT, Colour, HAIRLINE, INK, LINE, MM, PAGE_HEIGHT, PAGE_WIDTH, QUIET, TextStyle, WASH, WHITE};
use crate::tags::{NodeId, Role};

const MARGIN: f32 = 10.0 * MM;
const WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;
/// Between modules: the guidelines ask for 6 mm at least.
const MODULE_GAP: f32 = 7.0 * MM;
const GUTTER: f32 = 8.0 * MM;
const QR_SIDE: f32 = 25.0 * MM;
const QR_VERSION: i16 = 4;
/// The least room that the lower part, the one that is shown at a counter, leaves free above it.
const LEAST_GAP: f32 = 6.0 * MM;

const fn style(font: FontId, size: f32, leading: f32, colour: Colour) -> TextStyle {
    TextStyle { font, size, leading, colour }
}

const TITLE: TextStyle = style(FontId::Semibold, 26.0, 32.0, INK);
const CIRCUIT: TextStyle = style(FontId::Semibold, 18.0, 23.0, ACCENT);
const SECTION: TextStyle = style(FontId::Semibold, 10.5, 14.0, ACCENT);
const BAND: TextStyle = style(FontId::Semibold, 12.5, 16.0, WHITE);
const NAME: TextStyle = style(FontId::Semibold, 13.5, 17.5, INK);
const OBJECT: TextStyle = style(FontId::Semibold, 16.0, 20.5, INK);
const LINE_TEXT: TextStyle = style(FontId::Regular, 10.5, 14.5, INK);
const NOTE: TextStyle = style(FontId::Regular, 9.0, 12.5, QUIET);
const AMOUNT: TextStyle = style(FontId::Semibold, 30.0, 36.0, INK);
const SLIP_LABEL: TextStyle = style(FontId::Regular, 8.5, 11.5, QUIET);
const SLIP_VALUE: TextStyle = style(FontId::Semibold, 11.0, 14.5, INK);
const SLIP_CODE: TextStyle = style(FontId::Mono, 13.0, 16.5, INK);

/// See [`super::render`].
pub(super) fn render(notice: &PaymentNotice) -> Result<Vec<u8>, PaperError> {
    let mut sheet = Sheet { layout: Layout::new()?, ops: Vec::new() };
    let mut y = MARGIN;
    y = sheet.header(notice, y) + MODULE_GAP;
    y = sheet.parties(notice, y) + MODULE_GAP;
    y = sheet.object(notice, y) + MODULE_GAP;
    y = sheet.amount(notice, y) + MODULE_GAP;
    y = sheet.where_to_pay(notice, y);
    // The slip stands at the foot of the page; its height is known once it is set.
    let upper = sheet.ops.len();
    let height = sheet.slip(notice)?;
    let top = PAGE_HEIGHT - MARGIN - height;
    if top < y + LEAST_GAP {
        return Err(PaperError::NoticeTooTall);
    }
    let slip = sheet.ops.split_off(upper);
    sheet.ops.extend(slip.into_iter().map(|op| op.lowered(top)));
    let title = format!("{} {}", clean_line(&notice.labels.title), grouped(&notice.notice_number));
    let about = About {
        title: &title,
        subject: &notice.object,
        author: &notice.creditor.name,
        language: notice.language,
        created: notice.created,
    };
    write(sheet.layout, &[sheet.ops], &about)
}

struct Sheet {
    layout: Layout,
    ops: Vec<Op>,
}

impl Sheet {
    fn header(&mut self, notice: &PaymentNotice, y: f32) -> f32 {
        let strip = Strip::left(MARGIN, WIDTH * 0.7);
        let bottom = self.heading(1, &notice.labels.title, TITLE, strip, y);
        let right = Strip { x: MARGIN + WIDTH * 0.72, width: WIDTH * 0.28, align: Align::Right };
        let drop = TITLE.ascent() - CIRCUIT.ascent();
        self.paragraph("pagoPA", CIRCUIT, right, y + drop);
        self.rect(MARGIN, bottom + 5.0, WIDTH, 1.6, ACCENT);
        bottom + 6.6
    }

    fn parties(&mut self, notice: &PaymentNotice, y: f32) -> f32 {
        let labels = &notice.labels;
        let (left, right) = halves();
        let creditor = &notice.creditor;
        let mut a = self.heading(2, &labels.creditor, SECTION, left, y);
        a = self.paragraph(&creditor.name, NAME, left, a + 2.0);
        a = self.paragraph(&creditor.department, LINE_TEXT, left, a);
        a = self.labelled(&labels.tax_code, &creditor.tax_code, left, a);
        a = self.paragraph(&creditor.contacts.join("\n"), LINE_TEXT, left, a);
        let recipient = &notice.recipient;
        let mut b = self.heading(2, &labels.recipient, SECTION, right, y);
        b = self.paragraph(&recipient.name, NAME, right, b + 2.0);
        b = self.labelled(&labels.tax_code, &recipient.tax_code, right, b);
        b = self.paragraph(&recipient.address.join("\n"), LINE_TEXT, right, b);
        a.max(b)
    }

    fn object(&mut self, notice: &PaymentNotice, y: f32) -> f32 {
        let strip = Strip::left(MARGIN, WIDTH);
        let y = self.heading(2, &notice.labels.object, SECTION, strip, y);
        self.paragraph(&notice.object, OBJECT, strip, y + 1.0)
    }

    fn amount(&mut self, notice: &PaymentNotice, y: f32) -> f32 {
        let labels = &notice.labels;
        let background = self.ops.len();
        let pad = 10.0;
        let inner = Strip::left(MARGIN + pad, WIDTH - 2.0 * pad);
        let top = self.heading(2, &labels.how_much, SECTION, inner, y + pad);
        let (left, right) = split(inner, 0.5);
        let due_strip = Strip { align: Align::Left, ..right };
        let mut bottom = self.paragraph(&notice.amount, AMOUNT, left, top);
        if let Some(due) = &notice.due {
            let text = format!("{} {due}", labels.due);
            let drop = AMOUNT.ascent() - OBJECT.ascent();
            bottom = bottom.max(self.paragraph(&text, OBJECT, due_strip, top + drop));
        }
        bottom = self.paragraph(&labels.amount_note, NOTE, inner, bottom + 3.0) + pad;
        let wash = Op::Rect { x: MARGIN, y, width: WIDTH, height: bottom - y, colour: WASH };
        self.ops.insert(background, wash);
        bottom
    }

    fn where_to_pay(&mut self, notice: &PaymentNotice, y: f32) -> f32 {
        let labels = &notice.labels;
        let y = self.heading(2, &labels.where_to_pay, SECTION, Strip::left(MARGIN, WIDTH), y) + 3.0;
        let (left, right) = halves();
        let mut bottom = y;
        for (head, text, strip) in
            [(&labels.online, &labels.online_text, left), (&labels.counter, &labels.counter_text, right)]
        {
            let at = self.heading(3, head, NAME, strip, y);
            bottom = bottom.max(self.paragraph(text, LINE_TEXT, strip, at));
        }
        bottom
    }

    /// The part that is shown at a counter, from `y` = 0; its height.
    fn slip(&mut self, notice: &PaymentNotice) -> Result<f32, PaperError> {
        let labels = &notice.labels;
        let band = BAND.leading + 7.0;
        self.cut_line(0.0);
        let top = 5.0 * MM;
        self.rect(MARGIN, top, WIDTH, band, ACCENT);
        self.heading(2, &labels.payment_data, BAND, Strip::left(MARGIN + 8.0, WIDTH - 16.0), top + 3.5);
        let y = top + band + 4.0 * MM;
        let code = self.layout.qr(None, &notice.qr_payload, clean_line(&labels.qr_alt), Some(QR_VERSION))?;
        self.ops.push(Op::Qr { code, x: MARGIN, y, side: QR_SIDE });
        // The white border of the code: four of its 33 modules, and a little more.
        let after_code = MARGIN + QR_SIDE + 6.0 * MM;
        let strip = Strip::left(after_code, MARGIN + WIDTH - after_code);
        let (left, right) = split(strip, 0.55);
        let mut a = y - 2.0;
        let name = &notice.recipient.name;
        for (label, value) in
            [(&labels.recipient, name), (&labels.creditor, &notice.creditor.name), (&labels.object, &notice.object)]
        {
            a = self.field(label, value, SLIP_VALUE, left, a) + 3.5;
        }
        let due = notice.due.as_ref().map(|due| format!(" {} {due}", labels.due)).unwrap_or_default();
        let mut b = self.field(&labels.amount, &format!("{}{due}", notice.amount), NAME, right, y - 2.0) + 3.5;
        b = self.paragraph(&labels.qr_text, NOTE, right, b);
        let rule = a.max(b).max(y + QR_SIDE) + 3.0 * MM;
        self.rect(MARGIN, rule, WIDTH, 0.6, LINE);
        Ok(self.codes(notice, rule + 5.0))
    }

    /// The codes that are read out or typed in; the last row of the slip.
    fn codes(&mut self, notice: &PaymentNotice, y: f32) -> f32 {
        let labels = &notice.labels;
        let number = grouped(&notice.notice_number);
        let mut columns = vec![
            (&labels.notice_number, number, 0.46),
            (&labels.creditor_tax_code, notice.creditor.tax_code.clone(), 0.32),
        ];
        if let Some(cbill) = &notice.cbill {
            columns.push((&labels.cbill, cbill.clone(), 0.22));
        }
        let mut x = MARGIN;
        let mut bottom = y;
        for (label, code, share) in columns {
            let strip = Strip::left(x, WIDTH * share - 6.0);
            bottom = bottom.max(self.field(label, &code, SLIP_CODE, strip, y));
            x += WIDTH * share;
        }
        bottom
    }

    /// A label above its value, as one paragraph.
    fn field(&mut self, label: &str, value: &str, style: TextStyle, strip: Strip, y: f32) -> f32 {
        let node = self.layout.tags.group(None, Role::Paragraph);
        // The space keeps the two apart for who hears them.
        let y = self.text(&[Run::plain(format!("{label} "))], SLIP_LABEL, strip, y, Some(node));
        self.text(&[Run::plain(value)], style, strip, y, Some(node))
    }

    /// A label and a code on one line.
    fn labelled(&mut self, label: &str, code: &str, strip: Strip, y: f32) -> f32 {
        let node = self.layout.tags.group(None, Role::Paragraph);
        self.text(&[Run::plain(format!("{label} ")), Run::mono(code)], LINE_TEXT, strip, y, Some(node))
    }

    fn heading(&mut self, level: u8, text: &str, style: TextStyle, strip: Strip, y: f32) -> f32 {
        let title = clean_line(text);
        if title.is_empty() {
            return y;
        }
        let (node, level) = self.layout.tags.heading(None, level, title.clone());
        let entry = self.layout.outline.len();
        self.layout.outline.push(OutlineEntry { level, text: title });
        self.ops.push(Op::Anchor { entry, y });
        self.text(&[Run::plain(text)], style, strip, y, Some(node))
    }

    fn paragraph(&mut self, text: &str, style: TextStyle, strip: Strip, y: f32) -> f32 {
        if clean_line(text).is_empty() {
            return y;
        }
        let node = self.layout.tags.group(None, Role::Paragraph);
        self.text(&[Run::plain(text)], style, strip, y, Some(node))
    }

    /// Sets text from `y` down; where it ends.
    fn text(&mut self, runs: &[Run], style: TextStyle, strip: Strip, y: f32, parent: Option<NodeId>) -> f32 {
        let Some(flow) = self.layout.flow(runs, style, parent) else {
            return y;
        };
        let mut bottom = y;
        for line in self.layout.lines(flow, strip.width) {
            self.ops.push(self.layout.text(flow, &line, strip, bottom));
            bottom += style.leading;
        }
        bottom
    }

    fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
        self.ops.push(Op::Rect { x, y, width, height, colour });
    }

    fn cut_line(&mut self, y: f32) {
        let dash = 3.0;
        let count = (WIDTH / (2.0 * dash)) as usize;
        for index in 0..=count {
            let x = index as f32 * 2.0 * dash;
            self.rect(MARGIN + x, y, dash.min(WIDTH - x), 0.7, HAIRLINE);
        }
    }
}

/// The two columns of the page.
fn halves() -> (Strip, Strip) {
    split(Strip::left(MARGIN, WIDTH), 0.5)
}

fn split(strip: Strip, share: f32) -> (Strip, Strip) {
    let room = strip.width - GUTTER;
    let left = Strip::left(strip.x, room * share);
    let right = Strip::left(strip.x + room * share + GUTTER, room * (1.0 - share));
    (left, right)
}
