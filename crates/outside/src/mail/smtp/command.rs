//! SMTP commands.

use italia::EmailAddress;

#[derive(PartialEq, Eq, Debug)]
pub(super) enum Command {
    Hello {
        extended: bool,
    },
    Auth {
        mechanism: String,
        initial: Option<String>,
    },
    /// The null path of notifications is `None`.
    Mail {
        from: Option<EmailAddress>,
        size: Option<usize>,
    },
    Recipient(EmailAddress),
    Data,
    Reset,
    Noop,
    Verify,
    Quit,
    /// An address or parameter that cannot be understood.
    Syntax,
    Unknown,
}

impl Command {
    pub fn parse(line: &str) -> Self {
        let line = line.trim_end_matches(['\r', '\n']);
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" if !rest.is_empty() => Self::Hello { extended: true },
            "HELO" if !rest.is_empty() => Self::Hello { extended: false },
            "EHLO" | "HELO" => Self::Syntax,
            "AUTH" => auth(rest),
            "MAIL" => mail(rest),
            "RCPT" => recipient(rest),
            "DATA" if rest.is_empty() => Self::Data,
            "RSET" => Self::Reset,
            "NOOP" => Self::Noop,
            "VRFY" => Self::Verify,
            "QUIT" => Self::Quit,
            _ => Self::Unknown,
        }
    }
}

fn auth(rest: &str) -> Command {
    let mut words = rest.split_whitespace();
    let Some(mechanism) = words.next() else { return Command::Syntax };
    Command::Auth { mechanism: mechanism.to_ascii_uppercase(), initial: words.next().map(str::to_owned) }
}

/// `FROM:<path>` or `TO:<path>`, and what follows.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let (word, rest) = rest.split_once(':')?;
    if !word.trim().eq_ignore_ascii_case(keyword) {
        return None;
    }
    rest.trim_start().strip_prefix('<')?.split_once('>')
}

fn mail(rest: &str) -> Command {
    let Some((address, parameters)) = path(rest, "FROM") else { return Command::Syntax };
    let mut size = None;
    for parameter in parameters.split_whitespace() {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match name.to_ascii_uppercase().as_str() {
            "SIZE" => match value.parse() {
                Ok(value) => size = Some(value),
                Err(_) => return Command::Syntax,
            },
            "BODY" if ["7BIT", "8BITMIME"].iter().any(|known| value.eq_ignore_ascii_case(known)) => {}
            "AUTH" => {}
            _ => return Command::Syntax,
        }
    }
    if address.is_empty() {
        return Command::Mail { from: None, size };
    }
    EmailAddress::parse(address).map_or(Command::Syntax, |from| Command::Mail { from: Some(from), size })
}

fn recipient(rest: &str) -> Command {
    match path(rest, "TO") {
        Some((address, parameters)) if parameters.trim().is_empty() => {
            EmailAddress::parse(address).map_or(Command::Syntax, Command::Recipient)
        }
        _ => Command::Syntax,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    #[test]
    fn commands_are_understood_in_any_case() {
        assert_eq!(Command::parse("ehlo me\r\n"), Command::Hello { extended: true });
        assert_eq!(
            Command::parse("MAIL FROM:<a@b.it> SIZE=12 BODY=8BITMIME\r\n"),
            Command::Mail { from: Some(address("a@b.it")), size: Some(12) }
        );
        assert_eq!(Command::parse("mail from: <>"), Command::Mail { from: None, size: None });
        assert_eq!(Command::parse("RCPT TO:<a@b.it>"), Command::Recipient(address("a@b.it")));
        assert_eq!(
            Command::parse("AUTH plain AAA="),
            Command::Auth { mechanism: "PLAIN".into(), initial: Some("AAA=".into()) }
        );
        assert_eq!(Command::parse("STARTTLS"), Command::Unknown);
    }

    #[test]
    fn what_is_malformed_is_refused() {
        for line in
            ["MAIL TO:<a@b.it>", "MAIL FROM:a@b.it", "MAIL FROM:<a>", "MAIL FROM:<a@b.it> SIZE=x", "RCPT TO:<>", "EHLO"]
        {
            assert_eq!(Command::parse(line), Command::Syntax, "{line}");
        }
    }
}
