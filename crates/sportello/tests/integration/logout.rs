//! Single logout of SPID, both ways.

use testkit::{Person, Stage, databases};

async fn mario_has_entered(stage: &Stage) -> Person<'_> {
    stage.firm("Prova Mario").await.registers_simplified("mario.prova@posta.example", "ordinary").await;
    stage.settle().await;
    let mario = stage.person("Mario");
    mario.enters_with("Poste").await;
    assert!(mario.browser.get("/quota").await.text().contains("Quota 2017"));
    mario
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_leaves_here_may_leave_the_provider_too_and_learns_how_it_went() {
    for engine in databases() {
        let stage = Stage::with_spid_at_level_1(engine).await;
        let mario = mario_has_entered(&stage).await;
        let farewell = mario.browser.post("/uscita", &[]).await;
        assert_eq!(farewell.heading(), "Sei uscito dal portale");
        assert!(mario.browser.get("/quota").await.url.path().ends_with("/accesso"), "ours has ended already");
        let leave = farewell.link("/slo");
        let home = mario.is_carried(mario.browser.open(leave.as_str()).await).await;
        assert!(home.text().contains("hai chiuso la sessione presso il gestore"), "{}", home.text());
        // The same answer again says nothing of the provider any more.
        let made_up =
            mario.browser.post("/accesso/spid/uscita", &[("SAMLResponse", "PHg+"), ("RelayState", "abc")]).await;
        assert!(
            made_up.text().contains("Hai lasciato il portale.")
                && !made_up.text().contains("gestore della tua identità.")
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_leaves_at_the_provider_has_left_here_too() {
    for engine in databases() {
        let stage = Stage::with_spid_at_level_1(engine).await;
        let mario = mario_has_entered(&stage).await;
        let at_provider = mario.session_at("Poste").await;
        assert!(at_provider.text().contains("È aperta una sessione di Mario Prova"), "{}", at_provider.text());
        let done = mario.is_carried(at_provider.form("").submit().await).await;
        assert!(!done.url.as_str().starts_with(stage.portal.as_str()), "{}", done.text());
        assert!(mario.browser.get("/quota").await.url.path().ends_with("/accesso"), "our session goes on");
        assert!(mario.session_at("Poste").await.text().contains("Non c'è nessuna sessione aperta"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_logout_that_no_provider_signed_ends_nothing() {
    for engine in databases() {
        let stage = Stage::with_spid_at_level_1(engine).await;
        let mario = mario_has_entered(&stage).await;
        let told = mario.browser.get("/accesso/spid/uscita?SAMLResponse=x").await;
        assert!(!told.text().contains("Hai lasciato il portale"), "who is still here has not left: {}", told.text());
        let stranger = stage.visitor();
        for path in
            ["/accesso/spid/uscita?SAMLRequest=fZA9", "/accesso/spid/uscita?SAMLRequest=", "/accesso/spid/uscita"]
        {
            assert_eq!(stranger.get(path).await.status.as_u16(), 400, "{path}");
        }
        assert!(mario.browser.get("/quota").await.text().contains("Quota 2017"));
    }
}
