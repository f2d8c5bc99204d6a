//! The fee: vectors, properties, and the life of a charge.

use std::sync::LazyLock;

use crate::common::{FIVE, MANY, NOW, Portal, demo, tenant_directory};
use desk_dues::fee::{self, FeeError};
use desk_dues::fleet::{self, Vehicle, VehicleKind};
use desk_dues::import::ImportKind;
use desk_dues::rules::Dues;
use italia::Plate;
use jiff::SignedDuration;
use proptest::prelude::*;
use sportello_core::access::{Actor, Operation, Role};
use sportello_core::accounts::MailKind;
use sportello_core::charges::{self, ChargeState, Computation};
use sportello_core::{Error, deadlines, notices};

fn dues() -> &'static Dues {
    static DUES: LazyLock<Dues> = LazyLock::new(|| Dues::load(&tenant_directory()).unwrap());
    &DUES
}

fn masses(text: &str) -> Vec<i64> {
    let group = |word: &str| -> Vec<i64> {
        let (count, mass) = word.split_once('x').unwrap_or(("1", word));
        vec![mass.parse().unwrap(); count.parse().unwrap()]
    };
    text.split_whitespace().flat_map(group).collect()
}

#[test]
fn vectors() {
    // req: A-42
    let text = include_str!("fixtures/fee-vectors.csv");
    let mut count = 0;
    for line in text.lines().filter(|l| !l.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split(';').collect();
        let expected: i64 = cells[2].parse().unwrap();
        for year in [2017, 2018, 2023, 2025, 2026, 2027] {
            let computation = fee::compute_masses(dues(), year, &masses(cells[1])).unwrap();
            assert_eq!(computation.total().cents(), expected, "{} in {year}", cells[0]);
        }
        count += 1;
    }
    assert_eq!(count, 21);
}

#[test]
fn every_line_cites_its_source() {
    // req: A-44
    let computation = fee::compute_masses(dues(), 2017, &[3500, 7500, 18000, 26000, 44000]).unwrap();
    let lines: Vec<_> = computation.lines.iter().map(|l| (l.what.as_str(), l.from, l.to, l.count, l.each)).collect();
    let expected = [
        ("fixed", None, None, 1, 3000),
        ("fleet-band", Some(2), Some(5), 1, 516),
        ("mass-band", Some(0), Some(6000), 1, 0),
        ("mass-band", Some(6001), Some(11500), 1, 516),
        ("mass-band", Some(11501), Some(26000), 2, 775),
        ("mass-band", Some(26001), None, 1, 1033),
    ];
    assert_eq!(lines, expected);
    let act = "Delibera 11/2016 dell’11 novembre 2016 (G.U. n. 273 del 22 novembre 2016), art. 2, comma 1, punto 1.";
    assert!(computation.lines.iter().all(|l| l.source.starts_with(act)));
    assert_eq!(computation.reference_date, "2016-11-19");
}

#[test]
fn masses_that_no_vehicle_has_are_refused() {
    for bad in [0, -1, 100_001] {
        assert!(matches!(fee::compute_masses(dues(), 2017, &[3500, bad]), Err(FeeError::BadMass(b)) if b == bad));
    }
    assert!(matches!(fee::compute_masses(dues(), 2024, &[]), Err(FeeError::NoSuchYear(2024))));
}

fn vehicle() -> impl Strategy<Value = Vehicle> {
    let kind = prop::sample::select(VehicleKind::ALL.to_vec());
    ("[A-H]{2}[0-9]{3}[A-H]{2}", kind, 1_i64..=100_000).prop_map(|(plate, kind, mass_kg)| Vehicle {
        plate: Plate::parse(&plate).unwrap(),
        kind,
        mass_kg,
    })
}

fn computed(vehicles: &[Vehicle]) -> Computation {
    let dues = dues();
    let year = dues.year(2017).unwrap();
    fee::compute(dues.tariff(2017).unwrap(), &year.citation(), year.reference_date, vehicles)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_total_is_the_sum_of_the_lines_and_of_the_facts(fleet in prop::collection::vec(vehicle(), 0..260)) {
        let computation = computed(&fleet);
        let lines: i64 = computation.lines.iter().map(|l| l.amount().cents()).sum();
        let facts: i64 = computation.facts.iter().map(|f| f.amount).sum();
        let by_size: i64 = computation.lines.iter().filter(|l| l.what != "mass-band").map(|l| l.amount().cents()).sum();
        prop_assert_eq!(lines, computation.total().cents());
        prop_assert_eq!(facts + by_size, lines);
        prop_assert_eq!(computation.facts.len(), fleet.len());
    }

    #[test]
    fn the_order_of_vehicles_does_not_matter((fleet, shuffled) in prop::collection::vec(vehicle(), 0..40)
        .prop_flat_map(|fleet| (Just(fleet.clone()), Just(fleet).prop_shuffle()))) {
        prop_assert_eq!(computed(&fleet), computed(&shuffled));
    }

    #[test]
    fn another_vehicle_never_makes_it_cheaper(mut fleet in prop::collection::vec(vehicle(), 0..210), more in vehicle()) {
        let before = computed(&fleet).total();
        fleet.push(more);
        prop_assert!(computed(&fleet).total() >= before);
    }
}

#[tokio::test]
async fn a_charge_is_made_once_and_frozen() {
    // req: A-43 A-50
    let portal = Portal::with_demo().await;
    let cx = portal.signed_in(FIVE, "info@firm.example", MailKind::Ordinary).await;
    let firm = portal.firm(FIVE).await;
    let charge = fee::charge_for(&cx, firm, 2017).await.unwrap();
    assert_eq!(charge.amount, 6615);
    assert_eq!(charge.computation().facts.len(), 5);
    assert_eq!(charge.computation().facts[0].plate, "GA180AA");
    assert!(pagopa::NoticeNumber::parse(&charge.notice_number).unwrap().check_is_valid());

    let mut tx = portal.admin().begin(Operation::Import).await.unwrap();
    fleet::replace(&mut tx, firm, 2017, &[], 1).await.unwrap();
    tx.commit().await.unwrap();
    let again = fee::charge_for(&cx, firm, 2017).await.unwrap();
    assert_eq!((again.id, again.amount), (charge.id, 6615), "the fleet has changed, the charge has not");

    let new = fee::recompute(&portal.admin(), firm, 2017).await.unwrap();
    assert_eq!(new.amount, 3000);
    assert_ne!(new.notice_number, charge.notice_number);
    let same = fee::recompute(&portal.admin(), firm, 2017).await.unwrap();
    assert_eq!(same.id, new.id, "nothing has changed since");
    let old = charges::get(&cx, charge.id).await.unwrap().unwrap();
    assert_eq!(old.state(), ChargeState::Cancelled);
}

#[tokio::test]
async fn many_requests_at_once_make_one_charge() {
    let portal = Portal::with_demo().await;
    let firm = portal.firm(FIVE).await;
    let requests = (0..16).map(|_| {
        let cx = portal.system();
        tokio::spawn(async move { fee::charge_for(&cx, firm, 2017).await.unwrap().id })
    });
    let mut ids = Vec::new();
    for request in requests.collect::<Vec<_>>() {
        ids.push(request.await.unwrap());
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(portal.number("SELECT count(*) AS n FROM charges").await, 1);
}

#[tokio::test]
async fn who_does_not_owe_gets_no_charge_and_is_told_why() {
    let portal = Portal::with_demo().await;
    let system = portal.system();
    // Enrolled in 2022, and removed in 2019.
    let late = portal.firm("PCRTEA69A71D620Q").await;
    assert!(matches!(fee::charge_for(&system, late, 2017).await, Err(FeeError::NotOwed(2017))));
    let other = portal.firm(MANY).await;
    let five = portal.signed_in(FIVE, "info@firm.example", MailKind::Ordinary).await;
    let forbidden = fee::charge_for(&five, other, 2017).await;
    assert!(matches!(forbidden, Err(FeeError::Ground(Error::Forbidden { .. }))), "somebody else's");
    assert!(matches!(fee::charge_for(&system, other, 2016).await, Err(FeeError::NoSuchYear(2016))));
    assert!(matches!(fee::charge_for(&system, other, 2018).await, Err(FeeError::NoFleets(2018))));
    let firm = portal.firm(FIVE).await;
    assert!(matches!(fee::charge_for(&five, firm, 2018).await, Err(FeeError::NotOpen { .. })));
    let anonymous = fee::charge_for(&portal.cx(Actor::Anonymous), firm, 2017).await;
    assert!(matches!(anonymous, Err(FeeError::Ground(Error::Forbidden { .. }))));
}

#[tokio::test]
async fn all_charges_at_once_are_those_of_one_by_one() {
    let (bulk, single) = (Portal::with_demo().await, Portal::with_demo().await);
    let made = fee::compute_all(&bulk.system(), 2017).await.unwrap();
    assert_eq!(made, 37, "40 firms, of which three were enrolled later");
    assert_eq!(fee::compute_all(&bulk.system(), 2017).await.unwrap(), 0);
    for (tax_code, amount) in [(FIVE, 6615), (MANY, 210_421)] {
        let one = fee::charge_for(&single.system(), single.firm(tax_code).await, 2017).await.unwrap();
        let many = bulk.charge(bulk.firm(tax_code).await).await;
        assert_eq!((many.amount, many.computation()), (amount, one.computation()));
        assert!(pagopa::NoticeNumber::parse(&many.notice_number).unwrap().check_is_valid());
    }
    // Single charges go on with the numbers behind the block.
    bulk.import(ImportKind::Fleet, Some(2027), &demo("fleet-2027.csv")).await;
    let next = fee::charge_for(&bulk.system(), bulk.firm(FIVE).await, 2027).await.unwrap();
    assert_eq!(&next.notice_number[3..16], "0000000000038");
}

#[tokio::test]
async fn the_job_goes_on_by_itself() {
    let portal = Portal::with_demo().await;
    let job = fee::ComputeAll { year: 2017, after: sportello_core::people::FirmId(0) };
    sportello_core::jobs::enqueue_alone(&portal.system(), &job, sportello_core::jobs::Schedule::now()).await.unwrap();
    let ran = sportello_core::jobs::Worker::new(portal.app.clone()).run_due().await.unwrap();
    assert_eq!(ran, 2, "one batch, and one that finds nothing left");
    assert_eq!(portal.number("SELECT count(*) AS n FROM charges").await, 37);
}

#[tokio::test]
async fn the_deadline_is_the_files_and_then_the_operators() {
    // req: A-45
    let portal = Portal::open().await;
    let cx = portal.admin();
    let before = fee::deadline(&cx, 2017).await.unwrap();
    assert_eq!((before.due.to_string().as_str(), before.extended, before.days_left), ("2017-02-28", true, 15));
    let to = "2017-03-31".parse().unwrap();
    deadlines::extend(&cx, &fee::deadline_name(2017), before.due, to, "Comunicato del 27 febbraio").await.unwrap();
    let after = fee::deadline(&cx, 2017).await.unwrap();
    assert_eq!((after.due, after.original.to_string().as_str()), (to, "2016-12-31"));
    assert_eq!(after.history.len(), 3);
    portal.clock.advance(SignedDuration::from_hours(24 * 47));
    assert_eq!(fee::deadline(&cx, 2017).await.unwrap().days_left, -1);
}

#[tokio::test]
async fn the_receipt_leaves_by_ordinary_mail() {
    // req: A-46 A-47
    let portal = Portal::with_demo().await;
    for (tax_code, email, kind, warns) in
        [(FIVE, "info@firm.example", MailKind::Ordinary, false), (MANY, "many@pec.example", MailKind::Pec, true)]
    {
        let cx = portal.signed_in(tax_code, email, kind).await;
        let firm = portal.firm(tax_code).await;
        let charge = fee::charge_for(&cx, firm, 2017).await.unwrap();
        for _ in 0..2 {
            let answer = portal.pay(&charge, &format!("receipt-{tax_code}")).await;
            assert!(answer.contains("<outcome>OK</outcome>"), "{answer}");
        }
        let sent = notices::about_firm(&portal.system(), firm, 10).await.unwrap();
        assert_eq!(sent.len(), 1, "a repeated receipt sends nothing twice");
        assert_eq!(
            (sent[0].kind.as_str(), sent[0].channel.as_str(), sent[0].recipient.as_str()),
            ("receipt", "mail", email)
        );
        let text = common_text(&portal, sent[0].id.0).await;
        assert!(text.contains(&italia::Euro::from_cents(charge.amount).to_italian()), "{text}");
        assert_eq!(text.contains("abilitata a ricevere messaggi non PEC"), warns, "{text}");
        assert!(matches!(fee::recompute(&portal.operator(Role::SecondLevel), firm, 2017).await, Err(FeeError::Paid)));
    }
}

#[tokio::test]
async fn a_payment_without_an_account_sends_nothing() {
    let portal = Portal::with_demo().await;
    let firm = portal.firm(FIVE).await;
    let charge = fee::charge_for(&portal.system(), firm, 2017).await.unwrap();
    assert!(portal.pay(&charge, "receipt-1").await.contains("<outcome>OK</outcome>"));
    assert_eq!(portal.number("SELECT count(*) AS n FROM notices").await, 0);
}

/// The text of a notice, unsealed.
async fn common_text(portal: &Portal, id: i64) -> String {
    const BODY: store::Sql = store::Sql::new("SELECT body FROM notices WHERE id = $1");
    let sealed: Vec<u8> = portal.db.fetch_one(BODY, store::args![id]).await.unwrap().get("body").unwrap();
    let plain = portal.app.vault().open("notice-body", &id.to_string(), &sealed).unwrap();
    String::from_utf8(plain).unwrap()
}

#[tokio::test]
async fn the_node_is_told_what_and_until_when() {
    let portal = Portal::with_demo().await;
    let charge = fee::charge_for(&portal.system(), portal.firm(FIVE).await, 2017).await.unwrap();
    let position = (fee::ANNOUNCE.describe)(portal.system(), charge).await.unwrap();
    assert_eq!(position.description, "Quota Albo autotrasportatori 2017");
    assert_eq!(position.due.to_string(), "2017-02-28");
    assert_eq!(portal.app.clock().now(), crate::common::instant(NOW));
}
