//! What the crate promises whatever it is given.

use crate::filed::{Filed, squeezed};
use crate::samples::{lines, notice, receipt, receipt_numbered, specimen};
use papers::{
    Align, Block, Cell, Column, Document, KeyValue, Language, PaperError, Run, RunStyle, Table, notice as notices,
    render,
};
use proptest::prelude::*;

#[test]
fn the_same_document_gives_the_same_bytes() {
    let first = render(&specimen()).unwrap();
    // Other papers in between and other threads make no difference.
    render(&receipt()).unwrap();
    let second = std::thread::spawn(|| render(&specimen()).unwrap()).join().unwrap();
    assert!(first == second);
    let sheet = || notices::render(&notice(Language::Italian)).unwrap();
    assert!(sheet() == sheet());
}

#[test]
fn another_content_gives_another_identifier() {
    let identifier = |document: &Document| {
        let bytes = render(document).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        text.split("<xmpMM:DocumentID>").nth(1).unwrap().split('<').next().unwrap().to_owned()
    };
    let (first, second) = (receipt_numbered(1), receipt_numbered(2));
    assert_ne!(identifier(&first), identifier(&second));
    assert_eq!(identifier(&first), identifier(&receipt_numbered(1)));
    let later = Document { created: "2026-03-02T09:41:08Z".parse().unwrap(), ..receipt_numbered(1) };
    assert_ne!(identifier(&first), identifier(&later));
}

#[test]
fn the_date_is_the_documents() {
    let bytes = render(&receipt()).unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("2026-03-02T09:41:07"));
}

fn with(block: Block) -> Result<Vec<u8>, PaperError> {
    render(&Document { blocks: vec![block], ..receipt() })
}

#[test]
fn what_cannot_be_set_is_named() {
    let untitled = render(&Document { title: " \u{7}".to_owned(), ..receipt() });
    assert!(matches!(untitled, Err(PaperError::MissingTitle)));
    let mut ragged = lines(3);
    ragged.rows[2].pop();
    let ragged = with(Block::Table(ragged)).unwrap_err();
    assert_eq!(ragged.to_string(), "row 3 of the table \"Voci pagate\" has 3 cells instead of 4");
    assert!(matches!(with(Block::Table(Table::default())), Err(PaperError::NoColumns { .. })));
    assert!(matches!(with(Block::qr_code("x", "", 30)), Err(PaperError::MissingAlternative)));
    assert!(matches!(with(Block::qr_code("x", "a code", 9)), Err(PaperError::QrSize { millimetres: 9 })));
    assert!(matches!(with(Block::qr_code("x".repeat(2400), "a code", 90)), Err(PaperError::QrPayload(_))));
    let deep = (0..40).fold(Block::Rule, |inner, _| Block::KeepTogether(vec![inner]));
    assert!(matches!(with(deep), Err(PaperError::TooDeep { .. })));
    let footer = render(&Document { footer: "parole ".repeat(300), ..receipt() });
    assert!(matches!(footer, Err(PaperError::FooterTooLong { limit: 6, .. })));
}

#[test]
fn what_breaks_a_notice_is_named() {
    let broken = |change: fn(&mut notices::PaymentNotice)| {
        let mut sheet = notice(Language::Italian);
        change(&mut sheet);
        notices::render(&sheet).unwrap_err()
    };
    let long = broken(|sheet| sheet.object = "è".repeat(61));
    assert_eq!(long.to_string(), "the object has 61 characters, more than 60");
    let long = broken(|sheet| sheet.recipient.name = "x".repeat(36));
    assert!(matches!(long, PaperError::TooLong { length: 36, limit: 35, .. }));
    let number = broken(|sheet| sheet.notice_number = "3010 0000 0000 0047 1".to_owned());
    assert_eq!(number.to_string(), "the notice number must be 18 digits");
    assert!(matches!(broken(|sheet| sheet.creditor.tax_code = "8001234567X".to_owned()), PaperError::Malformed { .. }));
    assert!(matches!(broken(|sheet| sheet.cbill = Some("ABC".to_owned())), PaperError::Malformed { .. }));
    assert!(matches!(broken(|sheet| sheet.amount.clear()), PaperError::Malformed { .. }));
    assert!(matches!(broken(|sheet| sheet.qr_payload = "x".repeat(63)), PaperError::QrPayload(_)));
    let tall = broken(|sheet| sheet.labels.amount_note = "parole ".repeat(900).into());
    assert!(matches!(tall, PaperError::NoticeTooTall));
}

#[test]
fn personal_data_stay_out_of_debug_output() {
    let shown = format!("{:?}", notice(Language::Italian));
    assert!(!shown.contains("Autotrasporti") && !shown.contains("01234567890"), "{shown}");
    let recipient = format!("{:?}", notice(Language::Italian).recipient);
    assert!(!recipient.contains("Autotrasporti"), "{recipient}");
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,14}( [a-zA-Z0-9,.]{1,14}){0,12}",
        "\\PC{0,40}",
        any::<String>(),
        "[\\u{0}-\\u{2fff}\\u{e000}-\\u{ffff}\\u{1f300}-\\u{1f6ff}]{0,30}",
        "[W-]{0,300}",
    ]
}

fn any_runs() -> impl Strategy<Value = Vec<Run>> {
    let style = prop_oneof![Just(RunStyle::Plain), Just(RunStyle::Bold), Just(RunStyle::Mono)];
    prop::collection::vec((any_text(), style).prop_map(|(text, style)| Run { text, style }), 0..4)
}

fn any_table() -> impl Strategy<Value = Table> {
    (1..6usize).prop_flat_map(|columns| {
        let align = prop_oneof![Just(Align::Left), Just(Align::Right), Just(Align::Centre)];
        let column = (any_text(), 0..50u16, align).prop_map(|(header, share, align)| Column { header, share, align });
        let row = || prop::collection::vec(any_runs().prop_map(Cell), columns);
        (
            any_text(),
            prop::collection::vec(column, columns),
            prop::collection::vec(row(), 0..12),
            prop::option::of(row()),
        )
            .prop_map(|(caption, columns, rows, total)| Table { caption, columns, rows, total })
    })
}

fn any_block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        (any::<u8>(), any_text()).prop_map(|(level, text)| Block::Heading { level, text }),
        any_runs().prop_map(Block::Paragraph),
        prop::collection::vec((any_text(), any_runs()).prop_map(|(label, value)| KeyValue { label, value }), 0..5)
            .prop_map(Block::KeyValues),
        (any::<bool>(), prop::collection::vec(any_runs(), 0..5))
            .prop_map(|(ordered, items)| Block::List { ordered, items }),
        any_table().prop_map(Block::Table),
        ("[ -~]{0,80}", 10..=120u16).prop_map(|(payload, size_mm)| Block::qr_code(payload, "A code", size_mm)),
        (any_text(), any_runs()).prop_map(|(title, body)| Block::Callout { title, body }),
        Just(Block::Rule),
        any::<u16>().prop_map(|mm| Block::Spacer { mm }),
        Just(Block::PageBreak),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let blocks = || prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            (blocks(), blocks(), any::<u8>()).prop_map(|(left, right, left_share)| Block::Columns {
                left,
                right,
                left_share
            }),
            blocks().prop_map(Block::KeepTogether),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever is said can be set: nothing panics and no rule of PDF/A or PDF/UA is broken, which
    /// the writer would report as an error.
    #[test]
    fn anything_can_be_set(blocks in prop::collection::vec(any_block(), 0..6), title in any_text(), subject in any_text()) {
        let document = Document { title: format!("T{title}"), subject, blocks, ..receipt() };
        let made = render(&document);
        prop_assert!(made.is_ok(), "{:?}", made.err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Every word can be found again, in whatever block it stands, and no word leaves the page.
    #[test]
    fn every_word_is_found(words in prop::collection::vec("[a-zàèéìòù]{3,12}", 30..400), columns in 1..4usize) {
        let sentence = |part: usize| words.iter().skip(part).step_by(4).cloned().collect::<Vec<_>>().join(" ");
        let cells: Vec<Cell> = words.iter().skip(3).step_by(4).map(|word| Cell::from(word.as_str())).collect();
        let blocks = vec![
            Block::paragraph(sentence(0)),
            Block::callout("Callout", Run::mono(sentence(1))),
            Block::KeyValues(vec![KeyValue::new("Label", Run::bold(sentence(2)))]),
            Block::Table(Table {
                caption: "Table".to_owned(),
                columns: (0..columns).map(|_| Column::left("Intestazione", 1)).collect(),
                rows: cells.chunks_exact(columns).map(<[Cell]>::to_vec).collect(),
                total: None,
            }),
        ];
        let filed = Filed::new(&render(&Document { blocks, ..receipt() }).unwrap());
        if let Some(text) = filed.text(None) {
            let text = squeezed(&text);
            let in_rows = cells.len() / columns * columns;
            let in_table = words.iter().skip(3).step_by(4).take(in_rows);
            let in_text = words.iter().enumerate().filter(|(index, _)| index % 4 != 3).map(|(_, word)| word);
            for word in in_text.chain(in_table) {
                prop_assert!(text.contains(word.as_str()), "{} is missing in {}", word, text);
            }
        }
        for [left, top, right, bottom] in filed.words().unwrap_or_default() {
            prop_assert!(left > 56.0 && right < 540.0 && top > 20.0 && bottom < 825.0);
        }
    }
}
