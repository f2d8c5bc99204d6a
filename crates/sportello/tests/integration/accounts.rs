//! Passwords, lock-out, resets: the guide's policy to the letter.

use jiff::SignedDuration;

use crate::on_every_engine;

const SUSPENDED: &str = "Utente sospeso per superamento numero tentativi pwd errata. Contattare Amministratore di Sistema per il ripristino";

on_every_engine! {
    // req
    async fn the_first_sign_in_forces_a_password_that_meets_the_guide(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.registers_with_pec(firm.pec()).await;
        stage.settle().await;
        let received = firm.reads_credentials(firm.pec());
        firm.signs_in(&received.member_code, &received.password).await;
        assert_eq!(firm.browser.get("/quota").await.heading(), "Scegli la tua password", "nothing else may be done before");

        let page = firm.chooses_password(&received, "abc").await;
        assert_eq!(page.errors(), ["La nuova password non rispetta tutte le regole indicate"]);
        assert_eq!(page.texts(".password-rules li.is-unmet").len(), 4);
        let page = firm.browser.get("/password").await.form("/password").set("attuale", &received.password).set("pin", &received.pin)
            .set("nuova", "Camion8!").set("conferma", "Camion8?").submit().await;
        assert_eq!(page.errors(), ["Le due password non coincidono"]);
        let mut wrong_pin = received.clone();
        wrong_pin.pin = if received.pin == "000000" { "111111".to_owned() } else { "000000".to_owned() };
        assert!(firm.chooses_password(&wrong_pin, "Camion8!").await.errors()[0].contains("Il PIN non è corretto"));
        let page = firm.chooses_password(&received, "Camion8!").await;
        assert_eq!(page.heading(), "Quota 2017");
    }

    // req: A-30
    async fn the_last_three_passwords_are_not_used_again(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let mut credentials = firm.is_a_full_member().await;
        for new in ["Camion8!verde", "Camion8!giallo"] {
            let page = firm.chooses_password(&credentials, new).await;
            assert!(page.errors().is_empty(), "{:?}", page.errors());
            new.clone_into(&mut credentials.password);
        }
        for used in ["Camion8!giallo", "Camion8!verde", "Camion8!rosso"] {
            let page = firm.chooses_password(&credentials, used).await;
            assert!(page.errors().first().is_some_and(|e| e.contains("già usato")), "{used}: {:?}", page.errors());
        }
        assert!(firm.chooses_password(&credentials, "Camion8!blu").await.errors().is_empty());
    }

    // req: A-32
    async fn paste_is_refused_only_in_the_two_new_fields(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        let page = firm.browser.get("/password").await;
        assert_eq!(page.html().matches("data-no-paste").count(), 2);
        assert!(!stage.visitor().get("/accesso").await.html().contains("data-no-paste"));
    }

    // req
    async fn too_many_wrong_tries_suspend_until_an_operator_resets(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let credentials = firm.is_a_full_member().await;
        let visitor = stage.firm("Autotrasporti Esempio").await;
        for left in (1..5).rev() {
            let page = visitor.signs_in(&credentials.member_code, "sbagliata").await;
            let expected = if left == 1 { "Ti resta un tentativo" } else { "tentativi" };
            assert!(page.errors()[0].contains(expected), "{:?}", page.errors());
        }
        assert_eq!(visitor.signs_in(&credentials.member_code, "sbagliata").await.errors(), [SUSPENDED]);
        assert_eq!(visitor.signs_in(&credentials.member_code, &credentials.password).await.errors(), [SUSPENDED]);
        stage.passes(SignedDuration::from_hours(24)).await;
        assert_eq!(visitor.signs_in(&credentials.member_code, &credentials.password).await.errors(), [SUSPENDED], "time does not restore it");

        let operator = stage.operator("second-level").await;
        desk_dues::help::reset(&operator_cx(&stage, &operator).await, firm.record.id, "verificato al telefono", None).await.unwrap();
        stage.settle().await;
        let fresh = firm.reads_credentials(firm.pec());
        assert_eq!(fresh.member_code, credentials.member_code);
        assert_ne!(fresh.password, credentials.password);
        assert_eq!(visitor.signs_in(&fresh.member_code, &fresh.password).await.heading(), "Scegli la tua password");
    }

    async fn an_unknown_matricola_gets_the_same_words(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let credentials = firm.is_a_full_member().await;
        let unknown = italia::MemberCode::from_serial(999_999).unwrap();
        let visitor = stage.firm("Autotrasporti Esempio").await;
        for _ in 0..6 {
            let known = visitor.signs_in(&credentials.member_code, "sbagliata").await;
            let other = visitor.signs_in(unknown.as_str(), "sbagliata").await;
            assert_eq!(known.errors(), other.errors());
            assert_eq!(known.status, other.status);
        }
    }

    async fn parallel_guesses_are_counted_before_they_are_compared(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let credentials = firm.is_a_full_member().await;
        let form = stage.visitor().get("/accesso").await.form("/accesso").set("matricola", &credentials.member_code);
        let guesses = (0..40).map(|n| { let form = form.clone().set("password", &format!("tentativo {n}")); tokio::spawn(async move { form.submit().await }) });
        let mut compared = 0;
        for page in guesses.collect::<Vec<_>>() {
            let errors = page.await.unwrap().errors();
            compared += usize::from(!errors.iter().any(|e| e == SUSPENDED));
        }
        assert!(compared <= 4, "{compared} guesses were answered as wrong");
        let visitor = stage.firm("Autotrasporti Esempio").await;
        assert_eq!(visitor.signs_in(&credentials.member_code, &credentials.password).await.errors(), [SUSPENDED]);
    }

    // req, F-16
    async fn a_letter_with_the_guides_subject_becomes_a_request(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let credentials = firm.is_a_full_member().await;
        let assistance = stage.app.tenant("albo").unwrap().help.email.clone();
        let text = format!("Buongiorno,\nmatricola {}\niscrizione {}\ntel. 06 1234 5678\n", credentials.member_code.to_lowercase(), firm.record.albo_number);
        let from = italia::EmailAddress::parse("titolare@posta.example").unwrap();
        let to = italia::EmailAddress::parse(&assistance).unwrap();
        stage.world.mail().send_ordinary(&from, &to, "RESET PASSWORD", &text).unwrap();
        stage.settle().await;
        let operator = stage.operator("second-level").await;
        let cx = operator_cx(&stage, &operator).await;
        let requests = desk_dues::help::waiting(&cx).await.unwrap();
        assert_eq!(requests.len(), 1);
        assert!(requests[0].agrees && requests[0].kind == "reset" && requests[0].firm_id == Some(firm.record.id));
        desk_dues::help::reset(&cx, firm.record.id, "dati concordi", Some(requests[0].id)).await.unwrap();
        stage.settle().await;
        // The answer goes to the registered address, not to whoever wrote.
        assert!(firm.mailbox("titolare@posta.example").is_empty());
        assert_ne!(firm.reads_credentials(firm.pec()).password, credentials.password);
        assert!(desk_dues::help::reset(&cx, firm.record.id, "ancora", Some(requests[0].id)).await.is_err(), "a request is decided once");
    }

    // req: A-66
    async fn the_self_service_link_is_good_once(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let credentials = firm.is_a_full_member().await;
        let known = firm.browser.get("/password/dimenticata").await.form("/password/dimenticata").set("matricola", &credentials.member_code).submit().await;
        let unknown = firm.browser.get("/password/dimenticata").await.form("/password/dimenticata").set("matricola", "IT99999999").submit().await;
        assert_eq!(known.text(), unknown.text());
        stage.settle().await;
        let text = firm.last_message(firm.pec()).text;
        let link = text.split_whitespace().find(|w| w.starts_with("http")).unwrap().to_owned();
        let page = firm.browser.open(&link).await;
        let done = page.form("").set("nuova", "Rimorchio9?").set("conferma", "Rimorchio9?").submit().await;
        assert_eq!(done.heading(), "Accedi");
        assert!(firm.browser.open(&link).await.text().contains("Il collegamento non è più valido"));
        assert_eq!(firm.signs_in(&credentials.member_code, "Rimorchio9?").await.heading(), "Quota 2017");
    }

    // req: A-22
    async fn the_address_is_changed_with_pin_and_code(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let credentials = firm.is_a_full_member().await;
        let form = firm.browser.get("/profilo/email").await.form("/profilo/email");
        let page = form.set("email", "nuova@posta.example").set("casella", "ordinary").set("pin", &credentials.pin).submit().await;
        assert_eq!(page.heading(), "Conferma il nuovo indirizzo");
        stage.settle().await;
        let text = firm.last_message("nuova@posta.example").text;
        let code: String = text.chars().filter(char::is_ascii_digit).take(8).collect();
        let wrong = page.form("/profilo/email/conferma").set("codice", "00000000").submit().await;
        assert!(wrong.errors()[0].contains("Il codice non è corretto"));
        let done = wrong.form("/profilo/email/conferma").set("codice", &code).submit().await;
        assert!(done.text().contains("nuova@posta.example"), "{}", done.text());
        stage.settle().await;
        assert!(firm.last_message(firm.pec()).subject.contains("Indirizzo cambiato"));
    }

    async fn a_session_dies_on_sign_out_and_with_time(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        stage.passes(SignedDuration::from_mins(29)).await;
        assert_eq!(firm.browser.get("/quota").await.heading(), "Quota 2017");
        stage.passes(SignedDuration::from_mins(31)).await;
        assert_eq!(firm.browser.get("/quota").await.heading(), "Accedi");
    }
}

/// The operator's own context, as the pages have it.
async fn operator_cx(stage: &testkit::Stage, operator: &testkit::Operator<'_>) -> sportello_core::Cx {
    let cx = stage.cx();
    let found = sportello_core::accounts::operators::find(&cx, &operator.email).await.unwrap().unwrap();
    let role = sportello_core::access::Role::operator(&found.role).unwrap();
    cx.acting_as(sportello_core::access::Actor::Operator { id: found.id, role })
}
