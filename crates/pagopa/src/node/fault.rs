//! What a creditor says when it refuses.

use std::fmt;

/// The codes by which a creditor refuses (`PAA_…`), each with the case it is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultCode {
    /// `PAA_PAGAMENTO_SCONOSCIUTO`: the creditor has no position with this notice number.
    PaymentUnknown,
    /// `PAA_PAGAMENTO_DUPLICATO`: the position is already paid.
    PaymentDuplicate,
    /// `PAA_PAGAMENTO_IN_CORSO`: another payment of the same debt, under another notice number, is under way. For the
    /// same number the node itself keeps watch.
    PaymentInProgress,
    /// `PAA_PAGAMENTO_SCADUTO`: the position can no longer be paid because its time is over.
    PaymentExpired,
    /// `PAA_PAGAMENTO_ANNULLATO`: the creditor has withdrawn the position.
    PaymentCancelled,
    /// `PAA_ATTIVA_RPT_IMPORTO_NON_VALIDO`: the amount that the payer was shown is not what is owed.
    AmountMismatch,
    /// `PAA_RECEIPT_DUPLICATA`: the receipt is already stored. Recognised but better not sent: answer `OK`.
    ReceiptDuplicate,
    /// `PAA_ID_DOMINIO_ERRATO`: `idPA` is not this creditor.
    WrongCreditor,
    /// `PAA_ID_INTERMEDIARIO_ERRATO`: `idBrokerPA` is not the party that runs this station.
    WrongBroker,
    /// `PAA_STAZIONE_INT_ERRATA`: `idStation` is not this station.
    WrongStation,
    /// `PAA_SINTASSI_XSD`: the message does not follow the schema.
    SyntaxSchema,
    /// `PAA_SINTASSI_EXTRAXSD`: the message cannot be read, or breaks a rule that the schema cannot express.
    SyntaxBeyondSchema,
    /// `PAA_SEMANTICA`: well formed but meaningless here, when no other code fits.
    Semantic,
    /// `PAA_SYSTEM_ERROR`: the creditor's own failure. The only one worth repeating: a receipt answered with it comes
    /// again.
    SystemError,
    /// A code outside this list, as another creditor sent it.
    Other(Box<str>),
}

impl FaultCode {
    const KNOWN: [Self; 14] = [
        Self::PaymentUnknown,
        Self::PaymentDuplicate,
        Self::PaymentInProgress,
        Self::PaymentExpired,
        Self::PaymentCancelled,
        Self::AmountMismatch,
        Self::ReceiptDuplicate,
        Self::WrongCreditor,
        Self::WrongBroker,
        Self::WrongStation,
        Self::SyntaxSchema,
        Self::SyntaxBeyondSchema,
        Self::Semantic,
        Self::SystemError,
    ];

    /// The code on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::PaymentUnknown => "PAA_PAGAMENTO_SCONOSCIUTO",
            Self::PaymentDuplicate => "PAA_PAGAMENTO_DUPLICATO",
            Self::PaymentInProgress => "PAA_PAGAMENTO_IN_CORSO",
            Self::PaymentExpired => "PAA_PAGAMENTO_SCADUTO",
            Self::PaymentCancelled => "PAA_PAGAMENTO_ANNULLATO",
            Self::AmountMismatch => "PAA_ATTIVA_RPT_IMPORTO_NON_VALIDO",
            Self::ReceiptDuplicate => "PAA_RECEIPT_DUPLICATA",
            Self::WrongCreditor => "PAA_ID_DOMINIO_ERRATO",
            Self::WrongBroker => "PAA_ID_INTERMEDIARIO_ERRATO",
            Self::WrongStation => "PAA_STAZIONE_INT_ERRATA",
            Self::SyntaxSchema => "PAA_SINTASSI_XSD",
            Self::SyntaxBeyondSchema => "PAA_SINTASSI_EXTRAXSD",
            Self::Semantic => "PAA_SEMANTICA",
            Self::SystemError => "PAA_SYSTEM_ERROR",
            Self::Other(code) => code,
        }
    }

    /// Reads a code; one that is not in the list is kept as [`FaultCode::Other`].
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        Self::KNOWN.into_iter().find(|code| code.as_str() == text).unwrap_or_else(|| Self::Other(text.into()))
    }

    /// The Italian text that goes with the code (`faultString`).
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::PaymentUnknown => "Pagamento in attesa risulta sconosciuto all'Ente Creditore",
            Self::PaymentDuplicate => "Pagamento in attesa risulta concluso all'Ente Creditore",
            Self::PaymentInProgress => "Pagamento in attesa risulta in corso all'Ente Creditore",
            Self::PaymentExpired => "Pagamento in attesa risulta scaduto all'Ente Creditore",
            Self::PaymentCancelled => "Pagamento in attesa risulta annullato all'Ente Creditore",
            Self::AmountMismatch => "L'importo indicato non corrisponde a quello dovuto",
            Self::ReceiptDuplicate => "Ricevuta già acquisita",
            Self::WrongCreditor => "Ente Creditore non corrispondente",
            Self::WrongBroker => "Intermediario non corrispondente",
            Self::WrongStation => "Stazione non corrispondente",
            Self::SyntaxSchema => "Errore di sintassi XSD",
            Self::SyntaxBeyondSchema => "Errore di sintassi extra XSD",
            Self::Semantic => "Errore semantico",
            Self::SystemError => "Errore generico",
            Self::Other(code) => code,
        }
    }
}

impl fmt::Display for FaultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A refusal (`ctFaultBean`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The code.
    pub code: FaultCode,
    /// The text that belongs to the code.
    pub string: Box<str>,
    /// Who refuses: the creditor's tax code.
    pub id: Box<str>,
    /// What exactly happened, for the technician at the other end. No personal data belong here.
    pub description: Option<Box<str>>,
}

impl Fault {
    /// A refusal by `creditor` with the text that belongs to the code.
    #[must_use]
    pub fn new(code: FaultCode, creditor: impl fmt::Display) -> Self {
        let string = code.text().into();
        Self { code, string, id: creditor.to_string().into(), description: None }
    }

    /// Adds what exactly happened.
    #[must_use]
    pub fn with_description(mut self, description: impl Into<Box<str>>) -> Self {
        self.description = Some(description.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.string)?;
        match &self.description {
            Some(description) => write!(f, " ({description})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}
