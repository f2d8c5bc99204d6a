//! Mailboxes: receipts that come late, messages that nobody can read, nodes that share and nodes that die.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use italia::EmailAddress;
use jiff::SignedDuration;
use outside::mail::BoxBehaviour;
use pec::imap::Mailbox;
use sportello_core::mailboxes::{self, Leases, Watch};
use sportello_core::notices::inbox::PEC;
use store::{Arg, Sql, args};
use testkit::Stage;

use crate::on_every_engine;

/// It calls itself a receipt, and certifies nothing.
const BROKEN: &[u8] = b"From: posta-certificata@pec.example\r\nX-Ricevuta: accettazione\r\n\r\nniente\r\n";

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// The certified mailbox of the body.
fn pec_box() -> EmailAddress {
    address("albo@pec.example")
}

fn writes_to_assistance(stage: &Stage, subject: &str) {
    let help = address(&stage.cx().tenant.help.email);
    stage.world.mail().send_ordinary(&address("ditta@posta.example"), &help, subject, "Non riesco a entrare.").unwrap();
}

async fn requests(stage: &Stage) -> i64 {
    let row = stage.database.db.fetch_one(Sql::new("SELECT count(*) AS n FROM help_requests"), args![]).await.unwrap();
    row.get("n").unwrap()
}

async fn evidence(stage: &Stage) -> i64 {
    let row = stage.database.db.fetch_one(Sql::new("SELECT count(*) AS n FROM mail_evidence"), args![]).await.unwrap();
    row.get("n").unwrap()
}

async fn changes(stage: &Stage, sql: &'static str, args: Vec<Arg>) {
    let mut tx = stage.database.db.begin().await.unwrap();
    tx.execute(Sql::new(sql), args).await.unwrap();
    tx.commit().await.unwrap();
}

/// Runs something for so many steps and then kills it where it stands. Returns whether it had ended by then.
async fn for_steps(steps: usize, work: impl Future) -> bool {
    let mut work = pin!(work);
    let mut left = steps;
    poll_fn(|context| {
        if work.as_mut().poll(context).is_ready() {
            return Poll::Ready(true);
        }
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        Poll::Pending
    })
    .await
}

on_every_engine! {
    // req
    async fn a_late_notice_overwrites_no_failure(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        stage.world.mail().set_behaviour(&address(firm.pec()), BoxBehaviour::SilentTwelveHours);
        let status = firm.registers_with_pec(firm.pec()).await;
        stage.settle().await;
        stage.passes(SignedDuration::from_hours(12)).await;
        let page = firm.browser.open(status.url.as_str()).await;
        assert!(page.text().contains("non risponde da 12 ore"), "{}", page.text());
        let first_notice = stage.world.mail().messages(&pec_box()).last().unwrap().raw.clone();
        stage.passes(SignedDuration::from_hours(12)).await;
        let page = firm.browser.open(status.url.as_str()).await;
        assert!(page.text().contains("non risponde da 24 ore"), "{}", page.text());

        // The same again, in other words: a digest does not know it.
        let again = [b"Received: from a slow server\r\n".as_slice(), &first_notice].concat();
        stage.world.mail().put_message(&pec_box(), &again);
        let before = evidence(&stage).await;
        stage.settle().await;
        assert_eq!(evidence(&stage).await, before + 1);
        let page = firm.browser.open(status.url.as_str()).await;
        assert!(page.text().contains("non risponde da 24 ore"), "{}", page.text());
    }

    // req: A-17
    async fn receipts_come_after_the_sender_has_changed(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let status = firm.registers_with_pec(firm.pec()).await;
        while stage.world.mail().messages(&address(firm.pec())).is_empty() {
            stage.worker().run_due().await.unwrap();
            stage.world.tick().await;
        }
        let kept = stage.database.db.fetch_one(
            Sql::new("SELECT count(*) AS n FROM notices WHERE channel = 'pec' AND sender = 'albo@pec.example'"), args![]).await.unwrap();
        assert!(kept.get::<i64>("n").unwrap() > 0);
        stage.settle().await;
        assert!(firm.browser.open(status.url.as_str()).await.text().contains("Consegnato nella casella"));
    }

    async fn a_broken_message_is_put_aside_and_the_next_one_counts(stage) {
        stage.world.mail().put_message(&pec_box(), BROKEN);
        let firm = stage.firm("Autotrasporti Esempio").await;
        let status = firm.registers_with_pec(firm.pec()).await;
        stage.settle().await;
        assert!(firm.browser.open(status.url.as_str()).await.text().contains("Consegnato nella casella"));
        assert_eq!(mailboxes::quarantined_count(&stage.cx()).await.unwrap(), 1);
    }

    async fn a_message_that_always_fails_is_given_up_and_the_next_one_counts(stage) {
        writes_to_assistance(&stage, "Prima");
        let cx = stage.cx();
        let config = cx.app.connections(&cx.tenant).unwrap().assistance_inbox.as_ref().unwrap();
        let epoch = Mailbox::open(config).await.unwrap().uidvalidity();
        // Whatever was tried so often is not asked for again.
        let given_up = "INSERT INTO mail_failures (tenant, mailbox, uid_validity, uid, fetched, tries, reason, first_at)
                        VALUES ('albo', 'assistance', $1, 1, FALSE, 5, 'it ends the connection', 0)";
        changes(&stage, given_up, args![epoch]).await;
        writes_to_assistance(&stage, "Seconda");
        stage.settle().await;
        assert_eq!(requests(&stage).await, 1);
        assert_eq!(mailboxes::quarantined_count(&stage.cx()).await.unwrap(), 1);
    }

    async fn a_mailbox_that_counts_anew_repeats_nothing(stage) {
        writes_to_assistance(&stage, "Una volta");
        let firm = stage.firm("Autotrasporti Esempio").await;
        let status = firm.registers_with_pec(firm.pec()).await;
        stage.settle().await;
        let (asked, kept) = (requests(&stage).await, evidence(&stage).await);
        assert_eq!(asked, 1);
        // Also what an earlier version has kept, without digests.
        changes(&stage, "UPDATE mail_evidence SET digest = NULL, uid_validity = 99", args![]).await;
        changes(&stage, "UPDATE mail_cursors SET uid_validity = 99", args![]).await;
        stage.settle().await;
        assert_eq!((requests(&stage).await, evidence(&stage).await), (asked, kept));
        writes_to_assistance(&stage, "Due volte");
        stage.settle().await;
        assert_eq!(requests(&stage).await, asked + 1);
        assert!(firm.browser.open(status.url.as_str()).await.text().contains("Consegnato nella casella"));
    }

    async fn a_node_that_dies_while_reading_loses_nothing_and_repeats_nothing(stage) {
        let cx = stage.cx();
        for round in 0..12 {
            writes_to_assistance(&stage, &format!("Lettera {round}"));
        }
        stage.world.tick().await;
        let mut steps = 0;
        while !for_steps(steps, mailboxes::read_now(&cx, desk_dues::help::ASSISTANCE)).await {
            steps += 1;
        }
        stage.settle().await;
        // How many depends on how many answers of the server come together.
        assert!(steps > 3, "it died {steps} times");
        assert_eq!((requests(&stage).await, evidence(&stage).await), (12, 12));
    }

    async fn a_mailbox_is_one_nodes_until_that_node_dies(stage) {
        let (first, second) = (Leases::new(stage.app.clone()), Leases::new(stage.app.clone()));
        assert_eq!(first.beat().await.unwrap().len(), 2);
        assert_eq!(second.beat().await.unwrap().len(), 0);
        stage.lets_pass(SignedDuration::from_secs(50));
        assert_eq!(first.beat().await.unwrap().len(), 2);
        stage.lets_pass(SignedDuration::from_secs(50));
        assert_eq!(second.beat().await.unwrap().len(), 0, "the first has been heard of");
        stage.lets_pass(SignedDuration::from_secs(11));
        assert_eq!(second.beat().await.unwrap().len(), 2);
        assert_eq!(first.beat().await.unwrap().len(), 0, "it knows that it was taken for dead");
        second.release().await.unwrap();
        assert_eq!(first.beat().await.unwrap().len(), 2, "whoever stops lets go");
    }

    async fn an_open_mailbox_is_told_at_once(stage) {
        let (say, hear) = tokio::sync::oneshot::channel::<()>();
        let app = stage.app.clone();
        let watching = tokio::spawn(async move {
            Watch::new(app).run(async { drop(hear.await) }).await;
        });
        // Nobody looks into the mailboxes by hand here.
        let firm = stage.firm("Autotrasporti Esempio").await;
        let status = firm.registers_with_pec(firm.pec()).await;
        let told = async {
            loop {
                stage.worker().run_due().await.unwrap();
                stage.world.tick().await;
                if firm.browser.open(status.url.as_str()).await.text().contains("Consegnato nella casella") {
                    return;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), told).await.unwrap();
        let open = stage.database.db.fetch_one(Sql::new("SELECT count(*) AS n FROM mail_leases"), args![]).await.unwrap();
        assert_eq!(open.get::<i64>("n").unwrap(), 2);
        drop(say);
        watching.await.unwrap();
        let open = stage.database.db.fetch_one(Sql::new("SELECT count(*) AS n FROM mail_leases"), args![]).await.unwrap();
        assert_eq!(open.get::<i64>("n").unwrap(), 0);
        // What no node keeps open is looked into by a job.
        writes_to_assistance(&stage, "Dopo");
        mailboxes::read_now(&stage.cx(), PEC).await.unwrap();
        stage.passes(SignedDuration::from_mins(1)).await;
        assert_eq!(requests(&stage).await, 1);
    }

    async fn what_was_put_aside_says_what_it_means_and_what_to_do(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.registers_with_pec(firm.pec()).await;
        stage.settle().await;
        let receipts = stage.world.mail().messages(&pec_box());
        let mut altered = receipts.last().unwrap().raw.clone();
        let place = altered.windows(9).rposition(|word| word == b"consegnat").unwrap();
        altered[place] = b'C';
        let mut huge = b"From: ditta@posta.example\r\nSubject: grande\r\n\r\n".to_vec();
        huge.resize(pec::LARGEST_MESSAGE + 1, b'a');
        for message in [BROKEN, &altered, &huge] {
            stage.world.mail().put_message(&pec_box(), message);
        }
        stage.settle().await;
        assert_eq!(mailboxes::quarantined_count(&stage.cx()).await.unwrap(), 3);
        let operator = stage.operator("second-level").await;
        let page = operator.browser.get("/ufficio/caselle").await.text();
        for says in ["i dati di certificazione mancano", "cambiata dopo la firma", "più grande di quanto si legga"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(page.contains("conservata al più l’intestazione"));
    }

    async fn operators_decide_about_what_was_put_aside(stage) {
        stage.world.mail().put_message(&pec_box(), BROKEN);
        stage.settle().await;
        let operator = stage.operator("second-level").await;
        assert!(operator.browser.get("/ufficio/da-controllare").await.text().contains("Un messaggio aspetta una decisione"));
        let page = operator.browser.get("/ufficio/caselle").await;
        assert!(page.text().contains("Casella PEC") && page.text().contains("daticert.xml"), "{}", page.text());
        let id = {
            let row = stage.database.db.fetch_one(Sql::new("SELECT max(id) AS n FROM mail_evidence"), args![]).await.unwrap();
            row.get::<i64>("n").unwrap().to_string()
        };
        operator.browser.post("/ufficio/caselle", &[("messaggio", &id), ("decisione", "riprova")]).await;
        stage.settle().await;
        let page = operator.browser.get("/ufficio/caselle").await;
        assert!(page.text().contains("2 tentativi"), "{}", page.text());
        operator.browser.post("/ufficio/caselle", &[("messaggio", &id), ("decisione", "accantona")]).await;
        assert_eq!(mailboxes::quarantined_count(&stage.cx()).await.unwrap(), 0);
        assert_eq!(evidence(&stage).await, 1, "it is kept");
        let first = stage.operator("first-level").await;
        let refused = first.browser.post("/ufficio/caselle", &[("messaggio", &id), ("decisione", "riprova")]).await;
        assert_eq!(refused.status, 403);
    }

    // req: A-47
    async fn a_probe_finds_that_ordinary_mail_is_refused_before_a_receipt_is_lost(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        stage.world.mail().set_behaviour(&address(firm.pec()), BoxBehaviour::RefusesOrdinaryMail);
        firm.is_a_full_member().await;
        let page = firm.browser.get("/quota").await;
        assert!(page.text().contains("La tua casella rifiuta la posta ordinaria"), "{}", page.text());
    }

    // req: A-47
    async fn ordinary_mail_that_comes_back_later_is_known_too(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        assert!(!firm.browser.get("/quota").await.text().contains("rifiuta la posta ordinaria"));
        stage.world.mail().set_behaviour(&address(firm.pec()), BoxBehaviour::Slow(SignedDuration::from_hours(1)));
        firm.pays_online().await;
        stage.settle().await;
        stage.world.mail().set_behaviour(&address(firm.pec()), BoxBehaviour::RefusesOrdinaryMail);
        stage.settle().await;
        // What comes back goes to the sender, whose mail is forwarded to the assistance.
        let bounce = stage.world.mail().messages(&address("avvisi@albo.example")).pop().unwrap();
        stage.world.mail().put_message(&address(&stage.cx().tenant.help.email), &bounce.raw);
        stage.settle().await;
        let page = firm.browser.get("/quota").await;
        assert!(page.text().contains("La tua casella rifiuta la posta ordinaria"), "{}", page.text());
        assert_eq!(requests(&stage).await, 0, "it is no letter");
    }
}
