//! What is wrong with a tenant's CIE, in sentences for whoever runs the program.

use super::chain::{known, provider};
use super::connection::connection;
use super::number;
use crate::error::Error;
use crate::identities::Problem;
use crate::{Cx, chain};

/// Everything that is wrong; nothing when all is in order. The federation is asked for a chain only when `online`.
///
/// # Errors
/// [`Error::Store`].
pub async fn problems(cx: &Cx, online: bool) -> Result<Vec<Problem>, Error> {
    let mut found = Vec::new();
    let Some(file) = &cx.tenant.cie else { return Ok(found) };
    let Some(connection) = connection(cx) else {
        let message = format!("[connections.{}.cie] is missing: nobody can sign in with CIE", cx.tenant.slug);
        found.push(Problem::bad(message));
        return Ok(found);
    };
    if !connection.marked {
        found.push(Problem::bad("no trust mark is configured (trust_marks_file): providers refuse us"));
    }
    let known = if online { provider(cx, connection).await.map(Some) } else { known(cx, connection).await };
    match known {
        Ok(None) => {
            found.push(Problem::warning("no trust chain that holds is known; the next sign-in collects one"));
        }
        Ok(Some(known)) => {
            let best = known.provider.levels.iter().map(|level| number(*level)).max().unwrap_or_default();
            if best < i64::from(file.level) {
                let level = file.level;
                found.push(Problem::bad(format!("[cie] level = {level}: the provider offers no more than {best}")));
            }
        }
        Err(error) => found.push(Problem::bad(format!("CIE: {}", chain(&error)))),
    }
    Ok(found)
}
