//! SPDX expressions: which licences must be accepted, all together or one of them.

/// A licence expression, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// One licence, for instance `MIT` or `Apache-2.0 WITH LLVM-exception`.
    Licence(String),
    /// One of these is enough.
    Any(Vec<Expression>),
    /// All of these apply.
    All(Vec<Expression>),
}

impl Expression {
    /// Reads an expression. `/` is `OR`, as old crates write it; the words may be in small letters.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut reader = Reader { words: words(text), at: 0 };
        let expression = reader.any()?;
        match reader.next() {
            None => Ok(expression),
            Some(word) => Err(format!("{word} is not expected there")),
        }
    }

    /// Whether it can be fulfilled with accepted licences alone.
    pub fn is_satisfied(&self, accepted: &impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Licence(name) => accepted(name),
            Self::Any(choices) => choices.iter().any(|choice| choice.is_satisfied(accepted)),
            Self::All(parts) => parts.iter().all(|part| part.is_satisfied(accepted)),
        }
    }
}

fn words(text: &str) -> Vec<String> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

/// Reads from left to right. `WITH` binds more than `AND`, `AND` more than `OR`.
struct Reader {
    words: Vec<String>,
    at: usize,
}

impl Reader {
    fn next(&mut self) -> Option<String> {
        let word = self.words.get(self.at).cloned();
        self.at += 1;
        word
    }

    /// Steps over this word if it is the next one.
    fn skip(&mut self, word: &str) -> bool {
        let found = self.words.get(self.at).is_some_and(|next| next.eq_ignore_ascii_case(word));
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> Result<Expression, String> {
        let mut choices = vec![self.all()?];
        while self.skip("OR") {
            choices.push(self.all()?);
        }
        Ok(one_or(choices, Expression::Any))
    }

    fn all(&mut self) -> Result<Expression, String> {
        let mut parts = vec![self.licence()?];
        while self.skip("AND") {
            parts.push(self.licence()?);
        }
        Ok(one_or(parts, Expression::All))
    }

    fn licence(&mut self) -> Result<Expression, String> {
        if self.skip("(") {
            let inside = self.any()?;
            return if self.skip(")") { Ok(inside) } else { Err("a parenthesis is not closed".to_owned()) };
        }
        let name = self.name()?;
        if self.skip("WITH") {
            return Ok(Expression::Licence(format!("{name} WITH {}", self.name()?)));
        }
        Ok(Expression::Licence(name))
    }

    fn name(&mut self) -> Result<String, String> {
        let word = self.next().ok_or("it ends where a licence is expected")?;
        let is_word = ["OR", "AND", "WITH", "(", ")"].iter().any(|other| word.eq_ignore_ascii_case(other));
        if is_word { Err(format!("{word} stands where a licence is expected")) } else { Ok(word) }
    }
}

fn one_or(mut list: Vec<Expression>, many: fn(Vec<Expression>) -> Expression) -> Expression {
    if list.len() == 1 { list.remove(0) } else { many(list) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(expression: &str, licences: &[&str]) -> bool {
        Expression::read(expression).unwrap().is_satisfied(&|name| licences.contains(&name))
    }

    #[test]
    fn one_choice_is_enough_and_every_part_is_needed() {
        assert!(accepted("MIT", &["MIT"]));
        assert!(!accepted("GPL-3.0-only", &["MIT"]));
        assert!(accepted("GPL-2.0-only OR MIT", &["MIT"]));
        assert!(!accepted("GPL-2.0-only AND MIT", &["MIT"]));
        assert!(accepted("ISC and MIT", &["MIT", "ISC"]));
    }

    #[test]
    fn and_binds_more_than_or() {
        assert!(accepted("MIT OR GPL-2.0-only AND ISC", &["MIT"]));
        assert!(!accepted("(MIT OR GPL-2.0-only) AND ISC", &["MIT"]));
        assert!(accepted("(MIT OR GPL-2.0-only) AND ISC", &["MIT", "ISC"]));
        assert!(accepted("((MIT)) AND (X OR (Y AND ISC))", &["MIT", "Y", "ISC"]));
    }

    #[test]
    fn an_exception_belongs_to_its_licence() {
        let expression = "Apache-2.0 WITH LLVM-exception";
        assert!(accepted(expression, &["Apache-2.0 WITH LLVM-exception"]));
        assert!(!accepted(expression, &["Apache-2.0"]));
        assert!(accepted("Apache-2.0 WITH LLVM-exception OR MIT", &["MIT"]));
    }

    #[test]
    fn a_slash_is_a_choice() {
        assert!(accepted("MIT/Apache-2.0", &["Apache-2.0"]));
        assert!(accepted("Apache-2.0 / MIT", &["MIT"]));
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for bad in ["", "MIT OR", "AND MIT", "(MIT", "MIT)", "MIT ISC", "MIT WITH", "MIT WITH (X)"] {
            assert!(Expression::read(bad).is_err(), "{bad}");
        }
    }
}
