use ::store::args;
use pec::Outgoing;
use pec::smtp::SendError;
use serde::{Deserialize, Serialize};

use super::model::{Attachment, NoticeId};
use super::{BODY_PURPOSE, message_id, paper, store};
use crate::access::Operation;
use crate::accounts;
use crate::error::Error;
use crate::jobs::{Job, JobError, Lane};
use crate::{Cx, row};

/// Hands a notice to the mail server.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendNotice {
    /// Which.
    pub notice: NoticeId,
}

row! {
    struct ToSend {
        id: i64,
        channel: String,
        recipient: String,
        subject: String,
        body: Option<Vec<u8>>,
        attachment: Option<String>,
        message_id: String,
        sender: Option<String>,
        state: String,
    }
}

impl Job for SendNotice {
    const NAME: &'static str = "notice.send";
    const LANE: Lane = Lane::Mail;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let found: Option<ToSend> = cx.find(store::TO_SEND, args![self.notice]).await?;
        let Some(notice) = found.filter(|n| n.state == "queued") else { return Ok(()) };
        let connections = cx.app.connections(&cx.tenant);
        let way = connections.and_then(|c| if notice.channel == "pec" { c.pec.as_ref() } else { c.mail.as_ref() });
        let way = way.ok_or_else(|| JobError::retry(format!("no mail server is configured for {}", notice.channel)))?;
        let message = outgoing(cx, &notice, &way.from).await?;
        remember_sender(cx, &notice, &way.from).await?;
        match way.sender.send(&message).await {
            Ok(_) => Ok(record_sent(cx, self.notice).await?),
            // Wrong settings are ours to put right: the message waits for that.
            Err(error) if error.is_temporary() || matches!(error, SendError::Config { .. }) => {
                Err(JobError::retry(summary(&error)))
            }
            Err(error) => Ok(record_refused(cx, &notice, &error).await?),
        }
    }
}

async fn outgoing(cx: &Cx, notice: &ToSend, from: &italia::EmailAddress) -> Result<Outgoing, JobError> {
    let sealed = notice.body.as_deref().ok_or_else(|| JobError::fail("the text is gone"))?;
    let body = cx.app.vault().open(BODY_PURPOSE, &notice.id.to_string(), sealed).map_err(Error::from)?;
    let text = String::from_utf8_lossy(&body).into_owned();
    let to = italia::EmailAddress::parse(&notice.recipient).map_err(|e| JobError::fail(e.to_string()))?;
    let id = message_id(&notice.message_id).ok_or_else(|| JobError::fail("the Message-ID is not one"))?;
    let mut message = Outgoing::new(from.clone(), to, notice.subject.clone(), text, id, cx.now());
    message.from_name = Some(cx.tenant.owner.get(cx.tenant.language).to_owned());
    message.auto_submitted = true;
    if let Some(json) = &notice.attachment {
        let attachment: Attachment = serde_json::from_str(json).map_err(|e| JobError::fail(e.to_string()))?;
        message.attachments.push(paper::make(cx, attachment).await?);
    }
    Ok(message)
}

/// What went wrong, for log and operator, without the server's words: they repeat the recipient's address.
fn summary(error: &SendError) -> String {
    match error {
        SendError::Temporary { code: Some(code), .. } => format!("the mail server answers {code}"),
        SendError::Temporary { code: None, .. } => "the mail server cannot be reached".to_owned(),
        SendError::Permanent { code, status, .. } => {
            let status = status.as_ref().map(|s| format!(" {s}")).unwrap_or_default();
            format!("the mail server refuses with {code}{status}")
        }
        SendError::OverLimit { .. } => error.to_string(),
        SendError::TooLarge { .. } => "the message is too large for the mail server".to_owned(),
        SendError::Config { .. } => "the mail server's settings are wrong; run `sportello doctor --online`".to_owned(),
        SendError::Compose(error) => error.to_string(),
    }
}

/// Receipts quote the sender, and the configuration may change before they come.
async fn remember_sender(cx: &Cx, notice: &ToSend, from: &italia::EmailAddress) -> Result<(), Error> {
    if notice.channel != "pec" || notice.sender.as_deref() == Some(from.as_str()) {
        return Ok(());
    }
    let mut tx = cx.begin(Operation::Deliver).await?;
    tx.execute(store::HANDED_OVER_BY, args![notice.id, from.as_str()]).await?;
    tx.commit_unaudited().await
}

async fn record_sent(cx: &Cx, id: NoticeId) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::Deliver).await?;
    tx.execute(store::SENT, args![id, cx.now_ms()]).await?;
    tx.commit_unaudited().await
}

async fn record_refused(cx: &Cx, notice: &ToSend, error: &SendError) -> Result<(), Error> {
    tracing::info!(
        notice = notice.id,
        channel = notice.channel,
        error = summary(error),
        "the mail server refuses a notice"
    );
    let mut tx = cx.begin(Operation::Deliver).await?;
    tx.execute(store::FAILED, args![NoticeId(notice.id), "refused", cx.now_ms()]).await?;
    if notice.channel == "mail" && matches!(error, SendError::Permanent { .. }) {
        accounts::set_refuses_ordinary(&mut tx, &notice.recipient, true).await?;
    }
    tx.commit_unaudited().await
}
