use italia::Plate;
use serde::{Deserialize, Serialize};
use sportello_core::{Error, row};

/// No vehicle on a road is heavier; more is a typing error (grams, or two numbers in one).
pub const LARGEST_MASS_KG: i64 = 100_000;

/// What a vehicle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VehicleKind {
    /// Carries its load itself ("autocarro").
    Lorry,
    /// Pulls a semi-trailer ("trattore stradale").
    Tractor,
    /// Is pulled, with axles at both ends ("rimorchio").
    Trailer,
    /// Is pulled, and rests on its tractor ("semirimorchio").
    Semitrailer,
}

impl VehicleKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Lorry, Self::Tractor, Self::Trailer, Self::Semitrailer];

    /// The name in the database, and in text keys after `vehicle-`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Lorry => "lorry",
            Self::Tractor => "tractor",
            Self::Trailer => "trailer",
            Self::Semitrailer => "semitrailer",
        }
    }

    /// The kind of this name in the database and in forms.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The kind of an Italian word, in any case, as the files of the vehicle register write it.
    pub fn from_italian(word: &str) -> Option<Self> {
        const WORDS: [(&str, VehicleKind); 6] = [
            ("autocarro", VehicleKind::Lorry),
            ("trattore", VehicleKind::Tractor),
            ("trattore stradale", VehicleKind::Tractor),
            ("rimorchio", VehicleKind::Trailer),
            ("semirimorchio", VehicleKind::Semitrailer),
            ("semi-rimorchio", VehicleKind::Semitrailer),
        ];
        WORDS.iter().find(|(known, _)| word.trim().eq_ignore_ascii_case(known)).map(|(_, kind)| *kind)
    }
}

/// A vehicle of a fleet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Vehicle {
    /// Its number plate.
    pub plate: Plate,
    /// What it is.
    pub kind: VehicleKind,
    /// The mass that counts, in kg: full-load mass, for a tractor the mass that it may tow ("peso rimorchiabile").
    pub mass_kg: i64,
}

/// A vehicle as JSON holds it.
#[derive(Serialize, Deserialize)]
struct Wire {
    plate: String,
    kind: VehicleKind,
    mass_kg: i64,
}

impl From<Vehicle> for Wire {
    fn from(vehicle: Vehicle) -> Self {
        Self { plate: vehicle.plate.to_string(), kind: vehicle.kind, mass_kg: vehicle.mass_kg }
    }
}

impl TryFrom<Wire> for Vehicle {
    type Error = italia::plate::PlateError;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        Ok(Self { plate: Plate::parse(&wire.plate)?, kind: wire.kind, mass_kg: wire.mass_kg })
    }
}

row! {
    /// A vehicle as the database holds it.
    pub(crate) struct Stored {
        pub(crate) firm_id: i64,
        pub(crate) plate: String,
        pub(crate) kind: String,
        pub(crate) mass_kg: i64,
    }
}

impl TryFrom<Stored> for Vehicle {
    type Error = Error;

    fn try_from(stored: Stored) -> Result<Self, Error> {
        // A plate is personal, so the error does not show it.
        let bad = |column, value: &str| Error::Inconsistent {
            table: "vehicles",
            column,
            row: stored.firm_id,
            value: value.to_owned(),
        };
        let kind = VehicleKind::from_key(&stored.kind).ok_or_else(|| bad("kind", &stored.kind))?;
        let plate = Plate::parse(&stored.plate).map_err(|e| bad("plate", e.key()))?;
        Ok(Self { plate, kind, mass_kg: stored.mass_kg })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_one_name_each() {
        for kind in VehicleKind::ALL {
            assert_eq!(VehicleKind::from_key(kind.key()), Some(kind));
        }
        assert_eq!(VehicleKind::from_italian(" TRATTORE Stradale"), Some(VehicleKind::Tractor));
        assert_eq!(VehicleKind::from_italian("motocarro"), None);
    }

    #[test]
    fn json_holds_plates_as_text_and_checks_them() {
        let vehicle =
            Vehicle { plate: Plate::parse("ab 123 cd").unwrap(), kind: VehicleKind::Semitrailer, mass_kg: 36_000 };
        let json = serde_json::to_string(&vehicle).unwrap();
        assert_eq!(json, r#"{"plate":"AB123CD","kind":"semitrailer","mass_kg":36000}"#);
        assert_eq!(serde_json::from_str::<Vehicle>(&json).unwrap(), vehicle);
        assert!(serde_json::from_str::<Vehicle>(&json.replace("AB123CD", "?")).is_err());
    }
}
