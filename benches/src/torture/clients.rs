//! People: each registers a firm, reads the credentials, signs in, chooses a password, looks at the fee and pays.
//!
//! When a request is cut off they do what people do: they try again, and look first where that is possible.

use std::sync::Arc;
use std::time::Duration;

use italia::EmailAddress;
use pagopa::NoticeNumber;
use rand_chacha::ChaCha8Rng;

use super::{Field, payers};
use crate::http::{self, Connection};
use crate::{Failure, seed};

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(50);
/// A message that has not come after so many looks comes later; the next firm is attended to meanwhile.
const LOOKS: u32 = 100;
/// The policy suspends an account after five tries without success; people stop before.
const TRIES: u32 = 4;

/// An answer that was read to its end.
struct Read {
    status: u16,
    location: String,
    cookie: Option<String>,
    text: String,
}

/// The credentials of a message.
struct Credentials {
    code: String,
    pin: String,
    password: String,
}

/// One person after the other, until the torture ends.
pub async fn people(field: Arc<Field>, firms: Vec<seed::Enrolled>, mut chance: ChaCha8Rng) -> Result<(), Failure> {
    for firm in firms {
        if field.stopped() || !register(&field, &firm).await {
            return Ok(());
        }
        let Some(credentials) = credentials(&field, &firm.tax_code).await? else { continue };
        let Some(cookie) = enter(&field, &firm.tax_code, &credentials).await else { continue };
        let Some(notice) = look(&field, &firm.tax_code, &cookie).await else { continue };
        if payers::pay(&field, notice, &mut chance).await?.is_some() {
            look_again(&field, &firm.tax_code, &cookie).await;
        }
    }
    Ok(())
}

/// Sends a request once; none when its answer was not read.
async fn once(field: &Field, request: &[u8]) -> Option<Read> {
    let sent = async {
        let mut connection = Connection::open(field.site.address).await?;
        let answer = connection.send(request).await?;
        let own = |name: &str| answer.header(name).unwrap_or_default().to_owned();
        let cookie = answer.header("set-cookie").and_then(|set| set.split(';').next()).map(str::to_owned);
        Ok::<_, std::io::Error>(Read { status: answer.status, location: own("location"), cookie, text: answer.text() })
    };
    match sent.await {
        Ok(read) => Some(read),
        Err(error) => {
            if error.kind() != std::io::ErrorKind::ConnectionRefused {
                field.book.not_read();
            }
            tokio::time::sleep(PAUSE).await;
            None
        }
    }
}

/// Sends a request that may be repeated until it is answered with a status; none when the torture ends before.
async fn until(field: &Field, request: &[u8], status: u16) -> Option<Read> {
    while !field.stopped() {
        match once(field, request).await {
            Some(read) if read.status == status => return Some(read),
            // Too busy, or something that the log of the product explains.
            Some(_) => tokio::time::sleep(PAUSE).await,
            None => {}
        }
    }
    None
}

async fn register(field: &Field, firm: &seed::Enrolled) -> bool {
    let fields = [
        ("modo", "semplificata"),
        ("codice_fiscale", &firm.tax_code),
        ("numero_albo", &firm.albo_number),
        ("email", &seed::email(&firm.tax_code)),
        ("casella", "ordinary"),
        ("telefono", "06 1234 5678"),
    ];
    let request = http::form(&field.site.path("/registrazione/invio"), &fields, "");
    let Some(read) = until(field, &request, 303).await else { return false };
    let acknowledged = read.location.contains("/registrazione/stato/");
    if acknowledged {
        field.book.write(|pages| pages.registered.push(firm.tax_code.clone()));
    }
    acknowledged
}

/// Waits for the message with the credentials.
async fn credentials(field: &Field, tax_code: &str) -> Result<Option<Credentials>, Failure> {
    let address = EmailAddress::parse(&seed::email(tax_code))?;
    for _ in 0..LOOKS {
        if field.stopped() {
            break;
        }
        let messages = field.site.world.mail().messages(&address);
        if let Some(found) = messages.iter().find_map(|message| read_credentials(&message.text)) {
            return Ok(Some(found));
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(None)
}

fn read_credentials(text: &str) -> Option<Credentials> {
    let after =
        |label: &str| text.lines().find_map(|line| line.trim().strip_prefix(label)).map(|v| v.trim().to_owned());
    Some(Credentials { code: after("Matricola:")?, pin: after("PIN:")?, password: after("Password temporanea:")? })
}

/// Signs in with the temporary password and chooses another; returns the session's cookie.
async fn enter(field: &Field, tax_code: &str, credentials: &Credentials) -> Option<String> {
    let mut password = credentials.password.as_str();
    for _ in 0..TRIES {
        let read = sign_in(field, &credentials.code, password).await?;
        let Some(cookie) = read.cookie.filter(|_| read.status == 303) else {
            // The change whose answer was cut off had not happened.
            password = &credentials.password;
            continue;
        };
        field.book.write(|pages| pages.sessions += 1);
        if !read.location.ends_with("/password") {
            // Signed in with the chosen one: the change had happened.
            field.book.write(|pages| drop(pages.passwords.insert(tax_code.to_owned(), seed::PASSWORD.to_owned())));
            return Some(cookie);
        }
        let fields = [
            ("attuale", credentials.password.as_str()),
            ("pin", &credentials.pin),
            ("nuova", seed::PASSWORD),
            ("conferma", seed::PASSWORD),
        ];
        match once(field, &http::form(&field.site.path("/password"), &fields, &cookie)).await {
            Some(changed) if changed.status == 303 && changed.location.ends_with("/quota") => {
                field.book.write(|pages| drop(pages.passwords.insert(tax_code.to_owned(), seed::PASSWORD.to_owned())));
                return Some(cookie);
            }
            Some(_) => {}
            None => password = seed::PASSWORD,
        }
    }
    None
}

/// One try whose answer is read; tries that are cut off are counted too, so that there are few of them.
async fn sign_in(field: &Field, code: &str, password: &str) -> Option<Read> {
    let request = http::form(&field.site.path("/accesso"), &[("matricola", code), ("password", password)], "");
    for _ in 0..TRIES {
        if field.stopped() {
            return None;
        }
        if let Some(read) = once(field, &request).await.filter(|read| read.status != 503) {
            return Some(read);
        }
    }
    None
}

/// The notice that the page of the fee shows.
async fn look(field: &Field, tax_code: &str, cookie: &str) -> Option<NoticeNumber> {
    let page = until(field, &http::get(&field.site.path("/quota"), cookie), 200).await?;
    let notice = read_notice(&page.text)?;
    field.book.write(|pages| drop(pages.shown.insert(tax_code.to_owned(), notice.to_string())));
    Some(notice)
}

/// What was acknowledged to the node, the page says too.
async fn look_again(field: &Field, tax_code: &str, cookie: &str) {
    let Some(page) = until(field, &http::get(&field.site.path("/quota"), cookie), 200).await else { return };
    if !page.text.contains("/ricevuta.pdf") {
        field.book.write(|pages| {
            pages.contradictions.push(format!("firm {tax_code} has paid, and its page does not say so"));
        });
    }
}

/// The first number on a page that is a notice's.
fn read_notice(page: &str) -> Option<NoticeNumber> {
    let runs = page.split(|c: char| !c.is_ascii_digit() && c != ' ');
    let compact = runs.map(|run| run.replace(' ', "")).filter(|digits| digits.len() == 18 && digits.starts_with('3'));
    compact.filter_map(|digits| NoticeNumber::parse(&digits).ok()).find(|notice| notice.check_is_valid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_gives_its_credentials() {
        let text = "Impresa: X\n\n    Matricola: AB1234567\n    PIN: 012345\n    Password temporanea: abcd-efgh\n";
        let read = read_credentials(text).unwrap();
        assert_eq!(
            (read.code.as_str(), read.pin.as_str(), read.password.as_str()),
            ("AB1234567", "012345", "abcd-efgh")
        );
        assert!(read_credentials("Matricola: AB").is_none());
    }

    #[test]
    fn a_page_shows_its_notice() {
        let segregation = pagopa::SegregationCode::new(2).unwrap();
        let notice = NoticeNumber::generate(segregation, 77).unwrap();
        let page = format!("<p>06 0000 0000, 123456789012345678</p><code>{}</code>", notice.printed());
        assert_eq!(read_notice(&page), Some(notice));
    }
}
