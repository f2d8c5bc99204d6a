use sportello_core::people::FirmId;
use sportello_core::{id, row};

id! {
    /// The id of a request for help.
    HelpRequestId;
}

row! {
    /// A request for help as an operator sees it.
    #[derive(Clone, Debug)]
    pub struct HelpRequest {
        /// Its id.
        pub id: HelpRequestId,
        /// `reset` or `other`.
        pub kind: String,
        /// `mail` or `web`.
        pub source: String,
        /// The address that it came from.
        pub sender: String,
        /// Its subject.
        pub subject: String,
        /// What it says.
        pub message: String,
        /// The matricola, as read.
        pub member_code: Option<String>,
        /// The enrolment number, as read.
        pub albo_number: Option<String>,
        /// The phone number, as read.
        pub phone: Option<String>,
        /// The firm.
        pub firm_id: Option<FirmId>,
        /// Its name.
        pub firm_name: Option<String>,
        /// Matricola and enrolment number are the same firm's.
        pub agrees: bool,
        /// `open`, `done` or `refused`.
        pub state: String,
        /// When it came, in milliseconds since 1970.
        pub created_at: i64,
    }
}
