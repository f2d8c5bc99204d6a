//! A federation in memory: a trust anchor, a provider and ourselves, behind a [`Fetch`] that tests can meddle with.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{Request, Response, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use spid::federation::chain::{CollectError, TrustAnchor, TrustChain, TrustMarkRule, collect};
use spid::federation::client::{Client as Endpoints, Limits};
use spid::federation::fault::{Fault, FaultCode};
use spid::federation::jose::{DecryptionKey, JwkSet, SigningKey};
use spid::federation::json::Object;
use spid::federation::provider::{
    Authority, Client, Grant, GrantType, OpenIdProvider, Refusal, Subordinate, TokenRequest,
};
use spid::federation::rp::{Acr, Ask, Claim, Organization, Prompt, Provider, RelyingParty};
use spid::federation::{EntityId, trust_mark};
use spid::fetch::{Fetch, FetchError};

pub const ANCHOR: &str = "https://registry.example.it";
pub const OP: &str = "https://op.example.it/oidc";
pub const RP: &str = "https://rp.example.it";
pub const CALLBACK: &str = "https://rp.example.it/cie/ritorno";
pub const MARK: &str = "https://registry.example.it/openid_relying_party/public/";
pub const FISCAL_NUMBER: &str = "https://attributes.eid.gov.it/fiscal_number";

/// Keys are slow to make, and every test is a process of its own: they are made once and kept in the build folder.
pub fn pair(at: usize) -> RsaKeyPair {
    static PAIRS: [OnceLock<RsaKeyPair>; 10] = [const { OnceLock::new() }; 10];
    PAIRS[at].get_or_init(|| kept(at)).clone()
}

fn kept(at: usize) -> RsaKeyPair {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("spid-federation-{at}.der"));
    if let Ok(der) = std::fs::read(&path) {
        return RsaKeyPair::from_pkcs8(&der).unwrap();
    }
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
    // Two tests may come here at once: the one that is first gives its key to both.
    let mut draft = tempfile::NamedTempFile::new_in(folder).unwrap();
    draft.write_all(der.as_ref()).unwrap();
    match draft.persist_noclobber(&path) {
        Ok(_) => pair,
        Err(_) => kept(at),
    }
}

pub fn key(at: usize) -> SigningKey {
    SigningKey::from_pair(pair(at)).unwrap()
}

pub const ANCHOR_KEY: usize = 0;
pub const OP_FEDERATION_KEY: usize = 1;
pub const OP_KEY: usize = 2;
pub const RP_FEDERATION_KEY: usize = 3;
pub const RP_KEY: usize = 4;
pub const RP_DECRYPTION_KEY: usize = 5;
pub const STRANGER: usize = 6;
pub const MIDDLE_KEY: usize = 7;

pub fn id(text: &str) -> EntityId {
    EntityId::parse(text).unwrap()
}

pub fn object(value: Value) -> Object {
    value.as_object().unwrap().clone()
}

pub fn jwks(keys: &[usize]) -> Value {
    json!({ "keys": keys.iter().map(|at| key(*at).public().to_value()).collect::<Vec<_>>() })
}

/// Signs anything with RS256, whatever the header says.
pub fn forge(header: &Value, claims: &Value, signer: usize) -> String {
    let signed =
        format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()));
    seal(&signed, signer)
}

pub fn seal(signed: &str, signer: usize) -> String {
    let pair = pair(signer);
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The parts of a JWS, for tests that change one.
pub fn open(jwt: &str) -> (Value, Value) {
    let parts: Vec<&str> = jwt.split('.').collect();
    let part = |at: usize| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[at]).unwrap()).unwrap();
    (part(0), part(1))
}

/// Changes the claims of a JWS and signs it again.
pub fn alter(jwt: &str, signer: usize, change: impl Fn(&mut Value)) -> String {
    let (header, mut claims) = open(jwt);
    change(&mut claims);
    forge(&header, &claims, signer)
}

type Tamper = Box<dyn Fn(Response<Vec<u8>>) -> Response<Vec<u8>> + Send>;

pub struct World {
    pub now: Mutex<Timestamp>,
    pub anchor: Authority,
    pub middle: Vec<Authority>,
    pub op: OpenIdProvider,
    pub rp: RelyingParty,
    /// The level at which the person signs in.
    pub acr: Acr,
    pub calls: Mutex<Vec<String>>,
    tampers: Mutex<BTreeMap<String, Tamper>>,
    grants: Mutex<BTreeMap<String, Grant>>,
    used: Mutex<BTreeSet<String>>,
    /// Ourselves, as the provider knew us when the person signed in.
    registered: OnceLock<Client>,
}

pub fn subordinate(name: &str, kind: &str, keys: &[usize]) -> Subordinate {
    Subordinate {
        id: id(name),
        entity_types: vec![kind.to_owned()],
        jwks: jwks(keys),
        metadata_policy: Object::new(),
        constraints: Object::new(),
        trust_marks: Vec::new(),
    }
}

pub fn authority(name: &str, at: usize, subordinates: Vec<Subordinate>) -> Authority {
    Authority {
        id: id(name),
        name: "Registro".to_owned(),
        keys: vec![key(at)],
        authority_hints: Vec::new(),
        trust_mark_issuers: Object::new(),
        constraints: Object::new(),
        subordinates,
        lifetime: SignedDuration::from_hours(2),
    }
}

impl World {
    pub fn new() -> Self {
        let now: Timestamp = "2026-11-22T09:00:00Z".parse().unwrap();
        let mut client = subordinate(RP, "openid_relying_party", &[RP_FEDERATION_KEY]);
        client.trust_marks = vec![MARK.to_owned()];
        client.metadata_policy = object(json!({ "openid_relying_party": {
            "grant_types": { "subset_of": ["authorization_code", "refresh_token"], "superset_of": ["authorization_code"] },
            "id_token_signed_response_alg": { "one_of": ["RS256", "RS512"], "essential": true },
            "token_endpoint_auth_method": { "one_of": ["private_key_jwt"], "essential": true },
            "response_types": { "value": ["code"] },
        }}));
        let mut provider = subordinate(OP, "openid_provider", &[OP_FEDERATION_KEY]);
        provider.metadata_policy = object(json!({ "openid_provider": {
            "jwks": { "value": jwks(&[OP_KEY]), "essential": true },
            "code_challenge_methods_supported": { "subset_of": ["S256"], "essential": true },
            "subject_types_supported": { "subset_of": ["pairwise"], "essential": true },
            "userinfo_endpoint": { "essential": true },
        }}));
        let mut anchor = authority(ANCHOR, ANCHOR_KEY, vec![client, provider]);
        anchor.constraints = object(json!({ "max_path_length": 1 }));
        anchor.trust_mark_issuers = object(json!({ MARK: [ANCHOR] }));
        let mark = Object::from_iter([("organization_type".to_owned(), json!("public"))]);
        let lifetime = SignedDuration::from_hours(24 * 365);
        let mark = trust_mark::issue(MARK, &id(ANCHOR), &key(ANCHOR_KEY), &id(RP), mark, now, lifetime).unwrap();
        Self {
            now: Mutex::new(now),
            anchor,
            middle: Vec::new(),
            op: OpenIdProvider {
                id: id(OP),
                name: "CIE id".to_owned(),
                authority_hints: vec![id(ANCHOR)],
                federation_keys: vec![key(OP_FEDERATION_KEY)],
                keys: vec![key(OP_KEY)],
                trust_marks: Vec::new(),
            },
            rp: relying_party().with_trust_marks(vec![(MARK.to_owned(), mark)]),
            acr: Acr::L3,
            calls: Mutex::default(),
            tampers: Mutex::default(),
            grants: Mutex::default(),
            used: Mutex::default(),
            registered: OnceLock::new(),
        }
    }

    pub fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    /// Changes every answer of the addresses that begin like this.
    pub fn tamper(&self, url: &str, tamper: impl Fn(Response<Vec<u8>>) -> Response<Vec<u8>> + Send + 'static) {
        self.tampers.lock().unwrap().insert(url.to_owned(), Box::new(tamper));
    }

    /// Changes every body of the addresses that begin like this.
    pub fn rewrite(&self, url: &str, rewrite: impl Fn(String) -> String + Send + 'static) {
        self.tamper(url, move |answer| answer.map(|body| rewrite(String::from_utf8(body).unwrap()).into_bytes()));
    }

    pub fn trusted(&self, rule: TrustMarkRule) -> TrustAnchor {
        let keys = JwkSet::new(vec![key(ANCHOR_KEY).public().clone()]).unwrap();
        TrustAnchor { id: id(ANCHOR), keys, trust_marks: rule }
    }

    pub async fn chain(&self, subject: &str, rule: TrustMarkRule) -> Result<TrustChain, CollectError> {
        self.chain_within(subject, rule, Limits::default()).await
    }

    pub async fn chain_within(
        &self,
        subject: &str,
        rule: TrustMarkRule,
        limits: Limits,
    ) -> Result<TrustChain, CollectError> {
        let clock = || self.now();
        let mut client = Endpoints::new(self, &clock, limits);
        collect(&mut client, &id(subject), &self.trusted(rule)).await
    }

    pub async fn provider(&self) -> Provider {
        let chain = self.chain(OP, TrustMarkRule::Optional).await.unwrap();
        Provider::from_chain(&chain, self.now()).unwrap()
    }

    pub async fn client(&self) -> Client {
        let chain = self.chain(RP, TrustMarkRule::AtLeastOne).await.unwrap();
        Client::from_chain(&chain, self.now()).unwrap()
    }

    /// What the provider's page does after the person has signed in and agreed: where the browser goes next.
    pub async fn sign_in(&self, parameters: &[(String, String)]) -> Result<url::Url, Refusal> {
        let client = self.client().await;
        let _ = self.registered.set(client.clone());
        assert_eq!(OpenIdProvider::client_of(parameters), Some(client.id.clone()));
        let authorization = self.op.authorize(parameters, &client, self.now())?;
        let attributes = object(json!({
            "given_name": "Maria", "family_name": "Rossi", "birthdate": "1980-01-01", FISCAL_NUMBER: "TINIT-RSSMRA80A41H501Y",
            "email": "maria@example.it", "email_verified": true,
        }));
        let code = format!("code-{}", self.grants.lock().unwrap().len());
        let back = authorization.grant(&code).unwrap();
        let (subject, acr, granted) = ("pairwise-1".to_owned(), self.acr, self.now());
        self.grants.lock().unwrap().insert(code, Grant { authorization, subject, acr, attributes, granted });
        Ok(back)
    }

    fn token(&self, body: &[u8]) -> Result<Response<Vec<u8>>, Fault> {
        let (request, client, now) = (TokenRequest::read(body)?, self.registered.get().unwrap(), self.now());
        let jti = self.op.authenticate(&request, client, now)?;
        if !self.used.lock().unwrap().insert(jti) {
            return Err(Fault::new(FaultCode::InvalidClient));
        }
        let missing = || Fault::new(FaultCode::InvalidGrant);
        let mut grants = self.grants.lock().unwrap();
        let (grant, with_id_token) = match &request.grant {
            GrantType::Code { code, .. } => {
                let grant = grants.remove(code).ok_or_else(missing)?;
                self.op.redeem(&request, &grant, now)?;
                (grant, true)
            }
            GrantType::Refresh(token) => {
                let jti = self.op.verify_own(token, "rt+jwt", now)?;
                (grants.values().next().cloned().filter(|_| !jti.is_empty()).ok_or_else(missing)?, false)
            }
            GrantType::Revoke(token) => {
                grants.remove(&self.op.verify_own(token, "at+jwt", now).unwrap_or_default());
                return Ok(Response::new(Vec::new()));
            }
        };
        let issued = self.op.issue(&grant, client, with_id_token, &[7; 48], now).unwrap();
        grants.insert(issued.access_jti, grant);
        let answer = Response::builder().header(header::CONTENT_TYPE, "application/json");
        Ok(answer.body(issued.body).unwrap())
    }

    fn userinfo(&self, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Fault> {
        let bearer = request.headers()[header::AUTHORIZATION].to_str().unwrap().strip_prefix("Bearer ").unwrap();
        let jti = self.op.verify_own(bearer, "at+jwt", self.now())?;
        let grant = self.grants.lock().unwrap().get(&jti).cloned();
        let grant = grant.ok_or_else(|| Fault::new(FaultCode::InvalidToken))?;
        let client = self.registered.get().unwrap();
        let body = self.op.userinfo(&grant, client, &[9; 80], self.now()).unwrap();
        Ok(Response::builder().header(header::CONTENT_TYPE, "application/jose").body(body.into_bytes()).unwrap())
    }

    fn answer(&self, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
        let (url, now) = (request.uri().to_string(), self.now());
        let statement = |jwt: String| {
            let answer = Response::builder().header(header::CONTENT_TYPE, "application/entity-statement+jwt");
            answer.body(jwt.into_bytes()).unwrap()
        };
        let lifetime = SignedDuration::from_hours(24);
        if url == id(RP).configuration_url() {
            return statement(self.rp.entity_configuration(now, lifetime).unwrap());
        }
        if url == id(OP).configuration_url() {
            return statement(self.op.entity_configuration(now, lifetime).unwrap());
        }
        let authorities = self.middle.iter().chain([&self.anchor]);
        if let Some(authority) = authorities.into_iter().find(|found| url.starts_with(&format!("{}/", found.id))) {
            return authority.answer(request, now);
        }
        let result = match url.strip_prefix(OP) {
            Some("/token" | "/revocation") => self.token(request.body()),
            Some("/userinfo") => self.userinfo(request),
            _ => Err(Fault::new(FaultCode::NotFound)),
        };
        result.unwrap_or_else(|fault| {
            let body = json!({ "error": fault.code.name() }).to_string().into_bytes();
            Response::builder().status(fault.code.status()).body(body).unwrap()
        })
    }
}

impl Fetch for World {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
        let url = request.uri().to_string();
        self.calls.lock().unwrap().push(url.clone());
        let answer = self.answer(&request);
        let tampers = self.tampers.lock().unwrap();
        let answer = match tampers.iter().find(|(prefix, _)| url.starts_with(prefix.as_str())) {
            Some((_, tamper)) => tamper(answer),
            None => answer,
        };
        if answer.status() == StatusCode::GATEWAY_TIMEOUT {
            return Err(FetchError { url, cause: "timed out".into() });
        }
        Ok(answer)
    }
}

pub fn relying_party() -> RelyingParty {
    RelyingParty::new(
        id(RP),
        Organization {
            name: "Ente di esempio".to_owned(),
            homepage_uri: RP.to_owned(),
            policy_uri: format!("{RP}/privacy"),
            logo_uri: format!("{RP}/logo.svg"),
            contacts: vec!["ente@pec.example.it".to_owned()],
        },
        &[CALLBACK],
        vec![id(ANCHOR)],
        vec![key(RP_FEDERATION_KEY)],
        (vec![key(RP_KEY)], vec![DecryptionKey::from_pair(&pair(RP_DECRYPTION_KEY)).unwrap()]),
    )
    .unwrap()
}

pub fn ask() -> Ask {
    Ask {
        redirect_uri: CALLBACK.to_owned(),
        levels: vec![Acr::L2],
        scopes: vec!["profile".to_owned()],
        claims: vec![Claim { name: FISCAL_NUMBER.to_owned(), essential: true }],
        prompt: Prompt::ConsentLogin,
        ui_locales: vec!["it".to_owned()],
    }
}

/// Chance that is not.
pub fn chance(seed: u8) -> [u8; 112] {
    std::array::from_fn(|at| (at as u8).wrapping_mul(31).wrapping_add(seed))
}
