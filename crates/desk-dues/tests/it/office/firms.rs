//! What operators do for a firm.

use desk_dues::fee;
use italia::EmailAddress;
use sportello_core::access::Operation;
use sportello_core::accounts::MailKind;
use sportello_core::notices::{self, Channel, NewNotice};

use super::browser::Browser;
use crate::common::{FIVE, MANY, Portal};

#[tokio::test]
async fn a_firm_is_found_and_its_page_tells_what_happened() {
    let portal = Portal::with_demo().await;
    let firm = portal.firm(FIVE).await;
    portal.open_account(firm, "info@firm.example", MailKind::Ordinary).await;
    let charge = fee::charge_for(&portal.system(), firm, 2017).await.unwrap();
    portal.pay(&charge, "R1").await;
    let browser = Browser::of(&portal, "first-level").await;
    let href = format!("/ufficio/imprese/{firm}");
    browser.get("/ufficio/imprese?q=autotrasporti+esempio").await.is(200).sound().says(&href).says("Completo");
    browser.get("/ufficio/imprese?q=%25").await.is(200).hides(&href);
    browser.get("/ufficio/imprese?q=zzzz").await.is(200).says("Nessuna impresa trovata");
    let page = browser.get(&href).await.is(200).sound();
    let page = page
        .says("info@firm.example")
        .says("Via dell’Esempio 1")
        .says("Pagata il")
        .says("Pagamento ricevuto")
        .says("Messaggio: ");
    page.hides("/password\"");
    let payment = sportello_core::payments::of_firm(&portal.system(), firm).await.unwrap().remove(0);
    let pdf = browser.get(&format!("{href}/ricevute/{}", payment.id)).await.is(200);
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    let other = portal.firm(MANY).await;
    browser.get(&format!("/ufficio/imprese/{other}/ricevute/{}", payment.id)).await.is(404);
    browser.get(&format!("{href}/quota?anno=2017")).await.is(200).sound().says("GA350AA").hides("Calcola di nuovo");
}

#[tokio::test]
async fn a_reset_needs_the_tick_and_a_reason_and_stays_in_the_timeline() {
    // req: A-35 A-36 A-39 A-40
    let portal = Portal::with_demo().await;
    let firm = portal.firm(FIVE).await;
    portal.open_account(firm, "info@firm.example", MailKind::Pec).await;
    let path = format!("/ufficio/imprese/{firm}/password");
    let first = Browser::of(&portal, "first-level").await;
    first.post(&path, &[("verificato", "true"), ("motivo", "x")]).await.is(403);
    let second = Browser::of(&portal, "second-level").await;
    second.get(&path).await.is(200).sound().says("RM/0001234/A").says("+39 06");
    let again = second.post(&path, &[("motivo", "Ha telefonato <b>il titolare</b>")]).await.is(422).sound();
    again.says("Conferma di aver verificato").says("Ha telefonato &#60;b&#62;");
    second.post(&path, &[("verificato", "true")]).await.is(422).says("Scrivi il motivo");
    assert!(notices::about_firm(&portal.system(), firm, 10).await.unwrap().is_empty());
    let fields = [("verificato", "true"), ("motivo", "Ha telefonato il titolare")];
    second.post(&path, &fields).await.leads_to(&format!("/ufficio/imprese/{firm}"));
    let page = second.get(&format!("/ufficio/imprese/{firm}")).await.is(200).sound();
    page.says("Le nuove credenziali sono partite").says("Motivo: Ha telefonato il titolare").says("Anna Prova");
    let notice = notices::about_firm(&portal.system(), firm, 10).await.unwrap().remove(0);
    let path = format!("/ufficio/imprese/{firm}/messaggi/{}", notice.id);
    second.get(&path).await.is(200).sound().says("Conteneva credenziali").hides("Invia di nuovo</button>");
}

#[tokio::test]
async fn a_failed_message_is_sent_again_to_the_present_address() {
    let portal = Portal::with_demo().await;
    let firm = portal.firm(FIVE).await;
    portal.open_account(firm, "nuova@firm.example", MailKind::Ordinary).await;
    let cx = portal.system();
    let mut tx = cx.begin(Operation::Deliver).await.unwrap();
    let new = NewNotice {
        key: "test",
        kind: "receipt",
        channel: Channel::Mail,
        to: &EmailAddress::parse("vecchia@firm.example").unwrap(),
        subject: "Ricevuta".to_owned(),
        text: "Testo".to_owned(),
        secret: false,
        firm: Some(firm),
        case: None,
        attachment: None,
    };
    let id = notices::compose(&cx, &mut tx, new).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let path = format!("/ufficio/imprese/{firm}/messaggi/{id}");
    let browser = Browser::of(&portal, "first-level").await;
    browser.get(&path).await.is(200).sound().hides("Invia di nuovo</button>");
    let mut raw = portal.db.begin().await.unwrap();
    raw.execute_built(
        "UPDATE notices SET state = 'failed', reason = 'box-full', failed_at = 1".to_owned(),
        ::store::args![],
    )
    .await
    .unwrap();
    raw.commit().await.unwrap();
    browser.get("/ufficio").await.is(200).says("1 in attesa");
    browser.get("/ufficio/da-controllare").await.is(200).sound().says(&path).says("La casella è piena");
    browser.get(&path).await.is(200).sound().says("parte per nuova@firm.example");
    browser.post(&path, &[]).await.leads_to(&path);
    let notice = notices::get(&cx, id).await.unwrap().unwrap();
    assert_eq!((notice.state.as_str(), notice.recipient.as_str()), ("queued", "nuova@firm.example"));
    let other = portal.firm(MANY).await;
    browser.post(&format!("/ufficio/imprese/{other}/messaggi/{id}"), &[]).await.is(404);
}
