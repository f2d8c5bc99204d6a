use pec::Incoming;
use sportello_core::access::Operation;
use sportello_core::mailboxes::{Arrived, Inbox, Kept, Taking, Why, keep};
use sportello_core::notices::inbox::bounced;
use sportello_core::{Cx, Error, chain};

use super::letter::read_letter;
use super::{NewRequest, record};

/// The mailbox to which people write for help.
pub const ASSISTANCE: Inbox = Inbox {
    name: "assistance",
    config: |cx| cx.app.connections(&cx.tenant).and_then(|connections| connections.assistance_inbox.as_ref()),
    take: |cx, message| -> Taking<'_> { Box::pin(read_one(cx, message)) },
};

async fn read_one(cx: &Cx, message: &Arrived) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::AskReset).await?;
    // An ordinary mailbox: signatures of certified mail are of no consequence here.
    let mail = match pec::read(&message.bytes, &pec::TrustAnchors::none(), cx.now()) {
        Ok(Incoming::Ordinary(mail)) => Some(*mail),
        Ok(Incoming::Envelope(envelope)) => Some(envelope.original),
        // What comes back of ordinary mail often comes here.
        Ok(Incoming::Bounce(bounce)) => {
            let notice = bounced(&mut tx, &bounce, cx.now_ms()).await?;
            keep(cx, &mut tx, message, Kept { kind: "bounce", notice, ..Kept::default() }).await?;
            return tx.commit_unaudited().await;
        }
        Ok(_) => None,
        Err(error) => {
            let why = Why::new(&error, chain(&error));
            keep(cx, &mut tx, message, Kept::quarantined(&why)).await?;
            return tx.commit_unaudited().await;
        }
    };
    let new = keep(cx, &mut tx, message, Kept { kind: "letter", ..Kept::default() }).await?;
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
