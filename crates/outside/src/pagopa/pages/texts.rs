//! The words of the pages, Italian and English.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use pagopa::node::FaultCode;

use super::super::outcome::Outcome;
use super::super::report::Refusal;

/// The payer's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Italian,
    English,
}

impl Language {
    /// English where the browser prefers it to Italian, otherwise Italian.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let weight = |language: &str| {
            let weights = accepted.split(',').filter_map(|range| {
                let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
                let primary = tag.trim().split('-').next().unwrap_or_default();
                let quality = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse::<f32>().ok());
                primary.eq_ignore_ascii_case(language).then_some(quality).flatten()
            });
            weights.fold(0.0, f32::max)
        };
        if weight("en") > weight("it") { Self::English } else { Self::Italian }
    }

    pub(super) const fn texts(self) -> &'static Texts {
        match self {
            Self::Italian => &ITALIAN,
            Self::English => &ENGLISH,
        }
    }
}

/// The words in one language.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) lang: &'static str,
    pub(super) thousands: &'static str,
    pub(super) mark: &'static str,
    pub(super) note: &'static str,
    pub(super) checkout_title: &'static str,
    pub(super) counter_title: &'static str,
    pub(super) slip_title: &'static str,
    pub(super) not_found_title: &'static str,
    pub(super) not_found: &'static str,
    pub(super) down_title: &'static str,
    pub(super) creditor: &'static str,
    pub(super) object: &'static str,
    pub(super) amount: &'static str,
    pub(super) amount_changed: &'static str,
    pub(super) total: &'static str,
    pub(super) notice: &'static str,
    pub(super) creditor_code: &'static str,
    pub(super) qr: &'static str,
    pub(super) or: &'static str,
    pub(super) look_up: &'static str,
    pub(super) bad_notice: &'static str,
    pub(super) bad_creditor: &'static str,
    pub(super) bad_qr: &'static str,
    pub(super) pay_card: &'static str,
    pub(super) pay_cash: &'static str,
    pub(super) choose: &'static str,
    pub(super) back: &'static str,
    pub(super) another: &'static str,
    pub(super) paid: &'static str,
    pub(super) card_refused: &'static str,
    pub(super) cancelled: &'static str,
    pub(super) receipt: &'static str,
    pub(super) receipt_state: &'static str,
    pub(super) delivered: &'static str,
    pub(super) waiting: &'static str,
}

impl Texts {
    /// The button of an outcome.
    pub(super) fn outcome(&self, outcome: Outcome) -> &'static str {
        let italian = self.lang == "it";
        match (outcome, italian) {
            (Outcome::Paid, true) => "Pagato, ricevuta subito",
            (Outcome::Paid, false) => "Paid, receipt at once",
            (Outcome::ReceiptInOneMinute, true) => "Pagato, ricevuta tra un minuto",
            (Outcome::ReceiptInOneMinute, false) => "Paid, receipt in a minute",
            (Outcome::ReceiptInTwoHours, true) => "Pagato, ricevuta tra due ore",
            (Outcome::ReceiptInTwoHours, false) => "Paid, receipt in two hours",
            (Outcome::ReceiptInThreeDays, true) => "Pagato, ricevuta tra tre giorni",
            (Outcome::ReceiptInThreeDays, false) => "Paid, receipt in three days",
            (Outcome::ReceiptTwice, true) => "Pagato, ricevuta inviata due volte",
            (Outcome::ReceiptTwice, false) => "Paid, receipt sent twice",
            (Outcome::ReceiptsConcurrent, true) => "Pagato, tre ricevute nello stesso istante",
            (Outcome::ReceiptsConcurrent, false) => "Paid, three receipts at the same moment",
            (Outcome::CardRefused, true) => "Carta rifiutata dalla banca",
            (Outcome::CardRefused, false) => "Card refused by the bank",
            (Outcome::Cancelled, true) => "Annulla e torna indietro",
            (Outcome::Cancelled, false) => "Cancel and go back",
        }
    }

    /// Why a payment cannot begin.
    pub(super) fn refusal(&self, refusal: &Refusal) -> &'static str {
        let italian = self.lang == "it";
        match (refusal, italian) {
            (Refusal::Creditor(fault), _) => self.fault(&fault.code),
            (Refusal::CreditorFailed(_), true) => "L'ente non risponde. Riprova più tardi.",
            (Refusal::CreditorFailed(_), false) => "The creditor does not answer. Try again later.",
            (Refusal::UnknownCreditor, true) => "Nessun ente ha questo codice fiscale.",
            (Refusal::UnknownCreditor, false) => "No creditor has this tax code.",
            (Refusal::AlreadyPaid, true) => "Questo avviso è già stato pagato.",
            (Refusal::AlreadyPaid, false) => "This notice has already been paid.",
            (Refusal::InProgress, true) => "Un pagamento di questo avviso è in corso.",
            (Refusal::InProgress, false) => "A payment of this notice is under way.",
            (Refusal::NodeDown, true) => "Il servizio non è disponibile. Riprova più tardi.",
            (Refusal::NodeDown, false) => "The service is out of order. Try again later.",
        }
    }

    /// What the creditor's refusal means for the payer.
    fn fault(&self, code: &FaultCode) -> &'static str {
        let italian = self.lang == "it";
        match (code, italian) {
            (FaultCode::PaymentUnknown, true) => "L'ente non conosce questo avviso. Controlla il codice.",
            (FaultCode::PaymentUnknown, false) => "The creditor does not know this notice. Check the number.",
            (FaultCode::PaymentDuplicate, true) => "Secondo l'ente questo avviso è già stato pagato.",
            (FaultCode::PaymentDuplicate, false) => "The creditor says that this notice is already paid.",
            (FaultCode::PaymentInProgress, true) => "Secondo l'ente un altro pagamento è in corso.",
            (FaultCode::PaymentInProgress, false) => "The creditor says that another payment is under way.",
            (FaultCode::PaymentExpired, true) => "L'avviso è scaduto e non si può più pagare.",
            (FaultCode::PaymentExpired, false) => "The notice has expired and can no longer be paid.",
            (FaultCode::PaymentCancelled, true) => "L'ente ha annullato questo avviso.",
            (FaultCode::PaymentCancelled, false) => "The creditor has withdrawn this notice.",
            (_, true) => "L'ente non ha potuto trattare la richiesta. Riprova più tardi.",
            (_, false) => "The creditor could not handle the request. Try again later.",
        }
    }
}

static ITALIAN: Texts = Texts {
    lang: "it",
    thousands: ".",
    mark: "Pagina di pagamento simulata: nessun denaro si muove",
    note: "Questa pagina fa parte del mondo dimostrativo e non appartiene a PagoPA S.p.A.",
    checkout_title: "Paga i tuoi avvisi",
    counter_title: "Paga un avviso allo sportello",
    slip_title: "Pagamento registrato",
    not_found_title: "Pagina non trovata",
    not_found: "Questo indirizzo non corrisponde ad alcun pagamento. Torna al sito dell'ente e ricomincia.",
    down_title: "Servizio non disponibile",
    creditor: "Ente creditore",
    object: "Oggetto del pagamento",
    amount: "Importo",
    amount_changed: "L'importo è stato aggiornato dall'ente.",
    total: "Totale",
    notice: "Codice avviso",
    creditor_code: "Codice fiscale dell'ente",
    qr: "Testo del codice QR",
    or: "oppure",
    look_up: "Cerca l'avviso",
    bad_notice: "Il codice avviso ha 18 cifre.",
    bad_creditor: "Il codice fiscale dell'ente ha 11 cifre.",
    bad_qr: "Questo non è il testo di un codice QR pagoPA.",
    pay_card: "Paga con carta",
    pay_cash: "Paga in contanti",
    choose: "Oppure scegli come finisce il pagamento",
    back: "Torna al sito dell'ente",
    another: "Paga un altro avviso",
    paid: "Pagamento eseguito.",
    card_refused: "La banca ha rifiutato la carta. Nessun addebito.",
    cancelled: "Pagamento annullato.",
    receipt: "Identificativo della ricevuta",
    receipt_state: "Ricevuta all'ente",
    delivered: "consegnata",
    waiting: "non ancora consegnata; prossimo invio",
};

static ENGLISH: Texts = Texts {
    lang: "en",
    thousands: ",",
    mark: "Simulated payment page: no money moves",
    note: "This page is part of the demonstration world and does not belong to PagoPA S.p.A.",
    checkout_title: "Pay your notices",
    counter_title: "Pay a notice at the counter",
    slip_title: "Payment recorded",
    not_found_title: "Page not found",
    not_found: "This address belongs to no payment. Go back to the creditor's site and start again.",
    down_title: "Out of order",
    creditor: "Creditor",
    object: "Object of the payment",
    amount: "Amount",
    amount_changed: "The creditor has updated the amount.",
    total: "Total",
    notice: "Notice number",
    creditor_code: "Tax code of the creditor",
    qr: "Text of the QR code",
    or: "or",
    look_up: "Look up the notice",
    bad_notice: "A notice number has 18 digits.",
    bad_creditor: "The tax code of a creditor has 11 digits.",
    bad_qr: "This is not the text of a pagoPA QR code.",
    pay_card: "Pay by card",
    pay_cash: "Pay in cash",
    choose: "Or choose how the payment ends",
    back: "Back to the creditor's site",
    another: "Pay another notice",
    paid: "Payment made.",
    card_refused: "The bank refused the card. Nothing was charged.",
    cancelled: "Payment cancelled.",
    receipt: "Identifier of the receipt",
    receipt_state: "Receipt to the creditor",
    delivered: "delivered",
    waiting: "not delivered yet; next attempt",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_chooses_the_language() {
        for (accept, language) in [
            ("", Language::Italian),
            ("it-IT,it;q=0.9,en;q=0.8", Language::Italian),
            ("en-GB,en;q=0.9,it;q=0.8", Language::English),
            ("de, en;q=0.5", Language::English),
            ("en;q=0.3, it;q=0.7", Language::Italian),
            ("fr", Language::Italian),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, accept.parse().unwrap());
            assert_eq!(Language::of(&headers), language, "{accept}");
        }
    }
}
