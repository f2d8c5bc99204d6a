use italia::Euro;

use crate::charges::ChargeId;
use crate::people::FirmId;
use crate::{id, row};

id! {
    /// The id of a payment.
    PaymentId;
}

row! {
    /// A payment that was received, proved by the node's receipt.
    #[derive(Clone, Debug)]
    pub struct Payment {
        /// Its id.
        pub id: PaymentId,
        /// What was paid.
        pub charge_id: ChargeId,
        /// Whose charge it was.
        pub firm_id: FirmId,
        /// The node's id of the receipt.
        pub receipt_id: String,
        /// Our receipt number.
        pub number: String,
        /// How much, in cents.
        pub amount: i64,
        /// Who took the money.
        pub psp: String,
        /// How it was paid.
        pub method: Option<String>,
        /// When it was paid, in milliseconds since 1970.
        pub paid_at: i64,
        /// When the receipt came.
        pub received_at: i64,
        /// It was not expected: an operator must look at it.
        pub surplus: bool,
        /// For which year.
        pub year: i64,
        /// The notice that was paid.
        pub notice_number: String,
    }
}

row! {
    /// A checkout that came back saying that all went well, while no receipt is here.
    #[derive(Clone, Copy, Debug)]
    pub struct OnItsWay {
        /// When the browser came back.
        pub returned_at: i64,
    }
}

impl Payment {
    /// How much was paid.
    pub fn amount(&self) -> Euro {
        Euro::from_cents(self.amount)
    }
}

/// Where the payment of a charge stands.
#[derive(Clone, Debug)]
pub enum Standing {
    /// To be paid.
    Due,
    /// The payer has paid, as the checkout says; the receipt is on its way. Do not pay again.
    ReceiptOnItsWay {
        /// Since when, in milliseconds since 1970.
        since: i64,
    },
    /// Paid: the receipt is here.
    Paid(Payment),
    /// Withdrawn.
    Cancelled,
}
