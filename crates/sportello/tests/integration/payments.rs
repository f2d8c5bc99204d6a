//! Payments: paid only by receipt, once.

use jiff::SignedDuration;
use outside::mail::BoxBehaviour;

use crate::on_every_engine;

on_every_engine! {
    // req, F-15, F-24
    async fn a_firm_pays_online_and_holds_the_receipt(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_paying_member("ditta@posta.example").await;
        let page = firm.pays_online().await;
        assert!(page.text().contains("Pagata: 66,15"), "{}", page.text());
        stage.settle().await;
        let mail = firm.last_message("ditta@posta.example");
        assert!(mail.subject.contains("2017/000001"), "{}", mail.subject);
        assert!(mail.attachments[0].bytes.starts_with(b"%PDF-"));
        let list = firm.browser.get("/pagamenti").await;
        assert!(list.text().contains("2017/000001") && list.text().contains("66,15"), "{}", list.text());
        let receipt = firm.browser.open(list.link("ricevuta.pdf").as_str()).await;
        assert_eq!(receipt.headers["content-type"], "application/pdf");
        assert_eq!(receipt.body, mail.attachments[0].bytes, "the reprint is the same paper");
    }

    async fn the_receipt_is_written_in_the_language_of_the_last_sign_in(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let credentials = firm.is_a_paying_member("ditta@posta.example").await;
        let page = stage.english_visitor().get("/accesso").await;
        let fee = page.form("/accesso").set("matricola", &credentials.member_code).set("password", &credentials.password);
        assert!(fee.submit().await.heading().starts_with("Fee"));
        firm.pays_online().await;
        stage.settle().await;
        let mail = firm.last_message("ditta@posta.example");
        assert!(mail.subject.starts_with("Payment receipt"), "{}", mail.subject);
    }

    async fn the_return_page_is_no_proof(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_paying_member("ditta@posta.example").await;
        let payment = firm.goes_to_pay().await;
        let back = firm.browser.get("/quota/ritorno?esito=ok&t=inventato").await;
        assert!(back.text().contains("Da pagare: 66,15"), "{}", back.text());
        let page = firm.chooses_outcome(&payment, "receipt_in_two_hours").await;
        assert!(page.text().contains("Pagato, ricevuta in arrivo") && page.text().contains("Non pagare di nuovo"), "{}", page.text());
        stage.passes(SignedDuration::from_mins(119)).await;
        assert!(firm.mailbox("ditta@posta.example").iter().all(|m| m.attachments.is_empty()));
        stage.passes(SignedDuration::from_mins(2)).await;
        assert_eq!(firm.last_message("ditta@posta.example").attachments.len(), 1);
    }

    async fn refused_and_abandoned_payments_leave_the_fee_open(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_paying_member("ditta@posta.example").await;
        for (outcome, words) in [("card_refused", "non è andato a buon fine"), ("cancelled", "Pagamento annullato")] {
            let payment = firm.goes_to_pay().await;
            let page = firm.chooses_outcome(&payment, outcome).await;
            assert!(page.text().contains(words) && page.text().contains("Da pagare: 66,15"), "{}", page.text());
        }
        assert!(firm.pays_online().await.text().contains("Pagata"));
    }

    async fn repeated_and_concurrent_receipts_have_one_effect(stage) {
        for (name, outcome) in [("Autotrasporti Esempio", "receipt_twice"), ("Trasporti Fantasia", "receipts_concurrent")] {
            let firm = stage.firm(name).await;
            let address = format!("{}@posta.example", name.split(' ').next().unwrap().to_lowercase());
            firm.is_a_paying_member(&address).await;
            let payment = firm.goes_to_pay().await;
            firm.chooses_outcome(&payment, outcome).await;
            stage.passes(SignedDuration::from_hours(48)).await;
            let receipts = firm.mailbox(&address).iter().filter(|m| !m.attachments.is_empty()).count();
            assert_eq!(receipts, 1, "{outcome}");
            let made = sportello_core::payments::of_firm(&stage.cx(), firm.record.id).await.unwrap();
            assert_eq!(made.len(), 1, "{outcome}");
            assert!(!made[0].surplus);
        }
    }

    // req: A-47, F-12
    async fn a_pec_that_refuses_ordinary_mail_is_warned_about(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        let address = italia::EmailAddress::parse(firm.pec()).unwrap();
        assert!(firm.browser.get("/pagamenti").await.text().contains("controlla che la casella accetti anche posta ordinaria"));
        stage.world.mail().set_behaviour(&address, BoxBehaviour::RefusesOrdinaryMail);
        assert!(firm.pays_online().await.text().contains("Pagata"));
        stage.settle().await;
        let page = firm.browser.get("/pagamenti").await;
        assert!(page.text().contains("La tua casella rifiuta la posta ordinaria"), "{}", page.text());
        assert!(page.link("ricevuta.pdf").as_str().contains("/pagamenti/"));
    }

    async fn the_printed_notice_can_be_paid_elsewhere(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_paying_member("ditta@posta.example").await;
        let page = firm.browser.get("/quota").await;
        let printed = page.texts("code").remove(0);
        let notice = pagopa::NoticeNumber::parse(&printed).unwrap();
        assert!(notice.check_is_valid());
        let pdf = firm.browser.get("/quota/avviso.pdf").await;
        assert!(pdf.body.starts_with(b"%PDF-"));
        let creditor = pagopa::CreditorCode::parse(&stage.cx().tenant.creditor.as_ref().unwrap().fiscal_code).unwrap();
        stage.world.node().pay(notice, creditor, outside::pagopa::Outcome::Paid).await;
        assert!(firm.browser.get("/quota").await.text().contains("Pagata: 66,15"));
    }

    async fn nobody_reads_anothers_receipt(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_paying_member("ditta@posta.example").await;
        firm.pays_online().await;
        let receipt = firm.browser.get("/pagamenti").await.link("ricevuta.pdf");
        let other = stage.firm("Trasporti Fantasia").await;
        other.is_a_paying_member("altra@posta.example").await;
        assert_eq!(other.browser.open(receipt.as_str()).await.status, 404);
        assert_eq!(stage.visitor().open(receipt.as_str()).await.heading(), "Accedi");
    }

    async fn only_the_node_reaches_the_nodes_address(stage) {
        let visitor = stage.visitor();
        let answer = visitor.raw(|client, base| client.post(format!("{base}/pagopa/nodo/indovina")).body("<x/>")).await;
        assert_eq!(answer.status(), 404);
    }
}
