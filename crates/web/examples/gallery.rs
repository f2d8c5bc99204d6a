//! Writes a gallery of every component in every state: `cargo run -p web --example gallery -- FOLDER`.
//!
//! The pages are looked at by eye, and checked by the browser harness under `e2e/`.

use std::path::PathBuf;

use askama::Template;
use sportello_core::texts::Language;
use web::form::{Checkbox, Choice, Choices, ErrorSummary, Field, PasswordRule, PasswordRules, RuleTest};
use web::parts::{Badge, Card, Delivery, Moment, Steps, SummaryRow, Task, TimelineItem, Tone};
use web::shell::{Crumb, Flash, NavItem, Shell, UserBadge};
use web::table::{Cell, Pages, Table};

type Failure = Box<dyn std::error::Error>;

#[derive(Template)]
#[template(path = "gallery/home.html")]
struct Home {
    shell: Shell,
    cards: Vec<Card>,
    table: Table,
    pages: Pages,
}

#[derive(Template)]
#[template(path = "gallery/form.html")]
struct Form {
    shell: Shell,
    steps: Steps,
    summary: ErrorSummary,
    fields: Vec<Field>,
    province: Choices,
    password: Field,
    rules: PasswordRules,
    plain: Choices,
    cards: Choices,
    several: Choices,
    consent: Checkbox,
}

#[derive(Template)]
#[template(path = "gallery/case.html")]
struct Case {
    shell: Shell,
    timeline: Vec<TimelineItem>,
    deliveries: Vec<Delivery>,
    tasks: Vec<Task>,
}

#[derive(Template)]
#[template(path = "gallery/messages.html")]
struct Messages {
    shell: Shell,
    badges: Vec<Badge>,
    rows: Vec<SummaryRow>,
    table: Table,
}

fn shell(lang: &'static str, theme: &str, title: &str) -> Result<Shell, Failure> {
    let language = if lang == "it" { Language::Italian } else { Language::English };
    let owned = str::to_owned;
    let nav = |label: &str, active| NavItem { label: owned(label), href: owned("/albo/"), active };
    Ok(Shell {
        other_lang_url: owned("?lang=en"),
        title: owned(title),
        base: owned("/albo"),
        theme_class: owned(theme),
        tenant_name: owned("Sportello dell’Albo"),
        tenant_tagline: owned("Iscrizione e quote degli autotrasportatori"),
        owner_name: owned("Comitato centrale per l’Albo"),
        owner_url: owned("/"),
        sign_in_url: Some(owned("/albo/accesso")),
        sign_out_url: owned("/albo/uscita"),
        nav: vec![nav("Servizi", true), nav("Pagamenti", false), nav("Regolarità", false), nav("Assistenza", false)],
        breadcrumb: vec![
            Crumb { label: owned("Home"), href: Some(owned("/albo/")) },
            Crumb { label: owned(title), href: None },
        ],
        help_phone: Some(owned("800 123 456")),
        help_hours: Some(owned("Dal lunedì al venerdì, dalle 8 alle 20")),
        help_email: Some(owned("assistenza@albo.example")),
        accessibility_url: owned("/albo/accessibilita"),
        privacy_url: owned("/albo/privacy"),
        checked_on: owned("21 novembre 2026"),
        version: owned("0.1.0"),
        ..Shell::new(web::texts::of(language)?, lang, web::assets::url)
    })
}

fn user() -> Option<UserBadge> {
    Some(UserBadge { name: "Autotrasporti Rossi S.r.l.".to_owned(), detail: "Matricola MI/7654321/A".to_owned() })
}

fn home(lang: &'static str, theme: &str) -> Result<Home, Failure> {
    let card = |title: &str, text: &str, icon| Card {
        title: title.to_owned(),
        text: text.to_owned(),
        href: "/albo/".to_owned(),
        icon,
    };
    let mut shell = shell(lang, theme, "I servizi")?;
    shell.breadcrumb.clear();
    shell.is_demo_banner = Some("Dimostrazione: i dati sono di fantasia.".to_owned());
    shell.notices = vec!["Giovedì 26 novembre, dalle 22 alle 23, il servizio è fermo per manutenzione.".to_owned()];
    let table = Table::new("Quote annuali")
        .column("Anno")
        .column("Stato")
        .column("Scadenza")
        .numbers("Importo")
        .column("Azione");
    let row = |year: &str, tone, state: &str, action: &str| {
        [
            Cell::text(year),
            Cell::badge(tone, state),
            Cell::text("31 dicembre 2026"),
            Cell::text("1.234,56 €"),
            Cell::link(action, "/albo/quota").context(format!("della quota {year}")),
        ]
    };
    Ok(Home {
        shell,
        cards: vec![
            card("Registra la tua impresa", "Con la casella PEC iscritta nel Registro delle imprese.", "it-pa"),
            card("Paga la quota", "Calcoliamo l’importo dal parco veicoli e ti spieghiamo ogni riga.", "it-card"),
            card("Scarica le ricevute", "Le ricevute di pagamento degli ultimi dieci anni.", "it-download"),
            card("Verifica un’impresa", "Se è in regola con il versamento della quota.", "it-search"),
        ],
        table: table
            .row(row("2027", Tone::Info, "Da pagare", "Paga"))
            .row(row("2026", Tone::Warning, "In attesa", "Dettagli"))
            .row(row("2025", Tone::Success, "Pagata", "Ricevuta")),
        pages: Pages { current: 4, total: 12, href: "?pagina=".to_owned() },
    })
}

fn form(lang: &'static str, theme: &str, wrong: bool) -> Result<Form, Failure> {
    let error = |text: &str| wrong.then(|| text.to_owned());
    let fields = vec![
        Field::text("name", "Denominazione")
            .hint("Come è scritta nel Registro delle imprese")
            .value("Rossi & figli \"S.n.c.\""),
        Field::text("tax_code", "Codice fiscale dell’impresa")
            .width("w-medium")
            .hint("11 cifre, oppure 16 caratteri per una ditta individuale")
            .value("0123456789")
            .error(error("Il codice fiscale ha 10 cifre: ne servono 11")),
        Field::email("pec", "Indirizzo PEC")
            .value("rossi@pec")
            .error(error("Scrivi l’indirizzo per intero, per esempio nome@pec.it")),
        Field::tel("phone", "Telefono cellulare").prefix("+39").optional(),
        Field::code("code", "Codice ricevuto per SMS")
            .hint("Vale fino alle 10:35. Puoi chiederne un altro dopo le 10:35."),
        Field::date("date", "Data di iscrizione"),
        Field::textarea("note", "Messaggio per l’ufficio").optional().value("\nPrima riga dopo una vuota"),
        Field::file("document", "Documento d’identità, fronte")
            .hint("PDF, JPEG o PNG, al massimo 10 MB")
            .accept("application/pdf,image/jpeg,image/png")
            .error(error("Il documento è vuoto: sceglilo di nuovo")),
        Field::text("fixed", "Matricola").value("MI/7654321/A").readonly().width("w-medium"),
    ];
    let password = Field::new_password("password", "Scegli una password").error(error("La password è troppo corta"));
    let rules = vec![
        PasswordRule::new("avere almeno 8 caratteri", RuleTest::Min(8)).unmet(wrong),
        PasswordRule::new("avere almeno una cifra", RuleTest::Has("[0-9]".to_owned())),
        PasswordRule::new("non contenere il nome dell’impresa", RuleTest::Lacks("rossi".to_owned())),
        PasswordRule::new("non essere fra quelle già note a tutti", RuleTest::Server),
    ];
    let sms = || Choice::new("sms", "SMS").hint("Al numero che finisce con 45");
    let email = || Choice::new("email", "E-mail").hint("A r***@example.it");
    let province = Choices::new("province", "Provincia")
        .choices(["Milano", "Napoli", "Roma"].map(|name| Choice::new(name, name)))
        .error(error("Scegli la provincia"));
    let plain = Choices::new("channel", "Dove vuoi ricevere il codice?")
        .choice(sms())
        .choice(email())
        .error(error("Scegli dove ricevere il codice"));
    let cards = Choices::new("way", "Come vuoi registrarti?")
        .cards()
        .choice(
            Choice::new("pec", "Con la PEC")
                .hint("Circa 5 minuti. Serve la casella iscritta nel Registro delle imprese."),
        )
        .choice(Choice::new("simple", "Senza PEC").hint("Rispondiamo entro 2 giorni lavorativi."))
        .selected("pec");
    let several = Choices::new("topics", "Di che cosa vuoi essere avvisato?")
        .multiple()
        .optional()
        .choice(Choice::new("due", "Scadenze"))
        .choice(Choice::new("news", "Novità"))
        .selected("due");
    let consent = Checkbox::new("consent", "Ho letto l’informativa sulla privacy")
        .error(error("Conferma di aver letto l’informativa"));
    let mut summary = ErrorSummary::new();
    for field in &fields {
        summary = summary.check(field);
    }
    let summary = summary.check(&province).check(&password).check(&plain).check(&consent);
    let mut shell = shell(lang, theme, "Registrazione")?;
    shell.has_errors = !summary.is_empty();
    let labels = ["Chi sei", "I dati dell’impresa", "La posta certificata", "Conferma"];
    let mut steps = Steps::new(labels, 1);
    if let Some(first) = steps.0.first_mut() {
        first.href = Some("#contenuto".to_owned());
    }
    Ok(Form {
        shell,
        steps,
        summary,
        fields,
        province,
        password,
        rules: PasswordRules::new("password", rules),
        plain,
        cards,
        several,
        consent,
    })
}

fn case(lang: &'static str, theme: &str, waiting: bool) -> Result<Case, Failure> {
    let mut shell = shell(lang, theme, "Pratica 2026-000123")?;
    shell.user = user();
    shell.account_url = Some("/albo/profilo".to_owned());
    shell.refresh_seconds = waiting.then_some(1);
    let delivery =
        |tone, state: &str, detail: &str| Delivery { tone, state: state.to_owned(), detail: detail.to_owned() };
    let task = |label: &str, href: Option<&str>, tone, state: &str| Task {
        label: label.to_owned(),
        hint: "Circa 3 minuti".to_owned(),
        href: href.map(str::to_owned),
        badge: Badge::new(tone, state),
    };
    let answered = if waiting { "Verifica in corso" } else { "Dati confermati" };
    Ok(Case {
        shell,
        timeline: vec![
            TimelineItem::new(Moment::Past, "20 novembre 2026, 10:02", "Richiesta ricevuta")
                .text("Protocollo 45/2026. Ricevuta inviata alla PEC."),
            TimelineItem::new(Moment::Now, "Oggi", answered)
                .text("Il Registro delle imprese risponde di norma in pochi minuti. Non devi fare nulla.")
                .turn("Ora tocca a noi"),
            TimelineItem::new(Moment::Future, "Entro il 12 dicembre 2026", "Esito")
                .text("Ti scriviamo per e-mail e per PEC."),
        ],
        deliveries: vec![
            delivery(Tone::Success, "Consegnata alle 10:02", "PEC a ros***@pec.example, accettata alle 10:02"),
            delivery(Tone::Neutral, "Inviata, non ancora consegnata", "SMS al numero che finisce con 45"),
            delivery(Tone::Danger, "Non consegnata: la casella è piena", "E-mail a r***@example.it"),
        ],
        tasks: vec![
            task("Controlla i tuoi dati", Some("/albo/"), Tone::Neutral, "Completato"),
            task("Carica il documento", Some("/albo/"), Tone::Info, "Da fare"),
            task("Firma il contratto", None, Tone::Neutral, "Non ancora"),
        ],
    })
}

fn messages(lang: &'static str, theme: &str) -> Result<Messages, Failure> {
    let mut shell = shell(lang, theme, "Conferma")?;
    shell.user = user();
    shell.flash = Some(Flash { kind: Tone::Success, text: "Abbiamo salvato le tue risposte.".to_owned() });
    let sum = |what: &str, count: &str, amount: &str| [Cell::text(what), Cell::text(count), Cell::text(amount)];
    Ok(Messages {
        shell,
        badges: vec![
            Badge::new(Tone::Neutral, "Bozza"),
            Badge::new(Tone::Info, "Da pagare"),
            Badge::new(Tone::Success, "Pagata"),
            Badge::new(Tone::Warning, "In attesa"),
            Badge::new(Tone::Danger, "Non riuscita"),
        ],
        rows: vec![
            SummaryRow::new("Denominazione", "Autotrasporti Rossi S.r.l.").change("/albo/"),
            SummaryRow::new("Sede", "Via Garibaldi 12").line("20121 Milano (MI)").change("/albo/"),
            SummaryRow::new("PEC", "rossi@pec.example").badge(Badge::new(Tone::Success, "Verificata")),
        ],
        table: Table::new("Quota 2027")
            .column("Voce")
            .numbers("Veicoli")
            .numbers("Importo")
            .row(sum("Quota fissa", "–", "30,00 €"))
            .row(sum("Da 6.001 a 11.500 kg", "12", "62,52 €"))
            .foot(sum("Totale", "12", "92,52 €")),
    })
}

fn main() -> Result<(), Failure> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("say where to write the gallery")?);
    std::fs::create_dir_all(&folder)?;
    let pages = [
        ("home.html", home("it", "theme-blue")?.render()?),
        ("home-en.html", home("en", "theme-green")?.render()?),
        ("form.html", form("it", "theme-blue", false)?.render()?),
        ("form-errors.html", form("it", "theme-blue", true)?.render()?),
        ("case.html", case("it", "theme-slate", false)?.render()?),
        ("case-waiting.html", case("it", "theme-teal", true)?.render()?),
        ("messages.html", messages("it", "theme-plum")?.render()?),
        ("messages-green.html", messages("it", "theme-green")?.render()?),
    ];
    for (name, html) in pages {
        std::fs::write(folder.join(name), html)?;
    }
    Ok(())
}
