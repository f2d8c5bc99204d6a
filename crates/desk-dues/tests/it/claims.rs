//! Claims: "this is not my fleet".

use crate::common::{FIVE, MANY, Portal};
use desk_dues::claims::{self, ClaimError, ClaimState, Decision};
use desk_dues::fee::{self, FeeError};
use desk_dues::fleet::{self, Vehicle, VehicleKind};
use italia::Plate;
use sportello_core::access::{Actor, Role};
use sportello_core::accounts::MailKind;
use sportello_core::{Cx, Error, charges, notices};

fn vehicle(plate: &str, mass_kg: i64) -> Vehicle {
    Vehicle { plate: Plate::parse(plate).unwrap(), kind: VehicleKind::Lorry, mass_kg }
}

async fn five(portal: &Portal) -> Cx {
    portal.signed_in(FIVE, "info@firm.example", MailKind::Ordinary).await
}

#[tokio::test]
async fn an_accepted_claim_replaces_fleet_and_charge_and_tells_the_firm() {
    // req: A-50
    let portal = Portal::with_demo().await;
    let cx = five(&portal).await;
    let firm = portal.firm(FIVE).await;
    let old = fee::charge_for(&cx, firm, 2017).await.unwrap();
    let id = claims::file(&cx, 2017, " Ne ho uno solo ", vec![vehicle("GA750AA", 7500)]).await.unwrap();

    let office = portal.operator(Role::SecondLevel);
    let open = claims::open(&office).await.unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(
        (open[0].id, open[0].name.as_str(), open[0].message.as_str()),
        (id, "Autotrasporti Esempio S.r.l.", "Ne ho uno solo")
    );
    let comparison = claims::compare(&office, id).await.unwrap();
    assert_eq!((comparison.difference.removed.len(), comparison.difference.added.len()), (4, 0));
    assert_eq!((comparison.charge.unwrap().amount, comparison.if_accepted.cents()), (6615, 3516));

    for _ in 0..2 {
        claims::decide(&office, id, Decision::Accept, "Corretto.").await.unwrap();
    }
    let new = portal.charge(firm).await;
    assert_eq!(new.amount, 3516);
    assert_ne!(new.notice_number, old.notice_number);
    assert_eq!(fleet::of(&cx, firm, 2017).await.unwrap(), [vehicle("GA750AA", 7500)]);
    assert_eq!(charges::get(&cx, old.id).await.unwrap().unwrap().state, "cancelled");
    let sent = notices::about_firm(&portal.system(), firm, 10).await.unwrap();
    assert_eq!(sent.len(), 1);
    assert_eq!(
        (sent[0].kind.as_str(), sent[0].channel.as_str(), sent[0].recipient.as_str()),
        ("claim-accepted", "mail", "info@firm.example")
    );
    let own = claims::of_firm(&cx, firm).await.unwrap();
    assert_eq!((own[0].state(), own[0].answer.as_deref()), (ClaimState::Accepted, Some("Corretto.")));
    assert!(matches!(claims::decide(&office, id, Decision::Refuse, "No").await, Err(ClaimError::Decided)));
}

#[tokio::test]
async fn a_refused_claim_changes_nothing_and_gives_the_reason() {
    let portal = Portal::with_demo().await;
    let cx = five(&portal).await;
    let firm = portal.firm(FIVE).await;
    let charge = fee::charge_for(&cx, firm, 2017).await.unwrap();
    let id = claims::file(&cx, 2017, "Non ho camion", Vec::new()).await.unwrap();
    let office = portal.operator(Role::SecondLevel);
    assert!(matches!(claims::decide(&office, id, Decision::Refuse, "  ").await, Err(ClaimError::NoReason)));
    for _ in 0..2 {
        claims::decide(&office, id, Decision::Refuse, "Risultano al PRA.").await.unwrap();
    }
    assert_eq!(portal.charge(firm).await.id, charge.id);
    assert_eq!(fleet::of(&cx, firm, 2017).await.unwrap().len(), 5);
    let sent = notices::about_firm(&portal.system(), firm, 10).await.unwrap();
    assert_eq!((sent.len(), sent[0].kind.as_str()), (1, "claim-refused"));
    // Another claim may follow.
    claims::file(&cx, 2017, "Davvero", Vec::new()).await.unwrap();
}

#[tokio::test]
async fn claims_that_make_no_sense_are_not_taken() {
    let portal = Portal::with_demo().await;
    let cx = five(&portal).await;
    let firm = portal.firm(FIVE).await;
    let file = |message: &str, vehicles: Vec<Vehicle>| {
        let (cx, message) = (cx.clone(), message.to_owned());
        async move { claims::file(&cx, 2017, &message, vehicles).await }
    };
    assert!(matches!(file(" ", Vec::new()).await, Err(ClaimError::NoMessage)));
    assert!(matches!(file(&"x".repeat(2001), Vec::new()).await, Err(ClaimError::MessageTooLong)));
    let same = fleet::of(&cx, firm, 2017).await.unwrap();
    assert!(matches!(file("Uguale", same).await, Err(ClaimError::NothingDiffers)));
    let twice = vec![vehicle("AB123CD", 1), vehicle("ab 123 cd", 2)];
    assert!(matches!(file("Doppio", twice).await, Err(ClaimError::Twice(2))));
    assert!(matches!(file("Zero", vec![vehicle("AB123CD", 0)]).await, Err(ClaimError::BadMass(1))));
    let year = claims::file(&cx, 2016, "Anno", Vec::new()).await;
    assert!(matches!(year, Err(ClaimError::Fee(FeeError::NoSuchYear(2016)))));
    file("Prima", Vec::new()).await.unwrap();
    assert!(matches!(file("Seconda", Vec::new()).await, Err(ClaimError::AlreadyOpen)));
    for error in [
        ClaimError::NoMessage,
        ClaimError::MessageTooLong,
        ClaimError::TooMany,
        ClaimError::BadMass(1),
        ClaimError::Twice(1),
        ClaimError::NothingDiffers,
        ClaimError::Paid,
        ClaimError::AlreadyOpen,
        ClaimError::NoSuchClaim,
        ClaimError::Decided,
        ClaimError::NoReason,
        ClaimError::Fee(FeeError::NoRules),
    ] {
        assert!(cx.texts().has(error.text_key()), "{}", error.text_key());
    }
}

#[tokio::test]
async fn a_paid_fee_cannot_be_claimed_about() {
    let portal = Portal::with_demo().await;
    let cx = five(&portal).await;
    let firm = portal.firm(FIVE).await;
    let charge = fee::charge_for(&cx, firm, 2017).await.unwrap();
    let id = claims::file(&cx, 2017, "Non ho camion", Vec::new()).await.unwrap();
    // The money comes while the claim is being looked at.
    assert!(portal.pay(&charge, "receipt-1").await.contains("<outcome>OK</outcome>"));
    let office = portal.operator(Role::SecondLevel);
    assert!(matches!(claims::decide(&office, id, Decision::Accept, "").await, Err(ClaimError::Paid)));
    assert_eq!(fleet::of(&cx, firm, 2017).await.unwrap().len(), 5, "nothing of the decision is kept");
    claims::decide(&office, id, Decision::Refuse, "Già pagata: chieda il rimborso.").await.unwrap();
    assert!(matches!(claims::file(&cx, 2017, "Ancora", Vec::new()).await, Err(ClaimError::Paid)));
}

#[tokio::test]
async fn who_may_see_and_decide() {
    let portal = Portal::with_demo().await;
    let cx = five(&portal).await;
    let id = claims::file(&cx, 2017, "Non ho camion", Vec::new()).await.unwrap();
    let forbidden = |result: Result<(), ClaimError>| matches!(result, Err(ClaimError::Ground(Error::Forbidden { .. })));
    assert!(forbidden(claims::decide(&cx, id, Decision::Accept, "").await));
    assert!(forbidden(claims::decide(&portal.operator(Role::FirstLevel), id, Decision::Accept, "").await));
    assert!(claims::of_firm(&cx, portal.firm(MANY).await).await.is_err());
    assert!(claims::open(&cx).await.is_err());
    assert_eq!(claims::open(&portal.operator(Role::FirstLevel)).await.unwrap().len(), 1);
    assert!(claims::file(&portal.cx(Actor::Anonymous), 2017, "x", Vec::new()).await.is_err());
    assert!(matches!(
        claims::decide(&portal.admin(), claims::ClaimId(1), Decision::Accept, "").await,
        Err(ClaimError::NoSuchClaim)
    ));
}
