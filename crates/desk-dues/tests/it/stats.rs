//! The figures for the committee.

use crate::common::{FIVE, MANY, Portal};
use desk_dues::{fee, stats};
use jiff::SignedDuration;
use jiff::civil::Date;
use sportello_core::access::Role;
use sportello_core::accounts::MailKind;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[tokio::test]
async fn registered_and_paid_are_counted_by_day_of_rome() {
    // req: A-71
    // Half an hour before midnight in Rome.
    let portal = Portal::at("2017-02-13T22:30:00Z").await;
    portal.import(desk_dues::import::ImportKind::Firms, None, &crate::common::demo("firms.csv")).await;
    portal.import(desk_dues::import::ImportKind::Fleet, Some(2017), &crate::common::demo("fleet-2017.csv")).await;
    portal.signed_in(FIVE, "five@firm.example", MailKind::Ordinary).await;
    fee::compute_all(&portal.system(), 2017).await.unwrap();
    let five = portal.charge(portal.firm(FIVE).await).await;
    portal.pay(&five, "receipt-1").await;
    let committee = portal.operator(Role::Committee);
    let today = stats::counts(&committee).await.unwrap();
    assert_eq!((today.year, today.firms), (Some(2017), 37));
    assert_eq!((today.registered_today, today.registered_total), (1, 1));
    assert_eq!((today.paid_today, today.paid_total, today.paid_amount.cents()), (1, 1, 6615));
    assert_eq!((today.open, today.unpaid()), (36, 36));

    portal.clock.advance(SignedDuration::from_hours(1));
    portal.signed_in(MANY, "many@firm.example", MailKind::Ordinary).await;
    let many = portal.charge(portal.firm(MANY).await).await;
    portal.pay(&many, "receipt-2").await;
    // Paid once more by mistake: money, but not a firm that has paid.
    portal.pay(&many, "receipt-3").await;
    let tomorrow = stats::counts(&committee).await.unwrap();
    assert_eq!((tomorrow.registered_today, tomorrow.registered_total), (1, 2));
    assert_eq!((tomorrow.paid_today, tomorrow.paid_total, tomorrow.paid_amount.cents()), (1, 2, 6615 + 210_421));
    assert_eq!(tomorrow.due_total.cents(), today.due_total.cents() - 210_421);

    let daily = stats::daily(&committee, date("2017-02-12"), date("2017-02-15")).await.unwrap();
    let expected = [("2017-02-12", 0, 0), ("2017-02-13", 1, 1), ("2017-02-14", 1, 1), ("2017-02-15", 0, 0)];
    assert_eq!(daily, expected.map(|(day, registered, paid)| (date(day), registered, paid)));
}

#[tokio::test]
async fn an_empty_portal_counts_nothing() {
    let portal = Portal::open().await;
    let counts = stats::counts(&portal.admin()).await.unwrap();
    assert_eq!(counts, stats::Counts { year: Some(2017), ..stats::Counts::default() });
    assert!(stats::counts(&portal.cx(sportello_core::access::Actor::Anonymous)).await.is_err());
}

#[tokio::test]
async fn the_engine_takes_every_statement() {
    let portal = Portal::open().await;
    let modules = [
        desk_dues::claims::store::ALL,
        desk_dues::fee::store::ALL,
        desk_dues::fleet::store::ALL,
        desk_dues::import::store::ALL,
        stats::store::ALL,
    ];
    for (name, statement) in modules.concat() {
        assert!(
            statement.text().contains("tenant = $1") || statement.text().contains("VALUES ($1"),
            "{name} is not scoped"
        );
        portal.db.prepare(statement.sql()).await.unwrap_or_else(|e| panic!("{name}: {}", sportello_core::chain(&e)));
    }
}
