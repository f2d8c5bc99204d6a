//! Identifiers and invented companies, all from the seed.

use pagopa::{Code, CodeError, Fee, Psp, Text};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const BANKS: [&str; 6] = [
    "Banca dell'Arno",
    "Banca del Tavoliere",
    "Credito Subalpino",
    "Cassa dei Due Mari",
    "Banca della Laguna",
    "Istituto Etrusco di Pagamento",
];

const SHOPS: [&str; 4] =
    ["Rete Tabacchi Italia Centrale", "Punto Giallo Servizi", "Ricevitorie Adriatiche", "Edicole in Rete"];

/// The node's chance.
#[derive(Debug)]
pub(super) struct Chance {
    rng: ChaCha8Rng,
    /// Who takes payments on the hosted page.
    pub bank: Psp,
    /// Who takes payments at the counter.
    pub shop: Psp,
}

/// Where a payment is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On the hosted page, by card.
    Page,
    /// At the counter, in cash.
    Counter,
}

impl Place {
    /// `paymentMethod` of the receipt.
    pub(super) const fn method(self) -> &'static str {
        match self {
            Self::Page => "creditCard",
            Self::Counter => "cash",
        }
    }
}

impl Chance {
    pub(super) fn new(seed: u64) -> Result<Self, CodeError> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let bank = psp(&mut rng, &BANKS, "WEB")?;
        let shop = psp(&mut rng, &SHOPS, "TABACCHI")?;
        Ok(Self { rng, bank, shop })
    }

    pub(super) fn psp(&self, place: Place) -> Psp {
        match place {
            Place::Page => self.bank.clone(),
            Place::Counter => self.shop.clone(),
        }
    }

    /// Thirty-two hexadecimal digits.
    pub(super) fn id(&mut self) -> String {
        format!("{:016x}{:016x}", self.rng.next_u64(), self.rng.next_u64())
    }

    /// A commission between 0.50 and 2.00 euro, in steps of ten cents.
    pub(super) fn fee(&mut self) -> Option<Fee> {
        Fee::from_cents(50 + u64::from(self.rng.next_u32() % 16) * 10).ok()
    }
}

fn psp(rng: &mut ChaCha8Rng, names: &[&str], channel: &str) -> Result<Psp, CodeError> {
    let name = names[rng.next_u32() as usize % names.len()];
    // Numbers that begin with 999 belong to nobody.
    let number = format!("999{:08}", rng.next_u32() % 100_000_000);
    Ok(Psp {
        id: Code::parse(&format!("SIM{number}"))?,
        fiscal_code: Some(Code::parse(&number)?),
        vat_number: None,
        company_name: Text::fit(name),
        channel: Code::parse(&format!("{number}_01"))?,
        channel_description: Text::fit(channel),
    })
}
