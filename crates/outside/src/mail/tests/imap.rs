//! The mailbox server and the client that reads it.

use std::future::pending;

use pec::imap::{ImapError, Wake};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::*;

fn put(world: &World, count: u32) {
    for number in 1..=count {
        let raw = format!(
            "From: a@b.it\r\nSubject: numero {number}\r\nMessage-ID: <{number}@b.it>\r\n\r\ntesto {number}\r\n"
        );
        world.mail.put_message(&address(ASSISTANCE), raw.as_bytes());
    }
}

#[tokio::test]
async fn new_messages_are_fetched_once_and_in_order() {
    let world = world().await;
    put(&world, 5);
    let mut mailbox = Mailbox::open(&world.imap_config(ASSISTANCE)).await.unwrap();
    let first = fetch_new(&mut mailbox, None, 2).await.unwrap();
    assert_eq!(first.iter().map(|(uid, _)| *uid).collect::<Vec<_>>(), [1, 2]);
    let after = first.last().map(|(uid, _)| (mailbox.uidvalidity(), *uid));
    let rest = fetch_new(&mut mailbox, after, 100).await.unwrap();
    assert_eq!(rest.iter().map(|(uid, _)| *uid).collect::<Vec<_>>(), [3, 4, 5]);
    assert!(rest[0].1.ends_with(b"testo 3\r\n"));
    let epoch = mailbox.uidvalidity();
    assert!(
        fetch_new(&mut mailbox, Some((epoch, 5)), 100).await.unwrap().is_empty(),
        "nothing new, `*` notwithstanding"
    );
    assert_eq!(fetch_new(&mut mailbox, Some((epoch.wrapping_add(1), 5)), 100).await.unwrap().len(), 5, "a new epoch");
    // A restart: another connection goes on where the first one stopped, and sees what came meanwhile.
    put(&world, 1);
    let mut again = Mailbox::open(&world.imap_config(ASSISTANCE)).await.unwrap();
    assert_eq!(fetch_new(&mut again, Some((epoch, 5)), 100).await.unwrap()[0].0, 6);
    assert_eq!(fetch_new(&mut mailbox, Some((epoch, 5)), 100).await.unwrap()[0].0, 6, "the open connection as well");
    mailbox.close().await.unwrap();
    assert!(world.mail.messages(&address(ASSISTANCE)).iter().all(|message| !message.seen), "reading leaves no trace");
}

#[tokio::test]
async fn waiting_ends_when_mail_comes() {
    let world = world().await;
    let mut mailbox = Mailbox::open(&world.imap_config(ASSISTANCE)).await.unwrap();
    assert_eq!(mailbox.idle(Duration::from_millis(200), pending()).await.unwrap(), Wake::TimedOut);
    let (waited, ()) = tokio::join!(mailbox.idle(Duration::from_secs(20), pending()), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        put(&world, 1);
    });
    assert_eq!(waited.unwrap(), Wake::Mail);
    assert_eq!(fetch_new(&mut mailbox, None, 9).await.unwrap().len(), 1, "the connection goes on after waiting");
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let world = world().await;
    let config = world.imap_config(ASSISTANCE);
    let wrong = ImapConfig { password: Secret::from("no"), ..config.clone() };
    assert!(matches!(Mailbox::open(&wrong).await, Err(ImapError::Login(_))));
    let folder = ImapConfig { folder: "Altro \"x\"".into(), ..config.clone() };
    assert!(matches!(Mailbox::open(&folder).await, Err(ImapError::Refused { command: "EXAMINE", .. })));
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let nobody = ImapConfig { port: free, ..config.clone() };
    assert!(matches!(Mailbox::open(&nobody).await, Err(ImapError::Connection(_))));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mute = ImapConfig { port, timeout: Duration::from_millis(200), ..config };
    assert!(matches!(Mailbox::open(&mute).await, Err(ImapError::TimedOut)));
}

#[tokio::test]
async fn a_lost_connection_is_an_error_and_not_an_empty_box() {
    let world = world().await;
    put(&world, 1);
    let mut mailbox = Mailbox::open(&world.imap_config(ASSISTANCE)).await.unwrap();
    world.mail.down(true);
    assert!(fetch_new(&mut mailbox, None, 9).await.is_err());
}

#[tokio::test]
async fn large_messages_come_through() {
    let world = world().await;
    let body = "0123456789abcdef0123456789abcdef0123456789abcdef\r\n".repeat(100_000);
    let raw = format!("From: a@b.it\r\n\r\n{body}");
    world.mail.put_message(&address(ASSISTANCE), raw.as_bytes());
    let mut mailbox = Mailbox::open(&world.imap_config(ASSISTANCE)).await.unwrap();
    let fetched = fetch_new(&mut mailbox, None, 9).await.unwrap();
    assert!(fetched[0].1 == raw.as_bytes());
}

struct Talk {
    stream: BufReader<TcpStream>,
}

impl Talk {
    async fn with(world: &World) -> Self {
        let mut talk = Self { stream: BufReader::new(TcpStream::connect(world.mail.imap_addr()).await.unwrap()) };
        assert!(talk.line().await.starts_with("* OK "));
        talk
    }

    async fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).await.unwrap();
        line.trim_end().to_owned()
    }

    /// Everything up to the tagged answer.
    async fn say(&mut self, command: &str) -> Vec<String> {
        self.stream.get_mut().write_all(format!("t {command}\r\n").as_bytes()).await.unwrap();
        let mut lines = Vec::new();
        loop {
            let line = self.line().await;
            assert!(!line.is_empty() || !lines.is_empty(), "closed after {command}");
            let last = line.starts_with("t ");
            lines.push(line);
            if last {
                return lines;
            }
        }
    }
}

#[tokio::test]
async fn a_usual_client_finds_its_way() {
    let world = world().await;
    put(&world, 3);
    let mut talk = Talk::with(&world).await;
    assert!(talk.say("SELECT INBOX").await[0].starts_with("t NO"), "not before logging in");
    // \0assistenza@albo.example.it\0segreto
    let answer = talk.say("AUTHENTICATE PLAIN AGFzc2lzdGVuemFAYWxiby5leGFtcGxlLml0AHNlZ3JldG8=").await;
    assert!(answer[0].starts_with("t OK"));
    assert_eq!(talk.say("LIST \"\" *").await[0], "* LIST (\\HasNoChildren) \"/\" INBOX");
    assert_eq!(
        talk.say("STATUS INBOX (MESSAGES UIDNEXT UNSEEN)").await[0],
        "* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UNSEEN 3)"
    );
    let opened = talk.say("SELECT INBOX").await;
    assert!(opened.contains(&"* 3 EXISTS".to_owned()));
    assert_eq!(opened.last().unwrap(), "t OK [READ-WRITE] SELECT");
    assert_eq!(talk.say("UID SEARCH SUBJECT \"numero 2\" UNSEEN").await[0], "* SEARCH 2");
    assert_eq!(talk.say("SEARCH OR UID 1 NOT 1:2").await[0], "* SEARCH 1 3");
    let header = talk.say("FETCH 2 (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])").await;
    assert_eq!(header[0], "* 2 FETCH (FLAGS () BODY[HEADER.FIELDS (SUBJECT)] {21}");
    assert_eq!(header[1], "Subject: numero 2");
    assert_eq!(talk.say("FETCH 2 BODY[TEXT]<0.5>").await[1], "testo)");
    assert_eq!(talk.say("FETCH 2 FLAGS").await[0], "* 2 FETCH (FLAGS (\\Seen))");
    assert!(talk.say("UID FETCH 3 ENVELOPE").await[0].contains("\"numero 3\" ((NIL NIL \"a\" \"b.it\"))"));
    assert_eq!(talk.say("UID STORE 1:2 +FLAGS (\\deleted)").await[1], "* 2 FETCH (UID 2 FLAGS (\\Deleted \\Seen))");
    let gone = talk.say("EXPUNGE").await;
    assert_eq!(gone, ["* 2 EXPUNGE", "* 1 EXPUNGE", "t OK EXPUNGE fatto"]);
    assert_eq!(talk.say("UID FETCH 1:* FLAGS").await[0], "* 1 FETCH (UID 3 FLAGS ())");
    put(&world, 1);
    assert_eq!(talk.say("NOOP").await[0], "* 2 EXISTS");
    assert!(talk.say("FETCH x FLAGS").await[0].starts_with("t BAD"));
    assert!(talk.say("FROBNICATE").await[0].starts_with("t BAD"));
    assert_eq!(talk.say("LOGOUT").await[0], "* BYE arrivederci");
}

#[tokio::test]
async fn literals_are_awaited_and_limited() {
    let world = world().await;
    let mut talk = Talk::with(&world).await;
    talk.stream.get_mut().write_all(format!("t LOGIN {{{}}}\r\n", ASSISTANCE.len()).as_bytes()).await.unwrap();
    assert!(talk.line().await.starts_with("+ "));
    talk.stream.get_mut().write_all(format!("{ASSISTANCE} {{7+}}\r\nsegreto\r\n").as_bytes()).await.unwrap();
    assert!(talk.line().await.starts_with("t OK"));
    talk.stream.get_mut().write_all(b"t SEARCH TEXT {999999999}\r\n").await.unwrap();
    assert_eq!(talk.line().await, "", "an absurd literal ends the connection");
}

#[tokio::test]
async fn examined_folders_are_read_only() {
    let world = world().await;
    put(&world, 1);
    let mut talk = Talk::with(&world).await;
    talk.say(&format!("LOGIN {ASSISTANCE} segreto")).await;
    talk.say("EXAMINE INBOX").await;
    talk.say("FETCH 1 BODY[]").await;
    assert!(talk.say("STORE 1 +FLAGS (\\Seen)").await[0].starts_with("t NO"));
    assert!(talk.say("EXPUNGE").await[0].starts_with("t NO"));
    assert!(!world.only(ASSISTANCE).seen);
}
