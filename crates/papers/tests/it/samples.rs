//! Realistic papers, for tests, benches and the specimen example.

use papers::{Block, Cell, Column, Document, Header, KeyValue, Language, Run, Table};

/// The letterhead of an invented chamber of commerce.
pub fn header() -> Header {
    Header {
        organisation: "Camera di commercio di Valdarco".to_owned(),
        department: "Sportello telematico – Servizio tributi e diritti".to_owned(),
        address: vec![
            "Piazza della Vittoria 1, 00100 Valdarco (VA)".to_owned(),
            "sportello@pec.cciaa-valdarco.example".to_owned(),
            "C.F. 80012345678 – IPA cciaa_va".to_owned(),
        ],
    }
}

/// A payment receipt of one page.
pub fn receipt() -> Document {
    receipt_numbered(4711)
}

/// The same with another number, so that no two are equal.
pub fn receipt_numbered(number: u32) -> Document {
    let code = format!("R-2026-{number:08}");
    Document {
        title: format!("Ricevuta di pagamento {code}"),
        language: Language::Italian,
        subject: "Quota di iscrizione all'albo per l'anno 2026".to_owned(),
        author: "Camera di commercio di Valdarco".to_owned(),
        created: "2026-03-02T09:41:07Z".parse().expect("a good instant"),
        header: Some(header()),
        footer: format!(
            "Ricevuta {code}. Documento informatico prodotto dal sistema di sportello: \
             l'autenticità si verifica con il codice QR o su sportello.cciaa-valdarco.example/verifica."
        ),
        blocks: vec![
            Block::heading(1, "Ricevuta di pagamento"),
            Block::Paragraph(vec![
                Run::plain("Attestiamo di avere ricevuto il pagamento descritto qui sotto, eseguito con "),
                Run::bold("pagoPA"),
                Run::plain(" e riferito all'avviso "),
                Run::mono("3010\u{a0}0000\u{a0}0000\u{a0}0047\u{a0}11"),
                Run::plain(". La ricevuta ha valore liberatorio per il debitore."),
            ]),
            Block::KeyValues(vec![
                KeyValue::new("Numero", Run::mono(code.as_str())),
                KeyValue::new("Data e ora del pagamento", "2 marzo 2026, 10:40"),
                KeyValue::new("Debitore", Run::bold("Autotrasporti Però & Figli S.r.l.")),
                KeyValue::new("Codice fiscale", Run::mono("01234567890")),
                KeyValue::new("Prestatore di servizi di pagamento", "Banca dell'Appennino S.p.A. (BAPPIT21)"),
                KeyValue::new("Identificativo univoco (IUV)", Run::mono("01000000000004711")),
            ]),
            Block::heading(2, "Dettaglio degli importi"),
            Block::Table(lines(5)),
            Block::KeepTogether(vec![
                Block::heading(2, "Verifica"),
                Block::Columns {
                    left: vec![Block::qr_code(
                        format!("https://sportello.cciaa-valdarco.example/verifica/{code}?h=9f2c41d07be8"),
                        "Codice QR con l'indirizzo della pagina che verifica questa ricevuta",
                        28,
                    )],
                    right: vec![
                        Block::paragraph(
                            "Inquadrare il codice per confrontare questa ricevuta con quella conservata dallo \
                             sportello. La pagina mostra numero, data, importo e impronta del documento.",
                        ),
                        Block::callout(
                            "Conservare per dieci anni",
                            "La ricevuta si può scaricare di nuovo in ogni momento dalla pagina «I miei pagamenti».",
                        ),
                    ],
                    left_share: 20,
                },
            ]),
        ],
    }
}

/// The lines of a receipt.
pub fn lines(count: usize) -> Table {
    const KINDS: [(&str, &str, &str); 5] = [
        ("Quota fissa", "Delibera 11/2016, art. 2, c. 1, punto 1.1", "30,00"),
        ("Quota per dimensione del parco: 6-10 veicoli", "Delibera 11/2016, art. 2, c. 1, punto 1.2", "10,33"),
        ("Veicoli da 6.001 a 11.500 kg: 2 × 5,16 €", "Delibera 11/2016, art. 2, c. 1, punto 1.3", "10,32"),
        ("Veicoli da 11.501 a 26.000 kg: 3 × 7,75 €", "Delibera 11/2016, art. 2, c. 1, punto 1.3", "23,25"),
        ("Veicoli oltre 26.000 kg: 2 × 10,33 €", "Delibera 11/2016, art. 2, c. 1, punto 1.3", "20,66"),
    ];
    let row = |number: usize| {
        let (what, law, amount) = KINDS[number % KINDS.len()];
        vec![Cell::from((number + 1).to_string()), what.into(), law.into(), amount.into()]
    };
    Table {
        caption: "Voci pagate".to_owned(),
        columns: vec![
            Column::right("N.", 6),
            Column::left("Voce", 42),
            Column::left("Fonte", 36),
            Column::right("Importo (€)", 16),
        ],
        rows: (0..count).map(row).collect(),
        total: Some(vec!["".into(), "Totale pagato".into(), "".into(), "94,56".into()]),
    }
}

/// A table over about ten pages.
pub fn long_table() -> Document {
    let rows = (0..330).map(|number| {
        vec![
            Cell::from(format!("{:04}", number + 1)),
            format!("Impresa individuale {}", ["Rossi", "D'Amico", "Nuñez", "Šimić", "Müller"][number % 5]).into(),
            Run::mono(format!("RSSMRA{:02}A01H501{}", number % 100, char::from(b'A' + (number % 26) as u8))).into(),
            ["in regola", "da versare", "sospesa"][number % 3].into(),
            format!("{},{:02}", 30 + number, number % 100).into(),
        ]
    });
    Document {
        title: "Elenco delle posizioni debitorie".to_owned(),
        blocks: vec![
            Block::heading(1, "Elenco delle posizioni debitorie"),
            Block::paragraph("Posizioni aperte alla data di riferimento, in ordine di iscrizione."),
            Block::Table(Table {
                caption: "Posizioni al 27 ottobre 2026".to_owned(),
                columns: vec![
                    Column::left("Iscrizione", 14),
                    Column::left("Denominazione", 34),
                    Column::left("Codice fiscale", 26),
                    Column::left("Stato", 14),
                    Column::right("Dovuto (€)", 14),
                ],
                rows: rows.collect(),
                total: Some(vec!["".into(), "Totale".into(), "".into(), "".into(), "64.359,05".into()]),
            }),
        ],
        ..receipt()
    }
}

/// A paper with every kind of block, in English.
pub fn specimen() -> Document {
    let prose = "The chamber keeps the register of enterprises of its district. Anyone may ask for an extract, \
                 which lists what the register says on a day, and may have the extract checked later by its code. ";
    Document {
        title: "Specimen of all blocks".to_owned(),
        language: Language::English,
        subject: "Typography".to_owned(),
        footer: "Specimen sheet.".to_owned(),
        blocks: vec![
            Block::heading(1, "Extract from the register, with a title long enough to need a second line"),
            Block::paragraph(prose.repeat(2)),
            Block::heading(3, "A skipped level"),
            Block::Paragraph(vec![
                Run::plain("Missing: 漢字 🎉 \u{e000}, accents: àèéìòù ÀÈÉÌÒÙ čšž ß ñ œ € “quoted” l’apostrofo; "),
                Run::bold("bold text that follows"),
                Run::plain(", then "),
                Run::mono("IT60X0542811101000000123456"),
                Run::plain(".\nA line that was asked for. "),
                Run::mono("https://example.org/".to_owned() + &"long-path/".repeat(14)),
            ]),
            Block::List {
                ordered: false,
                items: vec![vec!["First".into()], vec![prose.into()], vec![Run::bold("Third"), " of three".into()]],
            },
            Block::List { ordered: true, items: (1..=11).map(|n| vec![format!("Step {n}").into()]).collect() },
            Block::Rule,
            Block::callout("Time limit", prose.repeat(2)),
            Block::heading(2, "Parties"),
            Block::Columns {
                left: vec![
                    Block::heading(3, "Seller"),
                    Block::paragraph(prose),
                    Block::KeyValues(vec![
                        KeyValue::new("Name", "Anna Esposito"),
                        KeyValue::new("Tax code", Run::mono("SPSNNA80A41F839X")),
                    ]),
                ],
                right: vec![
                    Block::heading(3, "Buyer"),
                    Block::paragraph(prose),
                    Block::KeyValues(vec![
                        KeyValue::new("Name", "Gregor von Ötztal-Sölden"),
                        KeyValue::new("A label that is longer than its room", "A value"),
                    ]),
                ],
                left_share: 50,
            },
            Block::Spacer { mm: 10 },
            Block::qr_code("https://example.org/check/1", "Code that leads to the check of this paper", 40),
            Block::Table(lines(40)),
            Block::PageBreak,
            Block::heading(2, "After the break"),
            Block::paragraph(prose.repeat(20)),
            Block::paragraph(prose.repeat(20)),
        ],
        ..receipt()
    }
}

/// A payment notice.
pub fn notice(language: Language) -> papers::notice::PaymentNotice {
    use papers::notice::{Creditor, NoticeLabels, PaymentNotice, Recipient};
    PaymentNotice {
        labels: NoticeLabels::new(language),
        language,
        created: "2026-01-15T08:00:00Z".parse().expect("a good instant"),
        creditor: Creditor {
            name: "Camera di commercio di Valdarco".to_owned(),
            department: "Servizio tributi e diritti".to_owned(),
            tax_code: "80012345678".to_owned(),
            contacts: vec![
                "sportello.cciaa-valdarco.example".to_owned(),
                "sportello@pec.cciaa-valdarco.example".to_owned(),
            ],
        },
        recipient: Recipient {
            name: "Autotrasporti Però & Figli S.r.l.".to_owned(),
            tax_code: "01234567890".to_owned(),
            address: vec!["Via dei Mille 22".to_owned(), "00100 Valdarco (VA)".to_owned()],
        },
        object: "Quota albo autotrasportatori 2026".to_owned(),
        amount: "94,56 €".to_owned(),
        due: Some("31/12/2026".to_owned()),
        notice_number: "301000000000004711".to_owned(),
        qr_payload: "PAGOPA|002|301000000000004711|80012345678|9456".to_owned(),
        cbill: Some("AB12C".to_owned()),
    }
}
