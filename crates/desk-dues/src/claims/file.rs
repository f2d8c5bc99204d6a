use std::collections::HashSet;

use ::store::args;
use sportello_core::access::{Actor, Operation};
use sportello_core::charges::{self, ChargeState};
use sportello_core::{Cx, Error};

use super::model::{ClaimError, ClaimId, difference};
use super::store;
use crate::fee;
use crate::fleet::{self, LARGEST_MASS_KG, Vehicle};

const LONGEST_MESSAGE: usize = 2_000;
const MOST_VEHICLES: usize = 5_000;

/// Files a claim: the signed-in firm says which vehicles it had on the reference date of a year.
///
/// # Errors
/// [`ClaimError`].
pub async fn file(cx: &Cx, year: i64, message: &str, vehicles: Vec<Vehicle>) -> Result<ClaimId, ClaimError> {
    cx.require(Operation::ClaimFleet)?;
    let Actor::Firm { account, firm, .. } = &cx.actor else {
        return Err(Error::Forbidden { role: cx.actor.role(), operation: Operation::ClaimFleet }.into());
    };
    let message = checked(message, &vehicles)?;
    fee::rules(cx, year)?;
    let charge = charges::living(cx, *firm, fee::KIND, year).await?;
    if charge.is_some_and(|c| c.state() == ChargeState::Paid) {
        return Err(ClaimError::Paid);
    }
    if difference(&fleet::of(cx, *firm, year).await?, &vehicles).is_empty() {
        return Err(ClaimError::NothingDiffers);
    }
    let id = ClaimId(cx.id());
    let json = serde_json::to_string(&vehicles).unwrap_or_default();
    let mut tx = cx.begin(Operation::ClaimFleet).await?;
    tx.about(*firm).note("claim", id.0).note("year", year);
    if tx.execute(store::FILE, args![id, *firm, *account, year, message, json, cx.now_ms()]).await? == 0 {
        return Err(ClaimError::AlreadyOpen);
    }
    tx.commit().await?;
    Ok(id)
}

fn checked<'a>(message: &'a str, vehicles: &[Vehicle]) -> Result<&'a str, ClaimError> {
    let message = message.trim();
    if message.is_empty() {
        return Err(ClaimError::NoMessage);
    }
    if message.chars().count() > LONGEST_MESSAGE {
        return Err(ClaimError::MessageTooLong);
    }
    if vehicles.len() > MOST_VEHICLES {
        return Err(ClaimError::TooMany);
    }
    let mut plates = HashSet::new();
    for (index, vehicle) in vehicles.iter().enumerate() {
        if !(1..=LARGEST_MASS_KG).contains(&vehicle.mass_kg) {
            return Err(ClaimError::BadMass(index + 1));
        }
        if !plates.insert(vehicle.plate.as_str()) {
            return Err(ClaimError::Twice(index + 1));
        }
    }
    Ok(message)
}
