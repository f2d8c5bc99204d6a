//! Papers before programs by others: poppler, qpdf and zbar.

use crate::filed::{Filed, field, squeezed};
use crate::samples::{header, long_table, notice, receipt, specimen};
use papers::{Block, Document, Language, Run, notice as notices, render};

/// Every paper: sound, tagged, archivable, with embedded fonts.
fn check_form(bytes: &[u8], title: &str, pages: Option<usize>) -> Filed {
    let raw = String::from_utf8_lossy(bytes);
    for claim in ["<pdfaid:part>2", "<pdfaid:conformance>A", "<pdfuaid:part>1", "/DisplayDocTitle true", "/Marked true"]
    {
        assert!(raw.contains(claim), "{claim} is missing");
    }
    let filed = Filed::new(bytes);
    filed.judge("qpdf", &["--check"], &[]);
    if let Some(info) = filed.judge("pdfinfo", &[], &[]) {
        assert_eq!(field(&info, "Title"), title);
        assert_eq!(field(&info, "Tagged"), "yes");
        assert_eq!(field(&info, "PDF version"), "1.7");
        assert!(field(&info, "Page size").ends_with("(A4)"));
        if let Some(pages) = pages {
            assert_eq!(field(&info, "Pages"), pages.to_string());
        }
    }
    if let Some(fonts) = filed.judge("pdffonts", &[], &[]) {
        for line in fonts.lines().skip(2) {
            let flags: Vec<&str> = line.split_whitespace().rev().skip(2).take(3).collect();
            assert_eq!(flags, ["yes"; 3], "not embedded, subset and readable: {line}");
        }
    }
    filed
}

#[test]
fn a_receipt_is_complete() {
    let filed = check_form(&render(&receipt()).unwrap(), "Ricevuta di pagamento R-2026-00004711", Some(1));
    if let Some(text) = filed.text(None) {
        for words in [
            "Camera di commercio di Valdarco",
            "Ricevuta di pagamento",
            "Autotrasporti Però & Figli S.r.l.",
            "Delibera 11/2016, art. 2, c. 1, punto 1.3",
            "Totale pagato",
            "94,56",
            "pagina 1 di 1",
        ] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
    }
    if let Some(codes) = filed.codes() {
        assert_eq!(codes, ["https://sportello.cciaa-valdarco.example/verifica/R-2026-00004711?h=9f2c41d07be8"]);
    }
}

#[test]
fn the_structure_tree_says_what_is_what() {
    let filed = Filed::new(&render(&receipt()).unwrap());
    let Some(tree) = filed.judge("pdfinfo", &["-struct-text"], &[]) else {
        return;
    };
    let squeezed = tree.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "H1 \"Ricevuta di pagamento\" (block) \"Ricevuta di pagamento\"",
        "L (block): /ListNumbering /None LI (block) Lbl (block) \"Numero\" LBody (block) \"R-2026-00004711\"",
        "H2 \"Dettaglio degli importi\"",
        "Table (block) Caption \"Voci pagate\" THead TR TH: /Scope /Column",
        "TBody TR TD \"1\" TD \"Quota fissa\"",
        "TFoot TR TH: /Scope /Row",
        "Figure: /BBox",
    ] {
        assert!(squeezed.contains(part), "{part} is missing in {squeezed}");
    }
    // The foot is read once, at the end.
    assert!(squeezed.ends_with("sportello.cciaa-valdarco.example/verifica.\""), "{squeezed}");
}

#[test]
fn a_long_table_repeats_its_header() {
    let filed = check_form(&render(&long_table()).unwrap(), "Elenco delle posizioni debitorie", None);
    let Some(info) = filed.judge("pdfinfo", &[], &[]) else {
        return;
    };
    let pages: usize = field(&info, "Pages").parse().unwrap();
    assert_eq!(pages, 10);
    let mut all = String::new();
    for page in 1..=pages {
        let Some(text) = filed.text(Some(page)) else {
            return;
        };
        assert_eq!(text.matches("Codice fiscale").count(), 1, "page {page}");
        assert!(text.contains(&format!("pagina {page} di {pages}")), "page {page}");
        all.push_str(&text);
    }
    for row in 1..=330 {
        let code = format!("RSSMRA{:02}A01H501{}", (row - 1) % 100, char::from(b'A' + ((row - 1) % 26) as u8));
        assert!(all.contains(&format!("{row:04}")) && all.contains(&code), "row {row}");
    }
}

#[test]
fn a_repeated_header_is_content_once() {
    let table = Block::Table(crate::samples::lines(60));
    let filed = Filed::new(&render(&Document { blocks: vec![table], ..receipt() }).unwrap());
    if let Some(tree) = filed.judge("pdfinfo", &["-struct-text"], &[]) {
        assert_eq!(tree.matches("\"Importo (€)\"").count(), 1);
    }
    if let Some(text) = filed.text(None) {
        assert_eq!(text.matches("Importo (€)").count(), 2);
    }
}

#[test]
fn a_total_is_never_alone() {
    // The first page has room for about thirty rows: one of these lengths ends at its foot.
    for rows in 26..34 {
        let mut document = long_table();
        for block in &mut document.blocks {
            if let Block::Table(table) = block {
                table.rows.truncate(rows);
            }
        }
        let filed = Filed::new(&render(&document).unwrap());
        let Some(info) = filed.judge("pdfinfo", &[], &[]) else {
            return;
        };
        let last = filed.text(field(&info, "Pages").parse().ok()).unwrap();
        assert!(last.contains("64.359,05") && last.contains(&format!("{rows:04}")), "{rows} rows: {last}");
    }
}

#[test]
fn every_kind_of_block_is_set() {
    let filed = check_form(&render(&specimen()).unwrap(), "Specimen of all blocks", Some(5));
    let Some(text) = filed.text(None) else {
        return;
    };
    assert!(text.contains("page 5 of 5"));
    let text = squeezed(&text);
    // Characters without glyphs are marked on paper and stay themselves in the text.
    for words in ["漢字", "🎉", "GregorvonÖtztal-Sölden", "IT60X0542811101000000123456", "11.Step11", "Timelimit"]
    {
        assert!(text.contains(words), "{words} is missing");
    }
    assert!(text.contains(&("https://example.org/".to_owned() + &"long-path/".repeat(14))));
}

#[test]
fn skipped_heading_levels_are_closed_up() {
    let blocks = [3, 5, 2, 1, 3].map(|level| Block::heading(level, format!("Level {level}")));
    let filed = Filed::new(&render(&Document { blocks: blocks.into(), ..receipt() }).unwrap());
    let Some(tree) = filed.judge("pdfinfo", &["-struct"], &[]) else {
        return;
    };
    let levels: Vec<&str> = tree.split_whitespace().filter(|word| word.starts_with('H') && word.len() == 2).collect();
    assert_eq!(levels, ["H1", "H2", "H2", "H1", "H2"]);
}

#[test]
fn a_notice_follows_the_guidelines() {
    for (language, title) in [(Language::Italian, "Avviso di pagamento"), (Language::English, "Payment notice")] {
        let title = format!("{title} 3010 0000 0000 0047 11");
        let filed = check_form(&notices::render(&notice(language)).unwrap(), &title, Some(1));
        if let Some(codes) = filed.codes() {
            assert_eq!(codes, ["PAGOPA|002|301000000000004711|80012345678|9456"]);
        }
        if let Some(tree) = filed.judge("pdfinfo", &["-struct"], &[]) {
            let sides: Vec<f32> = tree
                .split("/BBox [")
                .nth(1)
                .unwrap()
                .split(']')
                .next()
                .unwrap()
                .split_whitespace()
                .map(|number| number.parse().unwrap())
                .collect();
            for side in [sides[2] - sides[0], sides[3] - sides[1]] {
                assert!((side - 25.0 * 72.0 / 25.4).abs() < 0.05, "the code is {side} points wide");
            }
        }
        if let Some(text) = filed.text(None) {
            let places: Vec<usize> = ["Camera di commercio", "Autotrasporti", "Quota albo", "94,56 €", "app", "AB12C"]
                .iter()
                .map(|words| text.find(words).unwrap())
                .collect();
            assert!(places.is_sorted(), "{places:?}: the modules are out of order in {text}");
            assert!(text.replace('\u{a0}', " ").contains("3010 0000 0000 0047 11"), "{text}");
        }
        inside(&filed);
    }
}

#[test]
fn the_longest_notice_fits() {
    use papers::notice::{CREDITOR_LIMIT, LINE_LIMIT, LINES_LIMIT, NAME_LIMIT, OBJECT_LIMIT};
    let mut sheet = notice(Language::Italian);
    let wide = |count: usize| "Wagner Mammola ".repeat(9).chars().take(count).collect::<String>();
    sheet.object = wide(OBJECT_LIMIT);
    sheet.recipient.name = "W".repeat(NAME_LIMIT);
    sheet.recipient.address = vec![wide(LINE_LIMIT); LINES_LIMIT];
    sheet.creditor.name = wide(CREDITOR_LIMIT);
    sheet.creditor.department = wide(LINE_LIMIT);
    sheet.creditor.contacts = vec![wide(LINE_LIMIT); LINES_LIMIT];
    sheet.amount = "999.999.999,99 €".to_owned();
    inside(&Filed::new(&notices::render(&sheet).unwrap()));
}

/// Nothing is printed in the margin of 10 mm, give or take the fuzz of an edge.
fn inside(filed: &Filed) {
    if let Some([left, top, right, bottom]) = filed.ink() {
        assert!(left >= 9.8 && right <= 200.2, "{left} to {right} mm");
        assert!(top >= 9.8 && bottom <= 287.2, "{top} to {bottom} mm");
    }
}

#[test]
fn documents_keep_their_margins() {
    for document in [receipt(), long_table(), specimen()] {
        let filed = Filed::new(&render(&document).unwrap());
        for [left, _, right, _] in filed.words().unwrap_or_default() {
            assert!(left >= 56.5 && right <= 595.3 - 56.5, "{left} to {right}");
        }
    }
}

#[test]
fn a_row_higher_than_a_page_runs_on() {
    let long = "parola ".repeat(4000);
    let mut table = crate::samples::lines(3);
    table.rows[1][1] = long.as_str().into();
    let document = Document { blocks: vec![Block::Table(table)], ..receipt() };
    let filed = check_form(&render(&document).unwrap(), &receipt().title, None);
    if let Some(text) = filed.text(None) {
        assert_eq!(text.matches("parola").count(), 4000);
    }
}

#[test]
fn a_callout_and_columns_higher_than_a_page_run_on() {
    let long = "parola ".repeat(3000);
    let side = || vec![Block::paragraph(long.as_str())];
    let blocks = vec![
        Block::callout("Nota", long.as_str()),
        Block::Columns { left: side(), right: side(), left_share: 40 },
        Block::KeepTogether(side()),
    ];
    let filed = Filed::new(&render(&Document { blocks, ..receipt() }).unwrap());
    if let Some(text) = filed.text(None) {
        assert_eq!(text.matches("parola").count(), 12_000);
    }
}

#[test]
fn a_paper_without_a_letterhead_or_content_is_a_paper() {
    let bare = Document { header: None, footer: String::new(), blocks: Vec::new(), ..receipt() };
    check_form(&render(&bare).unwrap(), &bare.title, Some(1));
    let titled =
        Document { header: Some(header()), blocks: vec![Block::Paragraph(vec![Run::bold("Solo testo")])], ..bare };
    check_form(&render(&titled).unwrap(), &titled.title, Some(1));
}
