use pec::Incoming;
use serde::{Deserialize, Serialize};
use sportello_core::access::Operation;
use sportello_core::jobs::{self, Job, JobError, Lane, Schedule};
use sportello_core::notices::inbox::{self, EVERY, Kept};
use sportello_core::{Cx, Error, chain};

use super::letter::read_letter;
use super::{NewRequest, record};

/// Reads the assistance's mailbox and comes again.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReadAssistance {}

const NAME: &str = "assistance";

impl Job for ReadAssistance {
    const NAME: &'static str = "assistance.read";
    const LANE: Lane = Lane::Mail;
    const TRIES: i64 = i64::MAX;
    const LONGEST_PAUSE: jiff::SignedDuration = jiff::SignedDuration::from_secs(30);

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let config = cx.app.connections(&cx.tenant).and_then(|c| c.assistance_inbox.as_ref());
        let Some(config) = config else { return Ok(()) };
        for message in inbox::fetch(cx, NAME, config).await? {
            read_one(cx, &message).await?;
        }
        let next = cx.now().checked_add(EVERY).unwrap_or_else(|_| cx.now());
        Ok(jobs::enqueue_alone(cx, &Self {}, Schedule::at(next).unique(NAME)).await?)
    }
}

async fn read_one(cx: &Cx, message: &pec::imap::Fetched) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::AskReset).await?;
    // An ordinary mailbox: signatures of certified mail are of no consequence here.
    let mail = match pec::read(&message.bytes, &pec::TrustAnchors::none(), cx.now()) {
        Ok(Incoming::Ordinary(mail)) => Some(*mail),
        Ok(Incoming::Envelope(envelope)) => Some(envelope.original),
        Ok(_) => None,
        Err(error) => {
            let reason = chain(&error);
            inbox::keep(cx, &mut tx, NAME, message, Kept { kind: "quarantined", reason: Some(&reason), notice: None })
                .await?;
            return tx.commit_unaudited().await;
        }
    };
    let new = inbox::keep(cx, &mut tx, NAME, message, Kept { kind: "letter", ..Kept::default() }).await?;
    // Answering machines are not people.
    if let Some(mail) = mail.filter(|m| new && !m.auto_submitted) {
        let letter = read_letter(&mail.subject, &mail.text);
        let request = NewRequest {
            reset: letter.reset,
            source: "mail",
            sender: mail.from.map(|f| f.as_str().to_owned()).unwrap_or_default(),
            subject: mail.subject,
            message: mail.text,
            member_code: letter.member_code,
            albo_number: letter.albo_number,
            phone: letter.phone,
        };
        record(cx, &mut tx, &request).await?;
    }
    tx.commit().await
}
