//! Imports: what is checked, what is applied, what is left.

use crate::common::{FIVE, MANY, Portal, demo};
use desk_dues::import::{self, ApplyImport, ImportError, ImportKind, ImportState, RowError};
use desk_dues::{fee, fleet};
use sportello_core::access::Role;
use sportello_core::jobs::Job as _;
use sportello_core::{Error, people};

const FIRMS: &str = "codice_fiscale;numero_albo;denominazione;indirizzo;iscritta_dal;cancellata_dal";
const FLEET: &str = "codice_fiscale;targa;tipo;massa_kg";

fn file(header: &str, rows: &[&str]) -> Vec<u8> {
    format!("{header}\n{}\n", rows.join("\n")).into_bytes()
}

fn reasons(errors: &[RowError]) -> Vec<(u64, &str, &str, &str)> {
    errors.iter().map(|e| (e.line, e.column.as_str(), e.found.as_str(), e.reason.as_str())).collect()
}

#[tokio::test]
async fn the_demonstration_has_no_faults() {
    let portal = Portal::open().await;
    let firms = portal.import(ImportKind::Firms, None, &demo("firms.csv")).await;
    assert_eq!((firms.good, firms.bad), (40, 0), "{:?}", firms.report());
    for (year, file) in [(2017, "fleet-2017.csv"), (2027, "fleet-2027.csv")] {
        let fleets = portal.import(ImportKind::Fleet, Some(year), &demo(file)).await;
        assert!(fleets.good > 600 && fleets.bad == 0, "{:?}", fleets.report());
        assert_eq!(fleet::of(&portal.system(), portal.firm(MANY).await, year).await.unwrap().len(), 201);
    }
    let sole = people::get(&portal.system(), portal.firm("NVNPLA90M08D6NLR").await).await.unwrap();
    assert_eq!((sole.name.as_str(), sole.albo_number.as_str()), ("Inventato Paolo", "TN/0022076/E"));
}

#[tokio::test]
async fn faults_of_firms_are_named_with_line_and_cell_and_without_personal_data() {
    let portal = Portal::open().await;
    portal.import(ImportKind::Firms, None, &demo("firms.csv")).await;
    let long = "x".repeat(201);
    let rows = [
        "12345670017;rm 5 a;  Nuova   Impresa ;Via Nuova 1;19/11/2016;",
        "PRVMRA71C12D620X;RM/6/A;Prova;;2016-11-19;",
        "12345670017;RM/7/A;Doppia;;2016-11-19;",
        "00743110157;RM/0001234/A;Numero altrui;;2016-11-19;",
        "01199250158;XX/8/A;;;2016-02-30;",
        &format!("01199250158;RM/9/A;{long};;x;"),
        "01199250158;RM/10/A;Ordine;;2016-11-19;2016-11-18",
        "01199250158;RM/11/A;Corta;2016-11-19",
        ";;;;;",
        "01199250158;RM/0000005/A;Numero doppio;;2016-11-19;",
    ];
    let cx = portal.admin();
    let preview = import::preview(&cx, ImportKind::Firms, Some(2017), "a\u{7}.csv", file(FIRMS, &rows)).await.unwrap();
    assert_eq!((preview.good, preview.bad, preview.year, preview.file_name.as_str()), (1, 8, None, "a.csv"));
    let expected = [
        (3, "codice_fiscale", "PRV…", "import-row-tax-code-check-character"),
        (4, "codice_fiscale", "123…", "import-row-twice"),
        (5, "numero_albo", "RM/0001234/A", "import-row-albo-taken"),
        (6, "numero_albo", "XX/8/A", "import-row-albo-province"),
        (6, "denominazione", "", "import-row-empty"),
        (6, "iscritta_dal", "2016-02-30", "import-row-date-no-such-day"),
        (7, "denominazione", "xxx…", "import-row-too-long"),
        (7, "iscritta_dal", "x", "import-row-date-form"),
        (8, "codice_fiscale", "011…", "import-row-twice"),
        (8, "cancellata_dal", "2016-11-18", "import-row-date-order"),
        (9, "", "4", "import-row-cells"),
        (11, "codice_fiscale", "011…", "import-row-twice"),
        (11, "numero_albo", "RM/0000005/A", "import-row-twice"),
    ];
    assert_eq!(reasons(&preview.report().errors), expected);
    for error in preview.report().errors {
        assert!(cx.texts().has(&error.reason), "{}", error.reason);
    }

    import::apply(&cx, preview.id).await.unwrap();
    let firm = people::get(&cx, portal.firm("12345670017").await).await.unwrap();
    assert_eq!((firm.name.as_str(), firm.albo_number.as_str()), ("Nuova Impresa", "RM/0000005/A"));
    assert_eq!((firm.enrolled_on.as_str(), firm.removed_on), ("2016-11-19", None));
    assert_eq!(portal.number("SELECT count(*) AS n FROM firms").await, 41);
}

#[tokio::test]
async fn faults_of_vehicles_are_named() {
    let portal = Portal::with_demo().await;
    let rows = [
        "00001015015;AB 123 CD;Autocarro;12000",
        "0000000001015015;AB124CD;TRATTORE;26000",
        "00743110157;AB125CD;autocarro;1",
        "00001015015;ab123cd;autocarro;1",
        "00001015015;A?;moto;3.500",
        "00001015015;AB126CD;rimorchio;100001",
        "0743110157;AB127CD;rimorchio;0",
    ];
    let cx = portal.admin();
    let preview = import::preview(&cx, ImportKind::Fleet, Some(2018), "f.csv", file(FLEET, &rows)).await.unwrap();
    let expected = [
        (4, "codice_fiscale", "007…", "import-row-unknown-firm"),
        (5, "targa", "ab…", "import-row-twice"),
        (6, "targa", "A?", "import-row-plate-illegal-character"),
        (6, "tipo", "moto", "import-row-kind"),
        (6, "massa_kg", "3.500", "import-row-mass-form"),
        (7, "massa_kg", "100001", "import-row-mass-range"),
        (8, "codice_fiscale", "074…", "import-row-tax-code-length"),
        (8, "massa_kg", "0", "import-row-mass-range"),
    ];
    assert_eq!(reasons(&preview.report().errors), expected);
    assert_eq!((preview.good, preview.bad), (2, 5));
    for error in preview.report().errors {
        assert!(cx.texts().has(&error.reason), "{}", error.reason);
    }
    let csv = String::from_utf8(import::errors_csv(&cx, &preview)).unwrap();
    assert!(csv.starts_with("\u{feff}riga;colonna;valore;motivo\n4;codice_fiscale;007…;"), "{csv}");
    assert_eq!(csv.lines().count(), 9);
}

#[tokio::test]
async fn only_the_first_faults_are_kept_and_all_are_counted() {
    let portal = Portal::open().await;
    let rows: Vec<String> = (0..2_000).map(|n| format!("=CMD{n};;;;;")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let cx = portal.admin();
    let preview = import::preview(&cx, ImportKind::Firms, None, "bad.csv", file(FIRMS, &rows)).await.unwrap();
    let report = preview.report();
    assert_eq!((preview.good, preview.bad, report.errors.len(), report.errors_total), (0, 2_000, 500, 8_000));
    let csv = String::from_utf8(import::errors_csv(&cx, &preview)).unwrap();
    assert!(csv.contains(";'=CM…;") && !csv.contains(";=CM"), "{}", &csv[..300]);
}

#[tokio::test]
async fn suspensions_come_with_columns_of_their_own_which_are_missed_while_somebody_is_suspended() {
    let portal = Portal::with_demo().await;
    let cx = portal.admin();
    let with = format!("{FIRMS};sospesa_dal;sospesa_al");
    let row = "00001015015;RM/0001234/A;Autotrasporti Esempio S.r.l.;;2004-06-23;";
    let faults = [
        &format!("{row};2004-06-22;") as &str,
        "12345670017;RM/5/A;Nuova;;2016-11-19;;2017-02-02;2017-02-01",
        "01199250158;RM/10/A;Altra;;2016-11-19;;;2017-02-01",
    ];
    let refused = import::preview(&cx, ImportKind::Firms, None, "a.csv", file(&with, &faults)).await.unwrap();
    let expected = [
        (2, "sospesa_dal", "2004-06-22", "import-row-suspended-early"),
        (3, "sospesa_al", "2017-02-01", "import-row-suspended-order"),
        (4, "sospesa_al", "2017-02-01", "import-row-suspended-start"),
    ];
    assert_eq!(reasons(&refused.report().errors), expected);
    assert!(refused.report().errors.iter().all(|error| cx.texts().has(&error.reason)));
    let half = file(&format!("{FIRMS};sospesa_dal"), &[&format!("{row};2017-02-01")]);
    let half = import::preview(&cx, ImportKind::Firms, None, "a.csv", half).await.unwrap_err();
    assert_eq!(half.to_string(), "the column `sospesa_al` is missing");

    let suspended = async || {
        let firm = people::get(&cx, portal.firm(FIVE).await).await.unwrap();
        (firm.suspended_from, firm.suspended_until)
    };
    let days = (Some("2017-02-01".to_owned()), Some("2017-03-31".to_owned()));
    portal.import(ImportKind::Firms, None, &file(&with, &[&format!("{row};01/02/2017;2017-03-31")])).await;
    assert_eq!(suspended().await, days);
    let silent = import::preview(&cx, ImportKind::Firms, None, "a.csv", file(FIRMS, &[row])).await.unwrap_err();
    assert!(matches!(silent, ImportError::NoSuspensions) && cx.texts().has(silent.text_key()), "{silent}");
    assert_eq!(suspended().await, days);
    portal.import(ImportKind::Firms, None, &file(&with, &[&format!("{row};2017-02-01;2017-02-02")])).await;
    assert_eq!(suspended().await.1.as_deref(), Some("2017-02-02"));
    portal.import(ImportKind::Firms, None, &file(FIRMS, &[row])).await;
    assert_eq!(suspended().await, (None, None), "it had ended");
}

#[tokio::test]
async fn an_import_is_applied_once_and_brings_firms_up_to_date() {
    let portal = Portal::with_demo().await;
    let id = portal.firm(FIVE).await;
    let rows = ["00001015015;RM/0009999/Z;Autotrasporti Esempio S.p.A.;Via Nuova 1;2004-06-23;2018-01-01"];
    let cx = portal.admin();
    let preview = import::preview(&cx, ImportKind::Firms, None, "one.csv", file(FIRMS, &rows)).await.unwrap();
    assert_eq!(preview.state(), ImportState::Preview);
    let before = people::get(&cx, id).await.unwrap();
    assert_eq!(before.albo_number, "RM/0001234/A", "a preview changes nothing");
    for _ in 0..2 {
        let applied = import::apply(&cx, preview.id).await.unwrap();
        assert_eq!((applied.state(), applied.good, applied.bad), (ImportState::Applied, 1, 0));
    }
    ApplyImport { import: preview.id }.run(&portal.system()).await.unwrap();
    let after = people::get(&cx, id).await.unwrap();
    assert_eq!((after.name.as_str(), after.albo_number.as_str()), ("Autotrasporti Esempio S.p.A.", "RM/0009999/Z"));
    assert_eq!(after.removed_on.as_deref(), Some("2018-01-01"));
    assert_eq!(portal.number("SELECT count(*) AS n FROM firms").await, 40);
    assert_eq!(portal.number("SELECT count(*) AS n FROM imports WHERE content IS NOT NULL").await, 0);
    assert_eq!(portal.number("SELECT count(*) AS n FROM audit WHERE operation = 'import'").await, 6);
    assert!(matches!(import::drop_preview(&cx, preview.id).await, Err(ImportError::Applied)));
}

#[tokio::test]
async fn the_file_is_checked_again_when_it_is_applied() {
    let portal = Portal::with_demo().await;
    let cx = portal.admin();
    let rows = ["01199250158;RM/0000077/A;Prima;;2010-01-01;"];
    let early = import::preview(&cx, ImportKind::Firms, None, "a.csv", file(FIRMS, &rows)).await.unwrap();
    let rows = ["00743110157;RM/0000077/A;Seconda;;2010-01-01;"];
    portal.import(ImportKind::Firms, None, &file(FIRMS, &rows)).await;
    let applied = import::apply(&cx, early.id).await.unwrap();
    assert_eq!((early.good, applied.good, applied.bad), (1, 0, 1), "the number was given away meanwhile");
    assert_eq!(applied.report().errors[0].reason, "import-row-albo-taken");
}

#[tokio::test]
async fn a_fleet_replaces_the_whole_fleet_of_the_firm_and_year() {
    let portal = Portal::with_demo().await;
    portal.import(ImportKind::Fleet, Some(2027), &demo("fleet-2027.csv")).await;
    let rows = ["00001015015;GA350AA;trattore;3600", "00001015015;GB111BB;autocarro;9000"];
    let applied = portal.import(ImportKind::Fleet, Some(2017), &file(FLEET, &rows)).await;
    assert_eq!((applied.good, applied.report().removed), (2, 4));
    let cx = portal.system();
    let five = portal.firm(FIVE).await;
    let fleet = fleet::of(&cx, five, 2017).await.unwrap();
    let fleet: Vec<_> = fleet.iter().map(|v| (v.plate.as_str(), v.kind.key(), v.mass_kg)).collect();
    assert_eq!(fleet, [("GA350AA", "tractor", 3600), ("GB111BB", "lorry", 9000)]);
    assert_eq!(fleet::of(&cx, five, 2027).await.unwrap().len(), 5, "another year");
    assert_eq!(fleet::of(&cx, portal.firm(MANY).await, 2017).await.unwrap().len(), 201, "another firm");
}

#[tokio::test]
async fn fleets_of_firms_that_have_paid_are_left_and_reported() {
    let portal = Portal::with_demo().await;
    let (five, many) = (portal.firm(FIVE).await, portal.firm(MANY).await);
    let charge = fee::charge_for(&portal.system(), five, 2017).await.unwrap();
    fee::charge_for(&portal.system(), many, 2017).await.unwrap();
    portal.pay(&charge, "receipt-1").await;
    let many_row = format!("{MANY};GB222BB;autocarro;9000");
    let rows = ["00001015015;GB111BB;autocarro;9000", "00001015015;GB112BB;autocarro;9000", many_row.as_str()];
    let applied = portal.import(ImportKind::Fleet, Some(2017), &file(FLEET, &rows)).await;
    let report = applied.report();
    assert_eq!((applied.good, applied.bad, report.left_total), (1, 0, 1));
    assert_eq!((report.left[0].firm, report.left[0].line), (five, 2));
    assert_eq!((report.removed, report.open_charges), (201, 1));
    assert_eq!(fleet::of(&portal.system(), five, 2017).await.unwrap().len(), 5);
    assert_eq!(fleet::of(&portal.system(), many, 2017).await.unwrap().len(), 1);
}

#[tokio::test]
async fn files_that_cannot_be_read_are_refused_as_a_whole() {
    let portal = Portal::open().await;
    let cx = portal.admin();
    let refused = |kind, year, bytes: &[u8]| {
        let (cx, bytes) = (cx.clone(), bytes.to_vec());
        async move { import::preview(&cx, kind, year, "x.csv", bytes).await.unwrap_err() }
    };
    let latin = b"codice_fiscale;targa;tipo;massa_kg\nPer\xF2;;;\n";
    assert!(matches!(refused(ImportKind::Fleet, Some(2017), latin).await, ImportError::NotUtf8 { line: 2 }));
    assert!(matches!(refused(ImportKind::Fleet, None, FLEET.as_bytes()).await, ImportError::NoYear));
    assert!(matches!(refused(ImportKind::Fleet, Some(2016), FLEET.as_bytes()).await, ImportError::NoSuchYear(2016)));
    assert!(matches!(refused(ImportKind::Fleet, Some(2017), FLEET.as_bytes()).await, ImportError::NoRows));
    assert!(
        matches!(refused(ImportKind::Firms, None, FLEET.as_bytes()).await, ImportError::UnknownColumn(c) if c == "targa")
    );
    let errors = [
        ImportError::NoRows,
        ImportError::TooLarge,
        ImportError::NotUtf8 { line: 1 },
        ImportError::UnknownColumn("x".to_owned()),
        ImportError::MissingColumn("x"),
        ImportError::ColumnTwice("x"),
        ImportError::NoYear,
        ImportError::NoSuchYear(1),
        ImportError::NoSuchImport,
        ImportError::Dropped,
        ImportError::Applied,
        ImportError::Ground(Error::Stopped("x")),
    ];
    for error in errors {
        assert!(cx.texts().has(error.text_key()), "{}", error.text_key());
    }
}

#[tokio::test]
async fn what_is_dropped_cannot_be_applied() {
    let portal = Portal::open().await;
    let cx = portal.admin();
    let preview = import::preview(&cx, ImportKind::Firms, None, "firms.csv", demo("firms.csv")).await.unwrap();
    for _ in 0..2 {
        import::drop_preview(&cx, preview.id).await.unwrap();
    }
    assert!(matches!(import::apply(&cx, preview.id).await, Err(ImportError::Dropped)));
    assert_eq!(portal.number("SELECT count(*) AS n FROM firms").await, 0);
    assert_eq!(import::latest(&cx).await.unwrap()[0].state(), ImportState::Dropped);
    assert!(matches!(import::apply(&cx, import::ImportId(1)).await, Err(ImportError::NoSuchImport)));
}

#[tokio::test]
async fn only_administrators_import() {
    let portal = Portal::open().await;
    for role in [Role::FirstLevel, Role::SecondLevel, Role::Committee] {
        let cx = portal.operator(role);
        let refused = import::preview(&cx, ImportKind::Firms, None, "firms.csv", demo("firms.csv")).await;
        assert!(matches!(refused, Err(ImportError::Ground(Error::Forbidden { .. }))), "{role:?}");
    }
}

#[tokio::test]
async fn a_large_file_takes_linear_time() {
    let portal = Portal::open().await;
    let firms = |count: u32| {
        let rows: Vec<String> =
            (1..=count).map(|n| format!("{};RM/{n}/A;Impresa {n};;2010-01-01;", tax_code(n))).collect();
        format!("{FIRMS}\n{}\n", rows.join("\n")).into_bytes()
    };
    let applied = portal.import(ImportKind::Firms, None, &firms(20_000)).await;
    assert_eq!((applied.good, applied.bad), (20_000, 0));
    let again = portal.import(ImportKind::Firms, None, &firms(20_000)).await;
    assert_eq!((again.good, again.bad), (20_000, 0));
    assert_eq!(portal.number("SELECT count(*) AS n FROM firms").await, 20_000);
    assert_eq!(portal.number("SELECT count(DISTINCT albo_number) AS n FROM firms").await, 20_000);
}

/// An invented company's code: the check digit is that of Luhn.
fn tax_code(serial: u32) -> String {
    let digits = format!("{serial:07}501");
    let check = (0..10).map(|check| format!("{digits}{check}")).find(|code| italia::FiscalCode::parse(code).is_ok());
    check.unwrap()
}
