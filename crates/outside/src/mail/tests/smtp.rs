//! The SMTP servers, word by word.

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::*;
use pec::smtp::SendError;

struct Talk {
    stream: BufReader<TcpStream>,
}

impl Talk {
    async fn with(address: SocketAddr) -> Self {
        let mut talk = Self { stream: BufReader::new(TcpStream::connect(address).await.unwrap()) };
        assert!(talk.reply().await.starts_with("220 "));
        talk
    }

    /// The last line of a reply.
    async fn reply(&mut self) -> String {
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).await.unwrap();
            if line.as_bytes().get(3) != Some(&b'-') {
                return line.trim_end().to_owned();
            }
        }
    }

    async fn write(&mut self, text: &str) {
        self.stream.get_mut().write_all(text.as_bytes()).await.unwrap();
    }

    async fn say(&mut self, line: &str) -> String {
        self.write(&format!("{line}\r\n")).await;
        self.reply().await
    }
}

#[tokio::test]
async fn a_conversation_with_pipelining_and_dots() {
    let world = world().await;
    let mut talk = Talk::with(world.mail.smtp_addr()).await;
    assert_eq!(talk.say("EHLO me").await, "250 8BITMIME");
    talk.write("MAIL FROM:<a@b.it> SIZE=10\r\nRCPT TO:<verdi@posta.example.com>\r\nDATA\r\n").await;
    assert!(talk.reply().await.starts_with("250 2.1.0"));
    assert!(talk.reply().await.starts_with("250 2.1.5"));
    assert!(talk.reply().await.starts_with("354 "));
    assert!(talk.say("Subject: punti\r\n\r\n..uno\r\n...\r\nfine\r\n.").await.starts_with("250 "));
    assert!(talk.say("QUIT").await.starts_with("221 "));
    assert_eq!(world.only(VERDI).text, ".uno\n..\nfine");
}

#[tokio::test]
async fn commands_out_of_order_are_refused() {
    let world = world().await;
    let mut talk = Talk::with(world.mail.smtp_addr()).await;
    assert!(talk.say("MAIL FROM:<a@b.it>").await.starts_with("503 "));
    talk.say("HELO me").await;
    assert!(talk.say("RCPT TO:<a@b.it>").await.starts_with("503 "));
    assert!(talk.say("DATA").await.starts_with("503 "));
    assert!(talk.say("MAIL FROM:<a@b.it> SIZE=99999999").await.starts_with("552 5.3.4"));
    assert!(talk.say("MAIL FROM:nobody").await.starts_with("501 "));
    assert!(talk.say("STARTTLS").await.starts_with("500 "));
    assert!(talk.say("MAIL FROM:<a@b.it>").await.starts_with("250 "));
    assert!(talk.say("DATA").await.starts_with("503 "), "no recipient yet");
    assert!(talk.say("RCPT TO:<verdi@posta.example.com>").await.starts_with("250 "), "the transaction is still open");
    assert!(talk.say("RSET").await.starts_with("250 "));
    assert!(talk.say("RCPT TO:<verdi@posta.example.com>").await.starts_with("503 "));
}

#[tokio::test]
async fn bare_line_feeds_cannot_end_a_message() {
    let world = world().await;
    let mut talk = Talk::with(world.mail.smtp_addr()).await;
    for line in ["EHLO me", "MAIL FROM:<a@b.it>", "RCPT TO:<verdi@posta.example.com>", "DATA"] {
        talk.say(line).await;
    }
    let smuggled = "Subject: x\r\n\r\nuno\n.\nMAIL FROM:<evil@b.it>\r\n.";
    assert!(talk.say(smuggled).await.starts_with("554 "));
    assert!(world.mail.messages(&address(VERDI)).is_empty());
}

#[tokio::test]
async fn the_pec_server_wants_its_own_account() {
    let world = world().await;
    let mut talk = Talk::with(world.mail.pec_smtp_addr()).await;
    talk.say("EHLO me").await;
    assert!(talk.say(&format!("MAIL FROM:<{ALBO}>")).await.starts_with("530 "));
    // \0assistenza@albo.example.it\0segreto: right password, but no PEC box.
    assert!(talk.say("AUTH PLAIN AGFzc2lzdGVuemFAYWxiby5leGFtcGxlLml0AHNlZ3JldG8=").await.starts_with("535 "));
    assert_eq!(talk.say("AUTH LOGIN").await, "334 VXNlcm5hbWU6");
    assert_eq!(talk.say("YWxib0BwZWMuZXhhbXBsZS5pdA==").await, "334 UGFzc3dvcmQ6");
    assert!(talk.say("c2VncmV0bw==").await.starts_with("235 "));
    assert!(talk.say("MAIL FROM:<altri@pec.example.it>").await.starts_with("553 "));
    assert!(talk.say(&format!("MAIL FROM:<{ALBO}>")).await.starts_with("250 "));
}

#[tokio::test]
async fn errors_are_told_apart() {
    let world = world().await;
    let wrong = |user: &str, port: u16| {
        Sender::new(SmtpConfig {
            host: "127.0.0.1".into(),
            port,
            tls: Tls::None,
            authorities: None,
            user: Some(user.to_owned()),
            password: Secret::from("sbagliato"),
            timeout: Duration::from_secs(5),
        })
        .unwrap()
    };
    let port = world.mail.pec_smtp_addr().port();
    let error = wrong(ALBO, port).send(&certified(ROSSI, "m1")).await.unwrap_err();
    assert!(matches!(error, SendError::Config { .. }), "{error:?}");
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let error = wrong(ALBO, free).send(&certified(ROSSI, "m1")).await.unwrap_err();
    assert!(matches!(error, SendError::Temporary { code: None, .. }), "{error:?}");
    let foreign = Outgoing { from: address("altri@pec.example.it"), ..certified(ROSSI, "m1") };
    let error = world.sender(Channel::Pec).send(&foreign).await.unwrap_err();
    assert!(matches!(error, SendError::Permanent { code: 553, .. }), "{error:?}");
    let file = pec::Attachment { name: "x".into(), media_type: "a/b".into(), bytes: vec![7; 28_000_000] };
    let large = Outgoing { attachments: vec![file], ..certified(ROSSI, "m1") };
    let error = world.sender(Channel::Pec).send(&large).await.unwrap_err();
    assert!(matches!(error, SendError::TooLarge { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_never_answers_is_temporary_and_the_pool_recovers() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let sender = Sender::new(SmtpConfig {
        host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        authorities: None,
        user: None,
        password: Secret::from(""),
        timeout: Duration::from_millis(300),
    })
    .unwrap();
    let hold = tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            held.push(stream);
        }
    });
    for _ in 0..2 {
        let error = sender.send(&certified(ROSSI, "m1")).await.unwrap_err();
        assert!(matches!(error, SendError::Temporary { code: None, .. }), "{error:?}");
    }
    hold.abort();
}

#[tokio::test]
async fn many_senders_share_the_pool() {
    let world = world().await;
    let sender = world.sender(Channel::Pec);
    let mut tasks = JoinSet::new();
    for number in 0..40 {
        let sender = sender.clone();
        tasks.spawn(async move { sender.send(&certified(ROSSI, &format!("m{number}"))).await.map(drop) });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap().unwrap();
    }
    assert_eq!(world.mail.messages(&address(ROSSI)).len(), 40);
    assert_eq!(world.receipts().await.len(), 80);
}
