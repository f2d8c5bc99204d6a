//! The folder: listed, counted, opened.

use std::io;

use super::session::{Outcome, Selected, Session, bad, done, missing};
use super::token::Token;

impl Session<'_> {
    /// There is one folder, the inbox.
    pub async fn list(&mut self, command: &str, arguments: &[Token]) -> io::Result<Outcome> {
        let pattern = arguments.get(1).and_then(Token::text).unwrap_or_default().to_ascii_uppercase();
        if pattern.is_empty() {
            self.send(&format!("* {command} (\\Noselect) \"/\" \"\"")).await?;
        } else if ["*", "%", "INBOX"].contains(&pattern.as_str()) {
            self.send(&format!("* {command} (\\HasNoChildren) \"/\" INBOX")).await?;
        }
        Ok(done(command))
    }

    pub async fn status(&mut self, arguments: &[Token]) -> io::Result<Outcome> {
        let [folder, Token::List(items)] = arguments else { return Ok(bad("STATUS")) };
        if folder.keyword() != "INBOX" {
            return Ok(missing());
        }
        let Some((uidvalidity, next, count, unseen)) = self.with_box(|mailbox| {
            let unseen = mailbox.messages.iter().filter(|kept| !kept.flags.contains("\\Seen")).count();
            (mailbox.uidvalidity, mailbox.next_uid, mailbox.messages.len(), unseen)
        }) else {
            return Ok(missing());
        };
        let mut answers = Vec::new();
        for item in items {
            answers.push(match item.keyword().as_str() {
                "MESSAGES" => format!("MESSAGES {count}"),
                "RECENT" => "RECENT 0".to_owned(),
                "UIDNEXT" => format!("UIDNEXT {next}"),
                "UIDVALIDITY" => format!("UIDVALIDITY {uidvalidity}"),
                "UNSEEN" => format!("UNSEEN {unseen}"),
                _ => return Ok(bad("voce di STATUS sconosciuta")),
            });
        }
        self.send(&format!("* STATUS INBOX ({})", answers.join(" "))).await?;
        Ok(done("STATUS"))
    }

    pub async fn select(&mut self, arguments: &[Token], read_only: bool) -> io::Result<Outcome> {
        self.selected = None;
        if arguments.first().is_none_or(|folder| folder.keyword() != "INBOX") {
            return Ok(missing());
        }
        let Some((uidvalidity, next, uids)) = self.with_box(|mailbox| {
            (mailbox.uidvalidity, mailbox.next_uid, mailbox.messages.iter().map(|kept| kept.uid).collect::<Vec<_>>())
        }) else {
            return Ok(missing());
        };
        let permanent = if read_only { "" } else { "\\Seen \\Answered \\Flagged \\Deleted \\Draft" };
        let count = uids.len();
        self.selected = Some(Selected { uids, read_only });
        for line in [
            "* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft)".to_owned(),
            format!("* {count} EXISTS"),
            "* 0 RECENT".to_owned(),
            format!("* OK [PERMANENTFLAGS ({permanent})] contrassegni"),
            format!("* OK [UIDVALIDITY {uidvalidity}] identificativi"),
            format!("* OK [UIDNEXT {next}] prossimo"),
        ] {
            self.send(&line).await?;
        }
        Ok(Ok(if read_only { "[READ-ONLY] EXAMINE" } else { "[READ-WRITE] SELECT" }.to_owned()))
    }
}
