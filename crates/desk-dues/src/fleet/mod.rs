//! Fleets: the vehicles of a firm as they stood on the reference date of a fee year (requirement A-43).
//!
//! Owns the table of vehicles. Invariants: a plate stands once in the fleet of a firm and year; every row says which
//! import or claim wrote it; a fleet changes as a whole.

mod model;
pub mod store;

pub(crate) use model::Stored as StoredVehicle;
pub use model::{LARGEST_MASS_KG, Vehicle, VehicleKind};

use std::collections::HashMap;

use ::store::{Arg, args};
use sportello_core::people::FirmId;
use sportello_core::{Cx, Error, Tx};

/// The columns of a vehicle after the tenant.
pub(crate) const COLUMNS: [&str; 6] = ["year", "firm_id", "plate", "kind", "mass_kg", "source"];

/// The fleet of a firm for a year, by plate.
///
/// # Errors
/// [`Error::Store`], or [`Error::Inconsistent`] for a row that this program did not write.
pub async fn of(cx: &Cx, firm: FirmId, year: i64) -> Result<Vec<Vehicle>, Error> {
    cx.list::<StoredVehicle>(store::OF, args![firm, year]).await?.into_iter().map(Vehicle::try_from).collect()
}

/// The same, as a transaction sees it.
///
/// # Errors
/// As [`of`].
pub async fn of_in(tx: &mut Tx, firm: FirmId, year: i64) -> Result<Vec<Vehicle>, Error> {
    tx.list::<StoredVehicle>(store::OF, args![firm, year]).await?.into_iter().map(Vehicle::try_from).collect()
}

/// Replaces the fleet of a firm for a year. `source` is the id of the import or claim that does it. The charge of the
/// year is frozen with its own facts and does not change: see [`crate::fee::recompute`].
///
/// # Errors
/// [`Error::Store`]; a uniqueness error when a plate stands twice.
pub async fn replace(tx: &mut Tx, firm: FirmId, year: i64, vehicles: &[Vehicle], source: i64) -> Result<(), Error> {
    tx.execute(store::CLEAR, args![firm, year]).await?;
    let rows = vehicles.iter().map(|v| row(firm.0, year, v.plate.as_str(), v.kind, v.mass_kg, source)).collect();
    tx.insert_many("vehicles", &COLUMNS, rows, None).await?;
    Ok(())
}

/// Whether any fleet is known for a year. When none is, the data have not been imported yet, and a firm without
/// vehicles must not be taken for a firm that has none.
///
/// # Errors
/// [`Error::Store`].
pub async fn any(tx: &mut Tx, year: i64) -> Result<bool, Error> {
    Ok(tx.count(store::ANY, args![year]).await? > 0)
}

/// The same, outside a transaction.
///
/// # Errors
/// [`Error::Store`].
pub async fn known(cx: &Cx, year: i64) -> Result<bool, Error> {
    Ok(cx.count(store::ANY, args![year]).await? > 0)
}

/// The fleets of all firms between two ids (both included) that have vehicles, by firm.
pub(crate) async fn of_firms(
    tx: &mut Tx,
    year: i64,
    first: FirmId,
    last: FirmId,
) -> Result<HashMap<i64, Vec<StoredVehicle>>, Error> {
    let mut fleets: HashMap<i64, Vec<StoredVehicle>> = HashMap::new();
    for vehicle in tx.list::<StoredVehicle>(store::OF_FIRMS, args![year, first, last]).await? {
        fleets.entry(vehicle.firm_id).or_default().push(vehicle);
    }
    Ok(fleets)
}

/// Ends the import of fleets: of the firms that `source` has written for a year, what it has not written is deleted.
/// Returns how many vehicles went.
pub(crate) async fn clear_stale(tx: &mut Tx, year: i64, source: i64) -> Result<u64, Error> {
    tx.execute(store::CLEAR_STALE, args![year, source]).await
}

/// The parameters of one row, in the order of [`COLUMNS`].
pub(crate) fn row(firm: i64, year: i64, plate: &str, kind: VehicleKind, mass_kg: i64, source: i64) -> Vec<Arg> {
    args![year, firm, plate, kind.key(), mass_kg, source]
}
