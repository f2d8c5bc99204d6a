//! The words of the side page, complete in both languages because the compiler counts them.

/// A language of the side page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lang {
    It,
    En,
}

impl Lang {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::It => "it",
            Self::En => "en",
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::It => "Italiano",
            Self::En => "English",
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::It => Self::En,
            Self::En => Self::It,
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        [Self::It, Self::En].into_iter().find(|lang| lang.code() == code)
    }

    pub(super) fn texts(self) -> &'static Texts {
        match self {
            Self::It => &IT,
            Self::En => &EN,
        }
    }
}

macro_rules! texts {
    ($($key:ident: $it:literal / $en:literal;)*) => {
        /// Every text of the page by name.
        #[derive(Debug)]
        pub(super) struct Texts { $(pub(super) $key: &'static str,)* }
        const IT: Texts = Texts { $($key: $it,)* };
        const EN: Texts = Texts { $($key: $en,)* };
    };
}

texts! {
    world: "Il mondo intorno" / "The world around";
    simulated: "simulato" / "simulated";
    skip: "Vai al contenuto" / "Skip to content";
    world_time: "Ora di questo mondo:" / "Time in this world:";
    pages: "Pagine" / "Pages";
    overview: "Panoramica" / "Overview";
    lead: "Qui sta tutto ciò che circonda i portali: le caselle di posta e PEC, il registro imprese, il nodo dei pagamenti, l'identità digitale e l'orologio. Niente di ciò che avviene qui esce da questo computer." / "Here is everything around the portals: mailboxes and certified mail, the business register, the payment node, digital identity and the clock. Nothing that happens here leaves this computer.";
    footer: "Pagina di servizio della dimostrazione: persone, imprese, messaggi e pagamenti sono inventati." / "Service page of the demonstration: people, firms, messages and payments are invented.";
    portals: "I portali" / "The portals";
    none: "Niente ancora." / "Nothing yet.";
    people: "Persone e credenziali della dimostrazione" / "People and credentials of the demonstration";
    codes_help: "Codici temporanei del secondo fattore, calcolati all'ora di questo mondo" / "One-time codes of the second factor, computed at this world's time";
    account: "Utente" / "Account";
    code: "Codice" / "Code";
    valid_for: "Vale ancora" / "Valid for";
    clock: "Orologio" / "Clock";
    plus_minute: "+1 minuto" / "+1 minute";
    plus_hour: "+1 ora" / "+1 hour";
    plus_half_day: "+12 ore" / "+12 hours";
    plus_day: "+1 giorno" / "+1 day";
    plus_month: "+30 giorni" / "+30 days";
    go_to: "Vai al giorno e all'ora (italiana)" / "Go to day and time (Italian)";
    go: "Vai" / "Go";
    clock_help: "Il tempo va solo avanti. Ricevute e scadenze che maturano nel frattempo arrivano subito." / "Time only moves forward. Receipts and deadlines that fall due on the way arrive at once.";
    flash_past: "Quel momento è già passato: in questo mondo il tempo va solo avanti." / "That moment has passed: in this world time only moves forward.";
    flash_bad: "Valore non valido: niente è cambiato." / "Not a valid value: nothing has changed.";
    flash_done: "Fatto." / "Done.";
    mailboxes: "Caselle" / "Mailboxes";
    mailbox: "Casella" / "Mailbox";
    kind: "Tipo" / "Kind";
    kind_pec: "PEC" / "Certified (PEC)";
    kind_mail: "posta ordinaria" / "ordinary mail";
    messages: "Messaggi" / "Messages";
    from: "Da" / "From";
    to: "A" / "To";
    subject: "Oggetto" / "Subject";
    date: "Data" / "Date";
    no_subject: "(senza oggetto)" / "(no subject)";
    write: "Scrivi da questa casella" / "Write from this box";
    text: "Testo" / "Text";
    send: "Invia" / "Send";
    servers: "Server di posta" / "Mail servers";
    servers_help: "Spenti, non accettano né consegnano: chi si collega è respinto." / "Switched off they neither take nor hand out mail: whoever connects is turned away.";
    servers_off: "Spegni" / "Switch off";
    servers_on: "Accendi" / "Switch on";
    box_normal: "normale" / "normal";
    box_never_activated: "mai attivata" / "never activated";
    box_dead: "disattivata" / "deactivated";
    box_full: "piena" / "full";
    box_refuses_ordinary: "rifiuta la posta ordinaria" / "refuses ordinary mail";
    box_slow: "lenta" / "slow";
    box_silent: "gestore muto per un giorno" / "provider silent for a day";
    box_duplicates: "ricevute doppie" / "receipts come twice";
    box_rewrites: "gestore che riscrive il Message-ID" / "provider rewrites the Message-ID";
    msg_ordinary: "posta ordinaria" / "ordinary mail";
    msg_certified: "PEC" / "certified mail";
    msg_anomaly: "busta di anomalia" / "anomaly envelope";
    msg_bounce: "avviso di mancato recapito" / "delivery status notification";
    msg_unreadable: "illeggibile" / "unreadable";
    msg_acceptance: "ricevuta di accettazione" / "acceptance receipt";
    msg_delivery: "ricevuta di avvenuta consegna" / "delivery receipt";
    msg_non_acceptance: "avviso di non accettazione" / "non-acceptance notice";
    msg_delay_first: "preavviso di mancata consegna (12 ore)" / "notice of delay (12 hours)";
    msg_delay_last: "avviso di mancata consegna (24 ore)" / "final notice of non-delivery (24 hours)";
    msg_delivery_error: "avviso di mancata consegna" / "notice of non-delivery";
    msg_taken_in_charge: "presa in carico" / "taken in charge";
    msg_virus: "rilevazione virus" / "virus detected";
    attachments: "Allegati" / "Attachments";
    box_help: "Decidi come si comporta questa casella con i messaggi che arrivano da ora in poi." / "Decide how this box treats the messages that arrive from now on.";
    register: "Registro imprese" / "Business register";
    answered_a_minute: "Risposte nell'ultimo minuto:" / "Answers in the last minute:";
    turned_away: "Richieste respinte (429):" / "Calls turned away (429):";
    waiting: "Elenchi non ancora ritirati:" / "Lists not fetched yet:";
    most_asked: "Massimo chiesto in un minuto qualsiasi:" / "Most asked in any minute:";
    address: "Indirizzo" / "Address";
    gauge: "Carico" / "Load";
    gauge_help: "Linea azzurra: codici a cui il registro ha risposto nei 60 secondi precedenti. Tratteggio rosso: quanti ne concede al minuto. Barre rosse: richieste respinte." / "Blue line: codes answered in the 60 seconds before. Red dashes: how many it allows a minute. Red bars: calls turned away.";
    minutes_ago: "10 minuti fa" / "10 minutes ago";
    now: "ora" / "now";
    behaviour: "Comportamento" / "Behaviour";
    at_present: "Al momento:" / "At present:";
    rate: "Codici al minuto" / "Codes a minute";
    ready_after: "Un elenco è pronto dopo (secondi)" / "A list is ready after (seconds)";
    change: "Cambia" / "Change";
    firms: "Imprese e PEC iscritte" / "Firms and their certified address";
    firms_help: "Svuota il campo per un'impresa senza PEC. Il cambiamento vale dalla prossima interrogazione." / "Empty the field for a firm without an address. The change holds from the next look-up.";
    search_firm: "Codice fiscale o nome" / "Tax code or name";
    search: "Cerca" / "Search";
    shown: "Mostrate:" / "Shown:";
    tax_code: "Codice fiscale" / "Tax code";
    firm: "Impresa" / "Firm";
    pec_on_file: "PEC nel registro" / "Address on file";
    pec_of: "PEC di" / "Address of";
    answer_wrong: "Rispondi sbagliato per questa" / "Answer wrongly for this one";
    mode_normal: "normale" / "normal";
    mode_slow: "lento (2 secondi)" / "slow (2 seconds)";
    mode_slow_any: "lento" / "slow";
    mode_never: "non risponde mai" / "never answers";
    mode_down: "fuori servizio (503)" / "down (503)";
    mode_failing: "guasto a tratti (30%)" / "failing at times (30%)";
    mode_failing_any: "guasto a tratti" / "failing at times";
    mode_mixed: "errori e silenzi" / "errors and silences";
    mode_garbled: "risposte troncate" / "answers cut short";
    mode_page: "una pagina al posto dei dati" / "a page instead of data";
    mode_refusing: "rifiuta le credenziali (401)" / "refuses credentials (401)";
    mixed_errors: "Errori su 100" / "Errors in 100";
    mixed_timeouts: "Silenzi su 100" / "Silences in 100";
    mixed_set: "Mescola errori e silenzi" / "Mix errors and silences";
    outages: "Interruzioni" / "Outages";
    outages_help: "In un'interruzione il registro risponde 503 a tutti, qualunque sia il comportamento. Segue l'orologio di questo mondo." / "In an outage the register answers 503 to everybody, whatever its behaviour. It follows this world's clock.";
    outage_from: "Dalle" / "From";
    outage_until: "Alle" / "Until";
    outage_told: "Dice quando finisce" / "Says when it ends";
    outage_lasts: "in corso" / "under way";
    outage_in: "Comincia tra (minuti)" / "Begins in (minutes)";
    outage_minutes: "Dura (minuti)" / "Lasts (minutes)";
    outage_tell: "dice quando finisce (Retry-After)" / "says when it ends (Retry-After)";
    outage_add: "Aggiungi l'interruzione" / "Add the outage";
    outages_end: "Togli tutte le interruzioni" / "Remove all outages";
    yes: "sì" / "yes";
    no: "no" / "no";
    platform: "Piattaforma e INAD" / "Platform and INAD";
    platform_lead: "La piattaforma di interoperabilità (PDND) dà i voucher con cui si interrogano INAD e INI-PEC." / "The interoperability platform (PDND) gives the vouchers with which INAD and INI-PEC are asked.";
    pdnd: "Piattaforma (PDND)" / "Platform (PDND)";
    voucher_seconds: "Un voucher vale (secondi)" / "A voucher is good for (seconds)";
    voucher_nonces: "pretende un nonce nelle prove DPoP" / "demands a nonce in DPoP proofs";
    voucher_revoke: "Revoca tutti i voucher" / "Revoke all vouchers";
    vouchers_given: "Voucher rilasciati" / "Vouchers given";
    clients: "Client" / "Clients";
    inad: "INAD e INI-PEC" / "INAD and INI-PEC";
    wants_evidence: "pretende il tracciamento (Agid-JWT-TrackingEvidence)" / "demands tracking evidence (Agid-JWT-TrackingEvidence)";
    wants_bound: "pretende voucher legati a una chiave (DPoP)" / "demands vouchers bound to a key (DPoP)";
    wants_signed: "pretende richieste firmate (Agid-JWT-Signature)" / "demands signed requests (Agid-JWT-Signature)";
    calls: "Chiamate" / "Calls";
    on_file: "Iscritti" / "On file";
    mode_wrong: "risponde sbagliato per un'impresa" / "answers wrongly for one firm";
    payments: "Pagamenti" / "Payments";
    payments_made: "Pagamenti fatti:" / "Payments made:";
    receipts_pending: "Ricevute in attesa:" / "Receipts pending:";
    payments_made_title: "Pagamenti fatti" / "Payments made";
    payments_help: "Il nodo dei pagamenti: chi ha un avviso su carta lo paga" / "The payment node: whoever holds a paper notice pays it";
    counter: "allo sportello" / "at the counter";
    notice: "Avviso" / "Notice";
    creditor: "Creditore" / "Creditor";
    amount: "Importo" / "Amount";
    receipt: "Ricevuta" / "Receipt";
    copies: "Copie confermate / inviate" / "Copies acknowledged / sent";
    send_receipt: "Invia la ricevuta" / "Send the receipt";
    deliver_now: "Consegna ora" / "Deliver now";
    deliver_twice: "Consegna due volte" / "Deliver twice";
    delivered: "consegnata" / "delivered";
    leaves_at: "parte" / "leaves";
    leaves_again_at: "non confermata, riparte" / "not acknowledged, leaves again";
    node: "Comportamento del nodo" / "Behaviour of the node";
    receipt_delay: "Le ricevute partono dopo (secondi)" / "Receipts leave after (seconds)";
    more_copies: "Copie in più" / "More copies";
    node_down: "nodo fuori servizio" / "node out of order";
    identity: "Identità digitale" / "Digital identity";
    provider: "Gestore" / "Provider";
    published: "Documento pubblicato" / "Published document";
    metadata: "metadata" / "metadata";
    entity_configuration: "entity configuration" / "entity configuration";
    spid_registry: "Registro dei gestori SPID" / "Registry of the SPID providers";
    cie_provider: "CIE id" / "CIE id";
    cie_anchor: "Registro di federazione CIE (trust anchor)" / "CIE federation registry (trust anchor)";
    id_good: "regolare" / "as it should";
    id_slow: "lento (3 secondi)" / "slow (3 seconds)";
    id_broken: "metadata alterati" / "metadata altered";
    id_down: "fuori servizio (503)" / "down (503)";
    id_silent: "token fuori servizio (503)" / "tokens out of service (503)";
    id_wrong_nonce: "nonce di un altro accesso" / "nonce of another sign-in";
    id_other_issuer: "risponde a nome di un altro" / "answers in another's name";
    id_unsigned: "attributi senza firma" / "attributes without signature";
    id_bad_signature: "firma degli attributi errata" / "wrong signature of the attributes";
    id_other_person: "attributi di un'altra persona" / "attributes of another person";
    id_low_level: "livello inferiore al richiesto" / "level below the one asked for";
    id_expired_chain: "dichiarazioni scadute" / "statements that have ended";
    id_unmarked: "senza trust mark" / "no trust mark";
    cards: "Carte" / "Cards";
    cards_lead: "Un’autorità inventata che rilascia CNS, carte regionali e CIE alle persone della dimostrazione, e dice se sono ancora buone." / "An invented authority that issues CNS, regional cards and CIE to the people of the demonstration, and says whether they are still good.";
    card_issue: "Rilascia una carta" / "Issue a card";
    card_holder: "Titolare" / "Holder";
    card_sort: "Tipo" / "Kind";
    card_cns: "CNS" / "CNS";
    card_regional: "Carta regionale" / "Regional card";
    card_cie: "CIE" / "CIE";
    card_signing: "Certificato di firma della stessa carta" / "Signing certificate of the same card";
    card_lookalike: "Certificato commerciale che somiglia a una CNS" / "Commercial certificate that looks like a CNS";
    card_expired: "Carta scaduta ieri" / "Card that expired yesterday";
    card_unlisted: "Carta di un’autorità fuori elenco" / "Card of an authority that is on no list";
    card_use: "Come si usa" / "How to use it";
    card_use_site: "Il browser deve fidarsi del sito che chiede la carta: importa questa autorità tra quelle dei siti, o accetta l’avviso." / "The browser must trust the site that asks for the card: import this authority among those of sites, or accept the warning.";
    card_use_import: "Importa il file PKCS #12 tra i certificati personali del browser. La password è" / "Import the PKCS #12 file among the browser’s personal certificates. The password is";
    card_use_enter: "Nella pagina di accesso del portale premi «Entra con CNS»." / "On the portal’s sign-in page press “Enter with CNS”.";
    card_services: "Chi dice se una carta è buona" / "Who says whether a card is good";
    card_ocsp_down: "il risponditore (OCSP) è fermo" / "the responder (OCSP) is down";
    card_lists_down: "le liste di revoca non si scaricano" / "the revocation lists cannot be fetched";
    card_apply: "Applica" / "Apply";
    card_issued: "Carte rilasciate" / "Cards issued";
    card_files: "File" / "Files";
    card_state: "Stato" / "State";
    card_revoke: "Revoca" / "Revoke";
    card_suspend: "Sospendi" / "Suspend";
    card_revoked: "revocata o sospesa il" / "revoked or suspended on";
    not_found: "Questa pagina non esiste" / "This page does not exist";
    back_home: "Torna alla panoramica" / "Back to the overview";
}
