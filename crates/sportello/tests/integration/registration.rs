//! Registration: by the certified address of the Chamber, simplified, provisional, and what goes wrong.

use jiff::SignedDuration;
use outside::mail::BoxBehaviour;
use outside::register::RegisterMode;

use crate::on_every_engine;

on_every_engine! {
    // req, F-01, F-10
    async fn a_firm_registers_with_the_pec_of_the_chamber(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let status = firm.registers_with_pec(firm.pec()).await;
        assert_eq!(status.heading(), "Stiamo verificando la PEC");
        stage.settle().await;
        let status = firm.browser.open(status.url.as_str()).await;
        assert_eq!(status.heading(), "Registrazione completata");
        assert!(status.text().contains("Consegnato nella casella"), "{}", status.text());
        assert!(status.text().contains("accettato 10:00"), "{}", status.text());

        let credentials = firm.reads_credentials(firm.pec());
        assert!(credentials.member_code.starts_with("IT"));
        assert_eq!(credentials.pin.len(), 6);
        let first = firm.signs_in(&credentials.member_code, &credentials.password).await;
        assert_eq!(first.heading(), "Scegli la tua password");
        firm.chooses_password(&credentials, testkit_password()).await;
        let data = firm.browser.get("/impresa").await;
        assert!(data.text().contains(&firm.record.name) && data.text().contains("GA350AA"), "{}", data.text());
    }

    // req, F-15
    async fn a_simplified_profile_may_pay_and_nothing_else(stage) {
        let firm = stage.firm("Trasporti Fantasia").await;
        firm.is_a_paying_member("ditta@posta.example").await;
        let fee = firm.browser.get("/quota").await;
        assert!(fee.text().contains("Paga online"), "{}", fee.text());
        assert_eq!(firm.browser.get("/impresa").await.status, 403);
        let computation = firm.browser.get("/quota/calcolo").await.text();
        assert!(computation.contains("•••") && !computation.contains("GR644RK"), "plates are the firm's own data: {computation}");
    }

    // req: A-10
    async fn before_its_date_there_is_no_simplified_registration(_unused) {
        let stage = testkit::Stage::at("sqlite", "2017-02-12T23:59").await;
        let page = stage.visitor().get("/registrazione").await;
        assert!(!page.text().contains("Con un’altra e-mail o PEC"));
        assert!(page.text().contains("Dal 13 febbraio 2017"));
        let firm = stage.firm("Trasporti Fantasia").await;
        let data = firm.browser.get("/registrazione/dati?modo=semplificata").await;
        let check = firm.fills(&data, "ditta@posta.example", "ordinary").submit().await;
        let refused = check.form("/registrazione/invio").submit().await;
        assert_eq!(refused.errors(), ["La registrazione con un’altra e-mail non è ancora aperta"]);
        stage.passes(SignedDuration::from_mins(1)).await;
        assert!(stage.visitor().get("/registrazione").await.text().contains("Con un’altra e-mail o PEC"));
    }

    // req, F-02
    async fn a_register_that_is_down_makes_no_pec_wrong(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        stage.world.register().control().set_mode(RegisterMode::Down);
        let status = firm.registers_with_pec(firm.pec()).await;
        stage.settle().await;
        let page = firm.browser.open(status.url.as_str()).await;
        assert!(page.text().contains("non vuol dire che l’indirizzo sia sbagliato"), "{}", page.text());

        // It goes on provisionally, by itself.
        stage.passes(SignedDuration::from_secs(61)).await;
        let page = firm.browser.open(status.url.as_str()).await;
        assert_eq!(page.heading(), "Puoi già pagare");
        firm.enters_with_mail_at(firm.pec()).await;
        assert_eq!(firm.browser.get("/impresa").await.status, 403);
        assert!(firm.browser.get("/quota").await.text().contains("Paga online"));

        // And completes itself, without anybody lifting a finger.
        stage.world.register().control().set_mode(RegisterMode::Normal);
        stage.passes(SignedDuration::from_mins(5)).await;
        assert_eq!(firm.browser.get("/impresa").await.status, 200);
        assert!(firm.last_message(firm.pec()).subject.contains("Il profilo è completo"));
    }

    // req, F-02
    async fn look_ups_stay_within_the_registers_capacity(stage) {
        let book = || stage.world.register().control().book();
        let names: Vec<String> = stage.world.register().control().firms().iter().filter(|f| f.pec.is_some()).map(|f| f.name.clone()).collect();
        let enrolled = |name: &str| { let name = name.to_owned(); let stage = &stage; async move { stage.firm(&name).await.record.removed_on.is_none() } };
        stage.world.register().control().set_per_minute(10);
        for name in names.iter().take(25) {
            if !enrolled(name).await {
                continue;
            }
            let firm = stage.firm(name).await;
            firm.registers_with_pec(firm.pec()).await;
        }
        // The register allows fewer than we were told: its refusals are obeyed, and everybody is answered in the end.
        for _ in 0..30 {
            stage.passes(SignedDuration::from_secs(20)).await;
        }
        assert!(book().max_answered_in_any_window(SignedDuration::from_secs(60)) <= 10);
        let waiting = sportello_core::registry::gauge(&stage.cx()).await.unwrap().waiting();
        assert_eq!(waiting, 0, "everybody is answered in the end");
    }

    // req: A-18
    async fn only_the_registers_own_answer_calls_an_address_wrong(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let status = firm.registers_with_pec("altra.casella@pec.example").await;
        stage.settle().await;
        let page = firm.browser.open(status.url.as_str()).await;
        assert_eq!(page.heading(), "L’indirizzo non corrisponde");
        assert!(page.text().contains("risulta un’altra PEC: a"), "{}", page.text());
        assert!(!page.text().contains(firm.pec()), "the address on file is masked");
        assert!(firm.mailbox(firm.pec()).is_empty());
    }

    // req, F-11
    async fn a_dead_mailbox_is_known_at_once_with_what_to_do(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let address = italia::EmailAddress::parse(firm.pec()).unwrap();
        stage.world.mail().set_behaviour(&address, BoxBehaviour::NeverActivated);
        let status = firm.registers_with_pec(firm.pec()).await;
        stage.settle().await;
        let page = firm.browser.open(status.url.as_str()).await;
        assert!(page.text().contains("Non consegnato"), "{}", page.text());
        assert!(page.text().contains("La casella non esiste o non è mai stata attivata"), "{}", page.text());
        assert!(page.text().contains("registrati con un’altra e-mail"), "{}", page.text());
        assert_eq!(page.link("registroimprese").as_str(), "https://www.registroimprese.example/pec");
        assert_eq!(firm.browser.open(page.link("modo=semplificata").as_str()).await.status, 200);

        // The credentials lie nowhere: another address is a way to pay.
        firm.is_a_paying_member("ditta@posta.example").await;
        assert!(firm.browser.get("/quota").await.text().contains("Paga online"));
        assert_eq!(firm.browser.get("/impresa").await.status, 403, "it proves nothing");
    }

    async fn an_account_that_somebody_has_entered_is_nobody_elses(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        firm.registers_simplified("altri@posta.example", "ordinary").await;
        stage.settle().await;
        assert!(firm.mailbox("altri@posta.example").is_empty());
        assert_eq!(firm.browser.get("/impresa").await.status, 200);
    }

    async fn codes_are_taken_in_any_spelling(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let data = firm.browser.get("/registrazione/dati?modo=pec").await;
        let check = firm.fills(&data, "  Autotrasporti.Esempio@LEGALMAIL.example ", "pec")
            .set("codice_fiscale", &format!("00000 {}", firm.record.tax_code))
            .set("numero_albo", "rm 1234 a")
            .set("telefono", "0039 06-1234 5678")
            .submit().await;
        assert!(check.errors().is_empty(), "{:?}", check.errors());
        assert!(check.text().contains(&firm.record.tax_code) && check.text().contains("RM/0001234/A") && check.text().contains("+39 06"));
    }

    async fn what_is_wrong_is_said_field_by_field_and_kept(stage) {
        let visitor = stage.visitor();
        let page = visitor.post("/registrazione/dati", &[("modo", "pec"), ("codice_fiscale", "00001015016"), ("email", "non un indirizzo")]).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.errors(), [
            "Il codice non è corretto: una cifra è sbagliata",
            "Inserisci il numero di iscrizione all’Albo",
            "L’indirizzo non è scritto in modo corretto, per esempio nome@esempio.it",
            "Inserisci un numero di telefono",
        ]);
        assert!(page.html().contains("non un indirizzo"), "what was typed is kept");
    }

    async fn a_verified_registration_takes_over_what_a_squatter_opened(stage) {
        let squatter = stage.firm("Autotrasporti Esempio").await;
        squatter.is_a_paying_member("intruso@posta.example").await;
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        assert_eq!(squatter.browser.get("/quota").await.heading(), "Accedi", "the squatter is signed out");
        assert_eq!(firm.browser.get("/impresa").await.status, 200);
        assert!(squatter.last_message("intruso@posta.example").subject.contains("Il profilo è stato verificato"));
    }

    async fn the_second_registration_of_a_firm_learns_nothing(stage) {
        let firm = stage.firm("Trasporti Fantasia").await;
        let known = firm.registers_simplified("prima@posta.example", "ordinary").await;
        stage.settle().await;
        let again = firm.registers_simplified("seconda@posta.example", "ordinary").await;
        stage.settle().await;
        let (known, again) = (firm.browser.open(known.url.as_str()).await, firm.browser.open(again.url.as_str()).await);
        assert_eq!(known.heading(), again.heading());
        assert_eq!(known.texts(".alert"), again.texts(".alert"));
        assert!(firm.mailbox("seconda@posta.example").is_empty(), "credentials go to nobody else");
        assert!(firm.last_message("prima@posta.example").subject.contains("già registrata"));
    }

    // req
    async fn a_simplified_profile_becomes_full_by_the_pec_of_the_chamber(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_paying_member("ditta@posta.example").await;
        assert!(firm.browser.get("/profilo").await.text().contains("Sarà possibile dal 20 marzo 2017"));
        stage.passes(SignedDuration::from_hours(24 * 29)).await;
        let member_code = firm.reads_credentials("ditta@posta.example").member_code;
        firm.signs_in(&member_code, testkit_password()).await;
        let status = firm.browser.get("/profilo/completo").await.form("/profilo/completo").set("email", firm.pec()).submit().await;
        stage.settle().await;
        assert_eq!(firm.browser.open(status.url.as_str()).await.heading(), "Il profilo è completo");
        // Knowing the address, which is public, is not enough: the credentials went there.
        assert_eq!(firm.browser.get("/impresa").await.heading(), "Accedi");
        firm.enters_with_mail_at(firm.pec()).await;
        assert_eq!(firm.browser.get("/impresa").await.status, 200);
    }

    async fn a_burst_of_registrations_for_one_firm_opens_one_account(stage) {
        let firm = stage.firm("Trasporti Fantasia").await;
        let data = firm.browser.get("/registrazione/dati?modo=semplificata").await;
        let check = firm.fills(&data, "ditta@posta.example", "ordinary").submit().await;
        let form = check.form("/registrazione/invio");
        let burst = (0..8).map(|_| { let form = form.clone(); tokio::spawn(async move { form.submit().await.status }) });
        for answer in burst.collect::<Vec<_>>() {
            assert_eq!(answer.await.unwrap(), 200);
        }
        stage.settle().await;
        let credentials = firm.mailbox("ditta@posta.example").iter().filter(|m| m.text.contains("PIN:")).count();
        assert_eq!(credentials, 1);
    }
}

fn testkit_password() -> &'static str {
    "Camion8!rosso"
}
