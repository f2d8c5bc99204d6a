//! From a request to an answer.

use jiff::SignedDuration;
use spid::idp::log::Transaction;
use spid::idp::request::{AcceptedRequest, Incoming, Page, PageCode, Policy, Receiver, RequestError, verify};
use spid::idp::response::{AnswerForm, Authentication, Provider, Statement};
use spid::idp::session::{Outcome as SessionOutcome, after};
use spid::saml::binding::to_form;
use spid::saml::{Comparison, ErrorCode, Level, Purpose, SpidCode};

use super::kit::{Kit, KitError};
use super::outcome::Outcome;
use super::people::Person;
use super::state::OpenSession;
use super::{Spid, clients::ClientError};

/// For how long an answer can be used.
const LIFETIME: SignedDuration = SignedDuration::from_mins(3);
/// For how long a session of level 1 saves the credentials.
const SESSION: SignedDuration = SignedDuration::from_mins(30);

/// A form to be posted to the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Where to.
    pub action: String,
    /// Names and values of the fields: `SAMLResponse`, and `RelayState` if there was one.
    pub fields: Vec<(String, String)>,
}

/// Why there is nothing to post.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// There is no provider with this name.
    #[error("there is no such provider")]
    NoProvider,
    /// Nobody has this tax code.
    #[error("there is no such person")]
    NoPerson,
    /// The person would see a page, and the service hear nothing.
    #[error("the provider shows a page")]
    Page(#[from] Page),
    /// The metadata of the service are not to be had.
    #[error("the metadata of the service are not to be had")]
    Client(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The answer could not be written.
    #[error("the answer could not be written")]
    Write(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<AnswerForm> for Answer {
    fn from(form: AnswerForm) -> Self {
        let fields = form.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { action: form.action, fields }
    }
}

impl From<KitError> for AnswerError {
    fn from(error: KitError) -> Self {
        Self::Write(error.into())
    }
}

/// What becomes of a request.
pub(super) enum Heard {
    /// The person is to be asked.
    Accepted(Box<AcceptedRequest>),
    /// The service is told what is wrong.
    Rejected(Answer),
}

impl Spid {
    /// Answers a request as a provider would after a person has chosen an outcome; for tests without a browser. No
    /// session is used. A request that breaks a rule is answered with its error, whatever the outcome.
    ///
    /// # Errors
    ///
    /// [`AnswerError`] when provider or person do not exist, or there is a page instead of an answer.
    pub async fn answer(
        &self,
        slug: &str,
        request: Incoming<'_>,
        fiscal_code: &str,
        outcome: Outcome,
    ) -> Result<Answer, AnswerError> {
        let kit = self.kit(slug).ok_or(AnswerError::NoProvider)?;
        let person = self.person(fiscal_code).ok_or(AnswerError::NoPerson)?;
        match self.hear(kit, &request).await? {
            Heard::Rejected(answer) => Ok(answer),
            Heard::Accepted(request) => Ok(self.conclude(kit, &request, person, outcome, None)?.0),
        }
    }

    /// Verifies a request. When a signature does not fit, the service may have a new key: its metadata are fetched again.
    pub(super) async fn hear(&self, kit: &Kit, incoming: &Incoming<'_>) -> Result<Heard, AnswerError> {
        let signature = |error: &RequestError| {
            let RequestError::Page(page) = error else { return false };
            matches!(page.code, PageCode::PostSignature | PageCode::QuerySignature)
        };
        let heard = match self.hear_once(kit, incoming, false).await? {
            Err(error) if signature(&error) => self.hear_once(kit, incoming, true).await?,
            heard => heard,
        };
        match heard {
            Ok(request) if self.state().is_new(&request) => Ok(Heard::Accepted(Box::new(request))),
            // A request is used once (*Regole tecniche*: the ID is unique).
            Ok(request) => Ok(Heard::Rejected(self.fail(kit, &request, ErrorCode::Id)?)),
            Err(RequestError::Page(page)) => Err(page.into()),
            Err(RequestError::Reply(rejection)) => {
                let (provider, id) = (kit.provider(self.now())?, self.state().id());
                tracing::info!(error = ?rejection.cause, client = %rejection.reply_to.client, "a request was refused");
                let form = provider.reject(&rejection, &id, self.now()).map_err(write)?;
                Ok(Heard::Rejected(form.into()))
            }
        }
    }

    async fn hear_once(
        &self,
        kit: &Kit,
        incoming: &Incoming<'_>,
        afresh: bool,
    ) -> Result<Result<AcceptedRequest, RequestError>, AnswerError> {
        let client = match incoming.claimed_issuer() {
            Some(issuer) => {
                self.client(&issuer, afresh).await.map_err(|error: ClientError| AnswerError::Client(error.into()))?
            }
            None => None,
        };
        let (endpoints, at) = (kit.configuration().single_sign_on, kit.address("sso"));
        let receiver = Receiver {
            entity_id: &kit.entity_id,
            endpoints: &endpoints,
            at: &at,
            now: self.now(),
            policy: Policy::default(),
        };
        Ok(verify(incoming, &receiver, |_| client.as_deref()))
    }

    fn fail(&self, kit: &Kit, request: &AcceptedRequest, code: ErrorCode) -> Result<Answer, AnswerError> {
        let (provider, id) = (kit.provider(self.now())?, self.state().id());
        let form = provider.fail(&request.reply_to, code, &id, self.now()).map_err(write)?;
        self.state().keep(Transaction::new(None, request, &form, self.now()));
        Ok(form.into())
    }

    /// Writes the answer, and gives the index of the session afterwards. `index` is that of the browser's session.
    pub(super) fn conclude(
        &self,
        kit: &Kit,
        request: &AcceptedRequest,
        person: &Person,
        outcome: Outcome,
        index: Option<&str>,
    ) -> Result<(Answer, Option<String>), AnswerError> {
        let kept = index.map(str::to_owned);
        if let Some(code) = outcome.error().or_else(|| hindrance(request, person)) {
            return Ok((self.fail(kit, request, code)?, kept));
        }
        // Only `better` than the highest level has none, and that was a hindrance.
        let Some(level) = request.lowest_level() else { return Ok((self.fail(kit, request, ErrorCode::Other)?, kept)) };
        let asked = match outcome {
            Outcome::LowerLevel => lowered(request, level),
            _ => request.clone(),
        };
        let level = asked.lowest_level().unwrap_or(level);
        let open = index.and_then(|index| self.session(kit, index)).filter(|open| open.person == person.fiscal_code);
        let authentication = self.authenticate(&asked, level, open.as_ref());
        let name_id = self.state().id().to_string();
        let form =
            self.write(kit.provider(self.now())?, &asked, person, (&authentication, &name_id), kit.profile.letters)?;
        let consented = SessionOutcome::Consented { authentication: &authentication, name_id: &name_id };
        let session = after(open.map(|open| open.session), request.client(), consented);
        let opened = session.filter(|_| level == Level::One).map(|session| {
            let index = session.index().to_owned();
            let open = OpenSession { slug: kit.profile.slug, person: person.fiscal_code.clone(), session };
            self.state().sessions.insert(index.clone(), open);
            index
        });
        let form = if outcome == Outcome::Tampered { tampered(form, &name_id) } else { form };
        Ok((form.into(), opened.or(kept)))
    }

    /// The session with this index at this provider.
    pub(super) fn session(&self, kit: &Kit, index: &str) -> Option<OpenSession> {
        self.state().sessions.get(index).filter(|open| open.slug == kit.profile.slug).cloned()
    }

    /// By the session if it answers the request, else anew.
    fn authenticate(&self, request: &AcceptedRequest, level: Level, open: Option<&OpenSession>) -> Authentication {
        let instant = self.now();
        let by_session = open.and_then(|open| open.session.answers(request, instant, SESSION));
        by_session.unwrap_or_else(|| match level {
            Level::One => Authentication::One { instant, session_index: self.state().id().to_string() },
            Level::Two => Authentication::Two { instant },
            Level::Three => Authentication::Three { instant },
        })
    }

    fn write(
        &self,
        provider: &Provider,
        request: &AcceptedRequest,
        person: &Person,
        (authentication, name_id): (&Authentication, &str),
        letters: &str,
    ) -> Result<AnswerForm, AnswerError> {
        let attributes = person.attributes(letters);
        let statement = Statement { authentication, name_id, attributes: &attributes, lifetime: LIFETIME };
        let (ids, now) = (self.state().ids(), self.now());
        let form = provider.succeed(request, &statement, &ids, now).map_err(write)?;
        let code = SpidCode::parse(&person.spid_code(letters)).ok();
        self.state().keep(Transaction::new(code, request, &form, now));
        Ok(form)
    }
}

fn write(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> AnswerError {
    AnswerError::Write(error.into())
}

/// What stands between this person and a success: the kind of identity (avviso 18), or a level that nobody has.
fn hindrance(request: &AcceptedRequest, person: &Person) -> Option<ErrorCode> {
    let fits = match request.purpose {
        None => true,
        Some(Purpose::ProfessionalOfNaturalPerson) => person.company.is_none(),
        Some(_) => person.company.is_some(),
    };
    if !fits {
        return Some(ErrorCode::WrongKindOfIdentity);
    }
    request.lowest_level().is_none().then_some(ErrorCode::NoCredentialsOfLevel)
}

/// The request as a provider would have to misread it to answer with one level less.
fn lowered(request: &AcceptedRequest, level: Level) -> AcceptedRequest {
    let lower = Level::ALL.into_iter().rev().find(|other| *other < level).unwrap_or(Level::One);
    AcceptedRequest { level: lower, comparison: Comparison::Exact, ..request.clone() }
}

/// Somebody else's name, behind the signatures' back.
fn tampered(form: AnswerForm, name_id: &str) -> AnswerForm {
    let xml = form.xml.replace(name_id, &"_".repeat(name_id.len()));
    AnswerForm { saml_response: to_form(&xml), xml, ..form }
}
