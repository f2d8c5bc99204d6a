//! The words for people, after the models in the technical rules of 2 November 2005 that RFC 6109 translates.

use std::fmt::Write as _;

use super::Event;
use crate::DelayNotice;
use crate::certification::write::zone;
use crate::certification::{CertificationData, ErrorKind, RecipientKind};
use crate::wire::ReceiptKind;

/// What stands before the original subject.
pub(super) fn prefix(event: &Event<'_>) -> &'static str {
    match event {
        Event::Acceptance => "ACCETTAZIONE: ",
        Event::NonAcceptance { virus: false, .. } => "AVVISO DI NON ACCETTAZIONE: ",
        Event::NonAcceptance { virus: true, .. } => "AVVISO DI NON ACCETTAZIONE PER VIRUS: ",
        Event::TakenInCharge { .. } => "PRESA IN CARICO: ",
        Event::Delivery { .. } => "CONSEGNA: ",
        Event::Delay { .. } => "AVVISO DI MANCATA CONSEGNA PER SUP. TEMPO MASSIMO: ",
        Event::DeliveryError { error: ErrorKind::Virus, .. } => "AVVISO DI MANCATA CONSEGNA PER VIRUS: ",
        Event::DeliveryError { .. } => "AVVISO DI MANCATA CONSEGNA: ",
        Event::VirusDetected { .. } => "PROBLEMA DI SICUREZZA: ",
    }
}

pub(super) fn receipt(data: &CertificationData, event: &Event<'_>) -> String {
    let when = when(data);
    let about = about(data);
    let all = list(data);
    let one = data.recipient.as_ref().map(ToString::to_string).unwrap_or_default();
    let reason = data.extended_error.as_deref().unwrap_or_default();
    let body = match event {
        Event::Acceptance => format!(
            "Ricevuta di accettazione\n\n{when} il messaggio {about}\ned indirizzato a:\n{all}\n\
             Il messaggio è stato accettato ed inoltrato."
        ),
        Event::NonAcceptance { virus, .. } => {
            let (title, found) = if *virus {
                (" per presenza di virus", "è stato rilevato un problema di sicurezza")
            } else {
                ("", "è stato rilevato un problema che ne impedisce l'accettazione a causa di")
            };
            format!(
                "Errore nell'accettazione del messaggio{title}\n\n{when} nel messaggio {about}\n\
                 ed indirizzato a:\n{all}\n{found}: {reason}\nIl messaggio non è stato accettato."
            )
        }
        Event::TakenInCharge { .. } => {
            format!(
                "Ricevuta di presa in carico\n\n{when} il messaggio {about}\ned indirizzato a:\n{all}\nè stato accettato dal sistema."
            )
        }
        Event::Delivery { detail, .. } => {
            let title = match detail {
                ReceiptKind::Complete => "Ricevuta di avvenuta consegna",
                ReceiptKind::Brief => "Ricevuta di avvenuta consegna breve",
                ReceiptKind::Synthetic => "Ricevuta di avvenuta consegna sintetica",
            };
            format!(
                "{title}\n\n{when} il messaggio {about}\ned indirizzato a \"{one}\"\n\
                 è stato consegnato nella casella di destinazione."
            )
        }
        Event::Delay { notice, .. } => {
            let words = match notice {
                DelayNotice::First => {
                    "non è stato consegnato nelle prime dodici ore dal suo invio.\nÈ ancora possibile che la consegna \
                     avvenga: un altro avviso seguirà se nelle prossime dodici ore\nnon vi sarà conferma di ricezione."
                }
                DelayNotice::Last => {
                    "non è stato consegnato nelle ventiquattro ore successive al suo invio.\n\
                     La spedizione è da considerarsi non andata a buon fine."
                }
            };
            format!(
                "Avviso di mancata consegna\n\n{when} il messaggio {about}\ne destinato all'utente \"{one}\"\n{words}"
            )
        }
        Event::DeliveryError { .. } | Event::VirusDetected { .. } => format!(
            "Avviso di mancata consegna\n\n{when} nel messaggio {about}\ne destinato all'utente \"{one}\"\n\
             è stato rilevato il seguente errore:\n{reason}\nIl messaggio è stato rifiutato dal sistema."
        ),
    };
    format!("{body}\n\nIdentificativo messaggio: {}\n", data.identifier)
}

pub(super) fn envelope(data: &CertificationData) -> String {
    let mut all = String::new();
    for recipient in &data.recipients {
        let _ = writeln!(all, "{}", recipient.address);
    }
    format!(
        "Messaggio di posta certificata\n\n{} il messaggio\n\"{}\" è stato inviato da \"{}\"\nindirizzato a:\n{all}\n\
         Il messaggio originale è incluso in allegato.\n\nIdentificativo messaggio: {}\n",
        when(data),
        data.subject.as_deref().unwrap_or_default(),
        data.sender,
        data.identifier
    )
}

pub(super) fn anomaly(moment: &CertificationData, sender: &str, subject: &str, to: &str, reason: &str) -> String {
    format!(
        "Anomalia nel messaggio\n\n{} è stato ricevuto il messaggio\n\"{subject}\" proveniente da \"{sender}\"\n\
         ed indirizzato a:\n{to}\n\nTali dati non sono stati certificati per il seguente errore:\n{reason}\n\n\
         Il messaggio originale è incluso in allegato.\n",
        when(moment)
    )
}

fn when(data: &CertificationData) -> String {
    let local = data.local_time();
    let (day, hour) = (local.strftime("%d/%m/%Y"), local.strftime("%H:%M:%S"));
    format!("Il giorno {day} alle ore {hour} ({})", zone(data.offset))
}

fn about(data: &CertificationData) -> String {
    format!("\"{}\"\nproveniente da \"{}\"", data.subject.as_deref().unwrap_or_default(), data.sender)
}

fn list(data: &CertificationData) -> String {
    let mut lines = String::new();
    for recipient in &data.recipients {
        let kind = match recipient.kind {
            RecipientKind::Certified => "posta certificata",
            RecipientKind::Ordinary => "posta ordinaria",
        };
        let _ = writeln!(lines, "{} (\"{kind}\")", recipient.address);
    }
    lines
}
