//! The measurements. Each stands alone, on files of its own, and ends after some seconds.

mod accounts;
mod commits;
mod pages;
mod payments;
mod register;
mod sign_in;
mod start;
mod storm;

use crate::Failure;
use crate::figure::remark;

/// All measurements by name, in order.
pub const NAMES: [&str; 8] = ["sign-in", "storm", "pages", "payments", "commits", "accounts", "start", "register"];

/// Runs the named measurements; all of them when none is named.
pub async fn run(words: &[String]) -> Result<(), Failure> {
    if let Some(unknown) = words.iter().find(|word| !NAMES.contains(&word.as_str())) {
        return Err(format!("there is no measurement `{unknown}`; there are {} and torture", NAMES.join(", ")).into());
    }
    for name in NAMES.into_iter().filter(|name| words.is_empty() || words.iter().any(|word| word == name)) {
        remark(name);
        match name {
            "sign-in" => sign_in::run().await?,
            "storm" => storm::run().await?,
            "pages" => pages::run().await?,
            "payments" => payments::run().await?,
            "commits" => commits::run().await?,
            "accounts" => accounts::run().await?,
            "start" => start::run().await?,
            _ => register::run().await?,
        }
    }
    Ok(())
}
