//! What people agreed to, with the tokens that came of it.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use spid::federation::jose::Unverified;
use spid::federation::provider::Grant;
use spid::federation::rp::Acr;

use super::Cie;
use crate::spid::Person;

/// More tokens of one grant than anybody looks at: then the oldest go.
const MOST_TOKENS: usize = 64;

/// A grant as the provider keeps it.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) grant: Grant,
    /// Whether its code was shown.
    pub(super) redeemed: bool,
    fiscal_code: String,
    tokens: Vec<Token>,
}

#[derive(Debug, Clone)]
struct Token {
    kind: TokenKind,
    jti: String,
    issued: Timestamp,
    expires: Timestamp,
    /// What became of it; nothing yet while it is good.
    end: Option<TokenState>,
}

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// Opens the attributes.
    Access,
    /// Gets the next access token.
    Refresh,
}

impl TokenKind {
    /// The `typ` of its header.
    pub(super) fn typ(self) -> &'static str {
        match self {
            Self::Access => "at+jwt",
            Self::Refresh => "rt+jwt",
        }
    }
}

/// What became of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// It is good.
    Active,
    /// It was a refresh token, and another has taken its place.
    Used,
    /// The relying party or somebody here has ended it.
    Revoked,
    /// Its time is over.
    Expired,
}

/// A token that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenInfo {
    /// What it is for.
    pub kind: TokenKind,
    /// Its name.
    pub jti: String,
    /// When it was issued.
    pub issued: Timestamp,
    /// When its time is over.
    pub expires: Timestamp,
    /// What became of it.
    pub state: TokenState,
}

/// Something that a person agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GrantInfo {
    /// Its name here.
    pub id: String,
    /// For whom.
    pub relying_party: String,
    /// The person's tax code.
    pub fiscal_code: String,
    /// The person's name for the relying party.
    pub subject: String,
    /// The level at which the person signed in.
    pub level: Acr,
    /// The names of the attributes that are handed over.
    pub attributes: Vec<String>,
    /// When.
    pub granted: Timestamp,
    /// Whether the code has become tokens.
    pub redeemed: bool,
    /// The tokens, the oldest first.
    pub tokens: Vec<TokenInfo>,
}

impl Held {
    pub(super) fn new(person: &Person, grant: Grant) -> Self {
        Self { grant, redeemed: false, fiscal_code: person.fiscal_code.clone(), tokens: Vec::new() }
    }

    /// Keeps the tokens of an answer in mind, and gives their names.
    pub(super) fn keep(&mut self, answer: &[u8]) -> Vec<String> {
        let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
        let all = [("access_token", TokenKind::Access), ("refresh_token", TokenKind::Refresh)];
        let tokens = all.into_iter().filter_map(|(name, kind)| Token::read(kind, answer.get(name)?.as_str()?));
        let tokens: Vec<Token> = tokens.collect();
        let names = tokens.iter().map(|token| token.jti.clone()).collect();
        self.tokens.extend(tokens);
        self.tokens.drain(..self.tokens.len().saturating_sub(MOST_TOKENS));
        names
    }

    /// Whether a token of this grant is good.
    pub(super) fn is_good(&self, jti: &str) -> bool {
        self.tokens.iter().any(|token| token.jti == jti && token.end.is_none())
    }

    /// Ends one token, and says whether it was good.
    pub(super) fn end(&mut self, jti: &str, state: TokenState) -> bool {
        let good = self.tokens.iter_mut().find(|token| token.jti == jti && token.end.is_none());
        good.map(|token| token.end = Some(state)).is_some()
    }

    /// Ends the grant: nothing of it is good any more, the code included.
    pub(super) fn end_all(&mut self) {
        self.redeemed = true;
        for token in &mut self.tokens {
            token.end.get_or_insert(TokenState::Revoked);
        }
    }

    fn info(&self, id: &str, now: Timestamp) -> GrantInfo {
        GrantInfo {
            id: id.to_owned(),
            relying_party: self.grant.authorization.client_id.as_str().to_owned(),
            fiscal_code: self.fiscal_code.clone(),
            subject: self.grant.subject.clone(),
            level: self.grant.acr,
            attributes: self.grant.attributes.keys().cloned().collect(),
            granted: self.grant.granted,
            redeemed: self.redeemed,
            tokens: self.tokens.iter().map(|token| token.info(now)).collect(),
        }
    }
}

impl Token {
    /// Reads a token of our own making.
    fn read(kind: TokenKind, jwt: &str) -> Option<Self> {
        let token = Unverified::parse(jwt).ok()?;
        let claims = token.claims();
        let jti = claims.get("jti")?.as_str()?.to_owned();
        let instant = |name| Timestamp::from_second(claims.get(name)?.as_i64()?).ok();
        Some(Self { kind, jti, issued: instant("iat")?, expires: instant("exp")?, end: None })
    }

    fn info(&self, now: Timestamp) -> TokenInfo {
        let over = if self.expires <= now { TokenState::Expired } else { TokenState::Active };
        let state = self.end.unwrap_or(over);
        TokenInfo { kind: self.kind, jti: self.jti.clone(), issued: self.issued, expires: self.expires, state }
    }
}

impl Cie {
    /// What people agreed to, the newest first.
    #[must_use]
    pub fn grants(&self) -> Vec<GrantInfo> {
        let now = self.now();
        self.state().grants.newest_first().map(|(id, held)| held.info(id, now)).collect()
    }

    /// Takes a consent back, as the person may at the provider: none of its tokens is good any more. False when there is
    /// no grant of this name.
    pub fn end_grant(&self, id: &str) -> bool {
        let mut state = self.state();
        let Some(held) = state.grants.get_mut(id) else { return false };
        held.end_all();
        true
    }
}
