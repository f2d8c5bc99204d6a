//! Where certified addresses can be asked for, behind one set of questions.

use std::sync::Arc;

use italia::FiscalCode;

use crate::{Answered, BusinessRegister, Error, Inad, IniPec, MAX_BATCH, PecAnswer, PecEntry, RequestId, Stamp, inad};

/// A source of certified addresses. Clones share one client.
#[derive(Debug, Clone)]
pub enum Source {
    /// The business register, by lists.
    BusinessRegister(Arc<BusinessRegister>),
    /// INI-PEC, one code at a time.
    IniPec(Arc<IniPec>),
    /// INAD: a single code at once, several by lists.
    Inad(Arc<Inad>),
}

/// What a source says to a question about addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The list is being made: ask for it with [`Source::poll`]. The id is text and may be kept for days.
    Request(RequestId),
    /// The entries, one for each code.
    Entries(Vec<PecEntry>),
}

impl Source {
    /// Tax codes in one question at most.
    #[must_use]
    pub fn batch_limit(&self) -> usize {
        match self {
            Self::BusinessRegister(_) => MAX_BATCH,
            Self::IniPec(_) => 1,
            Self::Inad(_) => inad::MAX_BATCH,
        }
    }

    /// Sees to it that the next question finds the door open: gets a token or a voucher unless one is held. No question is
    /// asked, so none counts.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn open(&self, stamp: Stamp<'_>) -> Result<(), Error> {
        match self {
            Self::BusinessRegister(register) => register.open(stamp).await,
            Self::IniPec(index) => index.open(stamp).await,
            Self::Inad(index) => index.open(stamp).await,
        }
    }

    /// Asks for the certified addresses of 1 to [`batch_limit`](Self::batch_limit) tax codes.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::BatchSize`] before anything is sent.
    pub async fn ask(&self, codes: &[FiscalCode], stamp: Stamp<'_>) -> Result<Answered<Reply>, Error> {
        let one = |answer: Answered<PecEntry>| answer.map(|entry| Reply::Entries(vec![entry]));
        match (self, codes) {
            (Self::BusinessRegister(register), _) => {
                Ok(register.request_pec_list(codes, stamp).await?.map(Reply::Request))
            }
            (Self::IniPec(index), [code]) => index.look_up(code, stamp).await.map(one),
            (Self::IniPec(_), _) => Err(Error::BatchSize { asked: codes.len(), max: 1 }),
            (Self::Inad(index), [code]) => index.extract(code, stamp).await.map(one),
            (Self::Inad(index), _) => Ok(index.request_list(codes, stamp).await?.map(Reply::Request)),
        }
    }

    /// Asks for a list that [`ask`](Self::ask) has had made.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::ForeignRequest`] when this source cannot have given the id, [`Error::Rejected`] when it does
    /// not know it any more.
    pub async fn poll(&self, id: &RequestId, stamp: Stamp<'_>) -> Result<Answered<PecAnswer>, Error> {
        match self {
            Self::BusinessRegister(register) => register.pec_list(id, stamp).await,
            Self::IniPec(_) => Err(Error::ForeignRequest),
            Self::Inad(index) => index.list(id, stamp).await,
        }
    }
}

impl From<BusinessRegister> for Source {
    fn from(register: BusinessRegister) -> Self {
        Self::BusinessRegister(Arc::new(register))
    }
}

impl From<IniPec> for Source {
    fn from(index: IniPec) -> Self {
        Self::IniPec(Arc::new(index))
    }
}

impl From<Inad> for Source {
    fn from(index: Inad) -> Self {
        Self::Inad(Arc::new(index))
    }
}
