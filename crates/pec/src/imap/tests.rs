//! The client against servers that follow a script, good and bad.

use std::future::{pending, ready};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream};

use super::*;

fn config() -> ImapConfig {
    ImapConfig {
        host: "localhost".into(),
        port: 0,
        tls: Tls::None,
        authorities: None,
        user: "albo \"1\"".into(),
        password: Secret::from("pàss"),
        folder: "INBOX".into(),
        timeout: Duration::from_secs(5),
    }
}

/// What a server says to each line it hears; `%` stands for the tag of that line. It greets by itself.
type Script = Vec<(&'static str, Vec<u8>)>;

fn opening() -> Script {
    vec![
        ("LOGIN", b"+ go\r\n".to_vec()),
        ("p\u{e0}ss", b"a1 OK in\r\n".to_vec()),
        ("EXAMINE", b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n% OK [READ-ONLY] open\r\n".to_vec()),
    ]
}

async fn follow(stream: DuplexStream, script: Script) {
    let mut stream = BufReader::new(stream);
    stream.get_mut().write_all(b"* OK ready\r\n").await.unwrap();
    for (expected, answer) in script {
        let mut line = Vec::new();
        stream.read_until(b'\n', &mut line).await.unwrap();
        let line = String::from_utf8_lossy(&line).into_owned();
        assert!(line.contains(expected), "{expected:?} was expected, and {line:?} came");
        let tag = line.split(' ').next().unwrap_or_default().as_bytes().to_vec();
        let mut said = Vec::new();
        for byte in answer {
            if byte == b'%' { said.extend_from_slice(&tag) } else { said.push(byte) }
        }
        if stream.get_mut().write_all(&said).await.is_err() {
            return;
        }
    }
}

/// An open mailbox whose server goes on with that script and then hangs up.
async fn open(more: Script) -> Result<Mailbox, ImapError> {
    let (ours, theirs) = tokio::io::duplex(4096);
    tokio::spawn(follow(theirs, [opening(), more].concat()));
    Mailbox::over(ours, &config()).await
}

fn listed(uid: u32, size: u64) -> Listed {
    Listed { uid, size }
}

#[tokio::test]
async fn texts_of_others_are_quoted_or_announced() {
    let mailbox = open(vec![]).await.unwrap();
    assert_eq!(mailbox.uidvalidity(), 7);
}

#[tokio::test]
async fn what_is_new_is_listed_with_its_size() {
    let answer = "* 2 FETCH (RFC822.SIZE 20 UID 12)\r\n* 1 FETCH (UID 11 RFC822.SIZE 10)\r\n\
                  * 3 FETCH (UID 9 RFC822.SIZE 5)\r\n* 2 FETCH (FLAGS ())\r\n% OK done\r\n";
    let script = || vec![("UID FETCH 11:*", answer.into())];
    let cursor = Cursor { uidvalidity: 7, uid: 10 };
    let listing = open(script()).await.unwrap().uids_after(Some(cursor)).await.unwrap();
    assert_eq!(listing.messages, [listed(11, 10), listed(12, 20)], "`*` may be an older one");
    assert!(!listing.epoch_changed);
    let of_old = Cursor { uidvalidity: 6, uid: 10 };
    let all = vec![("UID FETCH 1:*", answer.into())];
    let listing = open(all).await.unwrap().uids_after(Some(of_old)).await.unwrap();
    assert_eq!((listing.messages.len(), listing.epoch_changed, listing.uidvalidity), (3, true, 7));
    let end = Cursor { uidvalidity: 7, uid: u32::MAX };
    assert!(open(vec![]).await.unwrap().uids_after(Some(end)).await.unwrap().messages.is_empty());
}

#[tokio::test]
async fn what_is_wrong_with_one_message_concerns_that_one_only() {
    let mut mailbox = open(vec![
        ("UID FETCH 1 ", b"% NO [EXPUNGEISSUED] some are gone\r\n".to_vec()),
        ("UID FETCH 2 ", b"% OK nothing\r\n".to_vec()),
        ("UID FETCH 4 ", b"* 4 FETCH (BODY[] {5}\r\nciao\n UID 4)\r\n% OK done\r\n".to_vec()),
        ("BODY.PEEK[HEADER]", b"* 3 FETCH (UID 3 BODY[HEADER] \"x: y\")\r\n% OK done\r\n".to_vec()),
    ])
    .await
    .unwrap();
    let refused = mailbox.fetch(listed(1, 10), 100).await.unwrap_err();
    assert!(matches!(&refused, FetchError::Refused(text) if text.contains("gone")), "{refused:?}");
    assert!(matches!(mailbox.fetch(listed(2, 10), 100).await, Err(FetchError::Gone)));
    let large = mailbox.fetch(listed(3, 101), 100).await.unwrap_err();
    assert!(matches!(large, FetchError::TooLarge { size: 101, limit: 100 }) && large.is_about_the_message());
    assert_eq!(mailbox.fetch(listed(4, 5), 100).await.unwrap(), b"ciao\n");
    assert_eq!(mailbox.fetch_header(3).await.unwrap(), b"x: y");
}

#[tokio::test]
async fn a_server_that_sends_more_than_it_announced_is_cut_off() {
    let long = [b"* 1 FETCH (UID 1 BODY[] {4294967296}\r\n".to_vec(), vec![b'x'; 1000]].concat();
    let mut mailbox = open(vec![("UID FETCH 1 ", long)]).await.unwrap();
    assert!(matches!(mailbox.fetch(listed(1, 10), 100).await, Err(FetchError::TooLarge { .. })));
    let next = mailbox.fetch(listed(2, 10), 100).await.unwrap_err();
    assert!(!next.is_about_the_message(), "the connection is of no use any more");
}

#[tokio::test]
async fn long_lines_and_unasked_literals_are_cut_off() {
    let line = [b"* OK ".to_vec(), vec![b'x'; 300_000], b"\r\n".to_vec()].concat();
    for said in
        [line, b"* 1 FETCH (BODY[] {9}\r\n123456789)\r\n".to_vec(), b"* X {99999999999999999999999}\r\n".to_vec()]
    {
        let mut mailbox = open(vec![("UID FETCH", said)]).await.unwrap();
        assert!(matches!(mailbox.uids_after(None).await, Err(ImapError::TooLong)));
    }
}

#[tokio::test]
async fn a_wait_ends_with_mail() {
    let mut mailbox = open(vec![
        ("IDLE", b"+ idling\r\n* OK still here\r\n* 2 EXPUNGE\r\n* 4 EXISTS\r\n".to_vec()),
        ("DONE", b"a3 OK done\r\n".to_vec()),
        ("UID FETCH", b"* 5 EXISTS\r\n% OK done\r\n".to_vec()),
    ])
    .await
    .unwrap();
    assert_eq!(mailbox.idle(LONGEST_IDLE, pending()).await.unwrap(), Wake::Mail);
    mailbox.uids_after(None).await.unwrap();
    let wake = mailbox.idle(LONGEST_IDLE, pending()).await.unwrap();
    assert_eq!(wake, Wake::Mail, "what came during the listing is not waited for");
}

#[tokio::test]
async fn a_wait_ends_in_time_or_when_it_is_cancelled() {
    let idle = || [("IDLE", b"+ idling\r\n".to_vec()), ("DONE", b"% x\r\na3 OK\r\n".to_vec())].to_vec();
    let mut mailbox = open(idle()).await.unwrap();
    assert_eq!(mailbox.idle(Duration::ZERO, pending()).await.unwrap(), Wake::TimedOut);
    let mut mailbox = open(idle()).await.unwrap();
    assert_eq!(mailbox.idle(LONGEST_IDLE, ready(())).await.unwrap(), Wake::Cancelled);
    let late = vec![("IDLE", b"+ idling\r\n".to_vec()), ("DONE", b"* 9 EXISTS\r\na3 OK\r\n".to_vec())];
    let mut mailbox = open(late).await.unwrap();
    assert_eq!(mailbox.idle(LONGEST_IDLE, ready(())).await.unwrap(), Wake::Mail, "it came while we hung up");
}

#[tokio::test]
async fn a_server_without_idle_is_listed_from_time_to_time() {
    let mut mailbox =
        open(vec![("IDLE", b"% BAD unknown\r\n".to_vec()), ("UID FETCH", b"% OK\r\n".to_vec())]).await.unwrap();
    let error = mailbox.idle(LONGEST_IDLE, pending()).await.unwrap_err();
    assert!(matches!(error, ImapError::Refused { command: "IDLE", .. }));
    assert!(mailbox.uids_after(None).await.is_ok(), "the connection goes on");
}

#[tokio::test]
async fn a_farewell_is_an_error_with_the_server_s_words() {
    let mut mailbox = open(vec![("UID FETCH", b"* BYE shutting down\r\n".to_vec())]).await.unwrap();
    let error = mailbox.uids_after(None).await.unwrap_err();
    assert!(matches!(&error, ImapError::Ended(text) if text == "shutting down"), "{error:?}");
    let mailbox = open(vec![("LOGOUT", b"* BYE\r\n% OK\r\n".to_vec())]).await.unwrap();
    mailbox.close().await.unwrap();
}

#[tokio::test]
async fn a_command_that_was_given_up_leaves_nothing_to_mistake() {
    let mut mailbox = open(vec![("UID FETCH", Vec::new()), ("never", Vec::new())]).await.unwrap();
    tokio::select! {
        biased;
        _ = mailbox.uids_after(None) => panic!("the server says nothing"),
        () = tokio::task::yield_now() => {}
    }
    let error = mailbox.uids_after(None).await.unwrap_err();
    assert!(matches!(error, ImapError::Connection(_)), "{error:?}");
}

#[tokio::test]
async fn greetings_that_are_none_are_refused() {
    for (greeting, refused) in [("* PREAUTH in\r\n", false), ("* BYE full\r\n", true), ("HTTP/1.1 400\r\n", false)] {
        let (ours, mut theirs) = tokio::io::duplex(100);
        theirs.write_all(greeting.as_bytes()).await.unwrap();
        let error = Mailbox::over(ours, &config()).await.unwrap_err();
        assert_eq!(matches!(error, ImapError::Refused { .. }), refused, "{error:?}");
    }
}
