//! The creditors that the node knows.

use std::fmt;

use pagopa::node::Addressing;
use pagopa::{Code, CodeError, CreditorCode, Text};
use url::Url;

/// A creditor and the station that answers for it.
#[derive(Clone)]
pub struct Creditor {
    /// The tax code.
    pub fiscal_code: CreditorCode,
    /// The name that payers see.
    pub company_name: Text<140>,
    /// Where its `paForNode` service answers, with the secret part of the path.
    pub station_url: Url,
    /// Who runs the station: the creditor's own tax code, or an intermediary's.
    pub broker: Code<35>,
    /// The station.
    pub station: Code<35>,
}

impl Creditor {
    /// A creditor that runs its own first station, `<tax code>_01`.
    pub fn direct(fiscal_code: CreditorCode, company_name: &str, station_url: Url) -> Result<Self, CodeError> {
        Ok(Self {
            fiscal_code,
            company_name: Text::fit(company_name),
            station_url,
            broker: Code::parse(fiscal_code.as_str())?,
            station: Code::parse(&format!("{fiscal_code}_01"))?,
        })
    }

    /// What every request to the creditor begins with.
    pub(super) fn addressing(&self) -> Result<Addressing, CodeError> {
        Ok(Addressing {
            creditor: Code::parse(self.fiscal_code.as_str())?,
            broker: self.broker.clone(),
            station: self.station.clone(),
        })
    }
}

impl fmt::Debug for Creditor {
    /// Leaves out the address, whose path is a secret between node and creditor.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Creditor")
            .field("fiscal_code", &self.fiscal_code)
            .field("company_name", &self.company_name)
            .field("station", &self.station)
            .finish_non_exhaustive()
    }
}
