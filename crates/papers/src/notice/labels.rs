//! The fixed texts of a payment notice.

use std::borrow::Cow;

use crate::model::Language;

/// The fixed texts of a payment notice. Take [`NoticeLabels::new`] and change what a body says
/// otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeLabels {
    /// The title of the page.
    pub title: Cow<'static, str>,
    /// Above the creditor.
    pub creditor: Cow<'static, str>,
    /// Above the recipient.
    pub recipient: Cow<'static, str>,
    /// Before a tax code.
    pub tax_code: Cow<'static, str>,
    /// Above the object.
    pub object: Cow<'static, str>,
    /// Above amount and due date.
    pub how_much: Cow<'static, str>,
    /// Before the due date.
    pub due: Cow<'static, str>,
    /// Below amount and due date: why the amount may change.
    pub amount_note: Cow<'static, str>,
    /// Above the ways to pay.
    pub where_to_pay: Cow<'static, str>,
    /// The head of the ways to pay online.
    pub online: Cow<'static, str>,
    /// The ways to pay online.
    pub online_text: Cow<'static, str>,
    /// The head of the ways to pay at a counter.
    pub counter: Cow<'static, str>,
    /// The ways to pay at a counter.
    pub counter_text: Cow<'static, str>,
    /// Above the data for payment.
    pub payment_data: Cow<'static, str>,
    /// Beside the QR code: what to do with it.
    pub qr_text: Cow<'static, str>,
    /// The alternative text of the QR code.
    pub qr_alt: Cow<'static, str>,
    /// Above the amount.
    pub amount: Cow<'static, str>,
    /// Above the CBILL code.
    pub cbill: Cow<'static, str>,
    /// Above the notice number.
    pub notice_number: Cow<'static, str>,
    /// Above the creditor's tax code.
    pub creditor_tax_code: Cow<'static, str>,
}

impl NoticeLabels {
    /// The texts in a language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        match language {
            Language::Italian => Self::italian(),
            Language::English => Self::english(),
        }
    }

    fn italian() -> Self {
        Self {
            title: "Avviso di pagamento".into(),
            creditor: "Ente creditore".into(),
            recipient: "Destinatario".into(),
            tax_code: "Codice fiscale".into(),
            object: "Oggetto del pagamento".into(),
            how_much: "Quanto e quando pagare".into(),
            due: "entro il".into(),
            amount_note: "Il circuito controlla l'importo nel momento del pagamento: se nel frattempo è cambiato, \
                          per esempio per sanzioni o per una rettifica, si paga la cifra aggiornata."
                .into(),
            where_to_pay: "Dove pagare".into(),
            online: "Online".into(),
            online_text: "Sul sito dell'ente creditore, con l'app IO, con il sito o l'app della propria banca e degli \
                          altri prestatori aderenti a pagoPA: con carta, conto corrente o CBILL."
                .into(),
            counter: "Sul territorio".into(),
            counter_text: "In banca, agli sportelli automatici, negli uffici postali, dal tabaccaio, in ricevitoria \
                           e nei supermercati abilitati: in contanti, con carta o conto corrente."
                .into(),
            payment_data: "Dati per il pagamento".into(),
            qr_text: "Inquadrare il codice QR, oppure dare allo sportello il codice avviso e il codice fiscale \
                      dell'ente creditore."
                .into(),
            qr_alt: "Codice QR con i dati per il pagamento pagoPA, gli stessi scritti accanto".into(),
            amount: "Importo".into(),
            cbill: "Codice CBILL".into(),
            notice_number: "Codice avviso".into(),
            creditor_tax_code: "Cod. fiscale ente creditore".into(),
        }
    }

    fn english() -> Self {
        Self {
            title: "Payment notice".into(),
            creditor: "Creditor".into(),
            recipient: "Recipient".into(),
            tax_code: "Tax code".into(),
            object: "Reason for payment".into(),
            how_much: "How much and by when".into(),
            due: "by".into(),
            amount_note: "The amount is checked at the moment of payment: if it has changed in the meantime, for \
                          instance because of a penalty or a correction, the updated sum is charged."
                .into(),
            where_to_pay: "Where to pay".into(),
            online: "Online".into(),
            online_text: "On the creditor's website, with the IO app, with the website or app of your bank or of \
                          any other provider in the pagoPA circuit: by card, bank account or CBILL."
                .into(),
            counter: "In person".into(),
            counter_text: "At banks, cash machines, post offices, tobacconists, betting shops and enabled \
                           supermarkets: in cash, by card or bank account."
                .into(),
            payment_data: "Payment data".into(),
            qr_text: "Scan the QR code, or give the notice code and the creditor's tax code at the counter.".into(),
            qr_alt: "QR code with the data for the pagoPA payment, the same that are written beside it".into(),
            amount: "Amount".into(),
            cbill: "CBILL code".into(),
            notice_number: "Notice code".into(),
            creditor_tax_code: "Creditor's tax code".into(),
        }
    }
}
