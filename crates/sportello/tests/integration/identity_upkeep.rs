//! What whoever runs the program relies on: a registry that falls silent, keys that are exchanged, the log.

use jiff::{SignedDuration, Timestamp};
use outside::cns::Published;
use sportello_core::identities::{self, LogLine, Problem};
use sportello_core::spid::saml::binding::from_form;
use sportello_core::{Cx, audit};
use store::Sql;
use testkit::{Stage, databases};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

async fn marios_firm(stage: &Stage) {
    stage.firm("Prova Mario").await.registers_simplified("mario.prova@posta.example", "ordinary").await;
    stage.settle().await;
}

async fn mario_enters(stage: &Stage) {
    let mario = stage.person("Mario");
    mario.enters_with("Poste").await;
    let page = mario.browser.get("/quota").await;
    assert!(page.text().contains("Prova Mario"), "{}", page.text());
}

/// What is said of a registry that has been silent for long.
async fn silence(stage: &Stage) -> Option<Problem> {
    let problems = identities::problems(&stage.cx()).await.unwrap();
    problems.into_iter().find(|problem| problem.message.contains("the registry was last read on"))
}

async fn log(cx: &Cx) -> Vec<LogLine> {
    identities::export(cx, Timestamp::MIN, Timestamp::MAX, 0).await.unwrap()
}

/// What the database holds of the log, as it holds it.
async fn stored(stage: &Stage) -> Vec<Vec<u8>> {
    let rows = stage.database.db.fetch_all(Sql::new("SELECT messages FROM identity_log"), Vec::new()).await.unwrap();
    rows.iter().map(|row| row.get("messages").unwrap()).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_registry_that_is_silent_for_three_days_is_told_and_its_last_list_serves_on() {
    for engine in databases() {
        let stage = Stage::with_spid(engine).await;
        marios_firm(&stage).await;
        stage.world.spid().publish(Published::Down);
        stage.passes(HOUR * 71).await;
        assert_eq!(silence(&stage).await, None);
        stage.passes(HOUR * 2).await;
        let told = silence(&stage).await.unwrap();
        assert!(!told.is_bad() && told.message.contains("/spid/registry is silent"), "{told:?}");
        mario_enters(&stage).await;
        stage.world.spid().publish(Published::Good);
        stage.passes(HOUR).await;
        assert_eq!(silence(&stage).await, None, "the job has asked again");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_key_is_replaced_by_another_and_people_sign_in_before_and_after() {
    for engine in databases() {
        let mut stage = Stage::with_spid_rolling_over(engine).await;
        marios_firm(&stage).await;
        let before = stage.visitor().get("/spid/metadata").await.html();
        assert_eq!(before.matches("<md:KeyDescriptor use=\"signing\">").count(), 2, "{before}");
        mario_enters(&stage).await;
        stage.exchanges_the_keys_of_spid().await;
        let after = stage.visitor().get("/spid/metadata").await.html();
        assert_eq!(after.matches("<md:KeyDescriptor use=\"signing\">").count(), 2, "{after}");
        // The first certificate of the document is that of its signature.
        let signer = |xml: &str| xml.split("X509Certificate>").nth(1).unwrap().to_owned();
        assert_ne!(signer(&before), signer(&after), "the other key signs now");
        assert!(after.contains(&signer(&before)), "the one that signed before still stands beside it");
        mario_enters(&stage).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_keeps_what_was_said_sealed_for_24_months_and_tells_who_took_it() {
    for engine in databases() {
        let stage = Stage::with_spid(engine).await;
        marios_firm(&stage).await;
        for outcome in ["consent", "lower_level", "tampered", "nr25"] {
            stage.person("Mario").tries_with("Poste", outcome).await;
        }
        let lines = log(&stage.cx()).await;
        let results: Vec<&str> = lines.iter().map(|line| line.result.as_str()).collect();
        assert_eq!(results, ["proved", "level", "signature", "nr25"]);
        assert!(
            lines.iter().all(|line| line.request.contains("<samlp:AuthnRequest")),
            "our own request is always kept"
        );
        for signed in &lines[..2] {
            let response = String::from_utf8(from_form(&signed.response).unwrap()).unwrap();
            assert!(response.trim_end().ends_with("</samlp:Response>"), "kept as a whole: {}", signed.result);
            assert!(response.contains("PRVMRA71C12D620W"), "{}", signed.result);
        }
        assert!(lines[2].response.starts_with("sha256:"), "nobody vouches for it: {}", lines[2].response);
        let sealed = stored(&stage).await;
        assert_eq!(sealed.len(), 4);
        for bytes in &sealed {
            for clear in ["PRVMRA71C12D620W", "Assertion", "AuthnRequest", &lines[0].response[..64]] {
                assert!(!holds(bytes, clear), "{clear} can be read in the database");
            }
        }
        let audited = audit::latest(&stage.cx(), 50).await.unwrap();
        let taken = audited.iter().filter(|line| line.operation == "identity.export").count();
        assert_eq!(taken, 1, "whoever takes the log leaves a line");
        stage.passes(HOUR * 24 * 731 - HOUR * 2).await;
        assert_eq!(stored(&stage).await.len(), 4);
        stage.passes(HOUR * 4).await;
        assert_eq!(stored(&stage).await.len(), 0, "destroyed after 24 months");
    }
}
