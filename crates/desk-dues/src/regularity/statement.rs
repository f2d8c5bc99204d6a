//! Statements: an answer, signed, with a code by which anybody can check it.

use serde_json::{Value, json};
use sportello_core::access::Operation;
use sportello_core::committenti::CommittenteId;
use sportello_core::vault::digest;
use sportello_core::{Cx, Error, id, row, signing};
use store::args;

use super::answer::Answer;
use super::query::{Query, QueryId, asker};
use super::store as sql;

id! {
    /// The id of a statement.
    StatementId;
}

/// The alphabet of codes: without letters that look like figures (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code: 100 bits.
const CODE: usize = 20;

row! {
    /// A statement as stored.
    #[derive(Clone, Debug)]
    pub struct Statement {
        /// Its id.
        pub id: StatementId,
        /// For whom it was made.
        pub committente_id: CommittenteId,
        /// Of which answer.
        pub query_id: QueryId,
        /// JWS compact, with what is stated.
        pub jws: String,
        /// When it was made, in milliseconds since 1970.
        pub made_at: i64,
    }
}

/// What a statement says, read from what was signed.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The facts.
    pub answer: Answer,
    /// When the statement was made, in milliseconds since 1970.
    pub made_at: i64,
    /// Its code, in groups.
    pub code: String,
}

/// The code of a statement, without groups. It is made from the id under the master key, so nothing that opens a
/// statement is stored.
fn code(cx: &Cx, id: StatementId) -> Result<String, Error> {
    let bytes = cx.app.vault().keyed_digest("statement-code", &format!("{}/{id}", cx.tenant.slug))?;
    // Five bits of each byte: 256 is a multiple of 32, so every character is equally likely.
    Ok(bytes.iter().take(CODE).map(|b| char::from(ALPHABET[usize::from(b % 32)])).collect())
}

/// The code of a statement as it is printed: `ABCD-EFGH-…`.
///
/// # Errors
/// [`Error::Vault`] never.
pub fn code_shown(cx: &Cx, id: StatementId) -> Result<String, Error> {
    Ok(grouped(&code(cx, id)?))
}

fn grouped(code: &str) -> String {
    code.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join("-")
}

/// A code as people type it: any case, any separators, letters for the figures that they look like.
fn normal(typed: &str) -> Option<String> {
    let letter = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let code: String = typed.chars().filter(char::is_ascii_alphanumeric).map(letter).take(CODE + 1).collect();
    (code.len() == CODE).then_some(code)
}

/// The statement of one of the caller's answered questions: the one that was made before, or a new one. None while the
/// question waits.
///
/// # Errors
/// [`Error`].
pub async fn state(cx: &Cx, query: &Query) -> Result<Option<Statement>, Error> {
    cx.require(Operation::StateRegularity)?;
    let committente = asker(cx)?;
    let Some(answer) = query.answer().filter(|_| query.committente_id == committente) else { return Ok(None) };
    if let Some(statement) = of_query(cx, query.id).await? {
        return Ok(Some(statement));
    }
    let id = StatementId(cx.id());
    let code = code(cx, id)?;
    // Signed before the transaction, in which everybody else would wait.
    let jws = signing::sign(cx, &payload(cx, id, &code, &answer)).await?;
    let mut tx = cx.begin(Operation::StateRegularity).await?;
    tx.note("statement", id.0).note("query", query.id.0);
    // Of two that come at the same time one makes the statement, and both get it.
    if tx.execute(sql::STATE, args![id, digest(&code), committente, query.id, jws, cx.now_ms()]).await? == 1 {
        tx.commit().await?;
    }
    of_query(cx, query.id).await
}

fn payload(cx: &Cx, id: StatementId, code: &str, answer: &Answer) -> Value {
    let base = cx.app.tenant_url(&cx.tenant);
    json!({
        "iss": base,
        "iat": cx.now().as_second(),
        "jti": id.to_string(),
        "sub": answer.tax_code,
        "verification": format!("{base}/verifica/{}", grouped(code)),
        "regularity": answer,
    })
}

/// The statement that was made of a question.
///
/// # Errors
/// [`Error::Store`].
pub async fn of_query(cx: &Cx, query: QueryId) -> Result<Option<Statement>, Error> {
    cx.find(sql::STATEMENT_OF_QUERY, args![query]).await
}

/// What a code opens: the facts as they were signed. None for a wrong, unknown or forgotten code, and for a record whose
/// signature does not hold.
///
/// # Errors
/// [`Error`].
pub async fn by_code(cx: &Cx, typed: &str) -> Result<Option<Shown>, Error> {
    let Some(code) = normal(typed) else { return Ok(None) };
    let found: Option<Statement> = cx.find(sql::STATEMENT_BY_CODE, args![digest(&code)]).await?;
    let Some(statement) = found else { return Ok(None) };
    shown(cx, &statement).await
}

/// What a signed statement says, when this tenant has signed it and has it on record.
///
/// # Errors
/// [`Error`].
pub async fn check_signed(cx: &Cx, jws: &str) -> Result<Option<Shown>, Error> {
    let jws: String = jws.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(payload) = signing::verify(cx, &jws).await? else { return Ok(None) };
    let Some(id) = payload["jti"].as_str().and_then(|id| id.parse::<StatementId>().ok()) else { return Ok(None) };
    let found: Option<Statement> = cx.find(sql::STATEMENT, args![id]).await?;
    match found {
        Some(statement) if statement.jws == jws => shown(cx, &statement).await,
        _ => Ok(None),
    }
}

async fn shown(cx: &Cx, statement: &Statement) -> Result<Option<Shown>, Error> {
    let payload = signing::verify(cx, &statement.jws).await?;
    let payload = payload.filter(|p| p["jti"].as_str() == Some(statement.id.to_string().as_str()));
    let answer = payload.and_then(|mut p| serde_json::from_value::<Answer>(p["regularity"].take()).ok());
    let code = code_shown(cx, statement.id)?;
    Ok(answer.map(|answer| Shown { answer, made_at: statement.made_at, code }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = "0123456789ABCDEFGHJK";
        assert_eq!(grouped(code), "0123-4567-89AB-CDEF-GHJK");
        for typed in [code, "0123-4567-89ab-cdef-ghjk", " O l23 4567 89AB CDEF GHJK "] {
            assert_eq!(normal(typed).as_deref(), Some(code), "{typed}");
        }
        for bad in ["", "0123", "0123-4567-89AB-CDEF-GHJK-0", "€"] {
            assert_eq!(normal(bad), None, "{bad}");
        }
    }
}
