//! The tenants: do they load, are their texts complete, do their policies follow today's guidance.

use std::collections::BTreeSet;
use std::path::Path;

use sportello_core::tenancy::Tenant;
use sportello_core::texts::{Language, ProductTexts};

use super::finding::Finding;
use crate::{assemble, tenants};

pub fn examine(directory: &Path) -> Vec<Finding> {
    let slugs = match tenants::slugs(directory) {
        Ok(slugs) if slugs.is_empty() => {
            return vec![Finding::bad(
                "tenants",
                format!("{}: no tenant is here", directory.display()),
                "add one, or correct `tenants.directory`",
            )];
        }
        Ok(slugs) => slugs,
        Err(error) => {
            let message = format!("{} cannot be read: {error}", directory.display());
            return vec![Finding::bad("tenants", message, "correct `tenants.directory`")];
        }
    };
    let product = assemble::texts();
    slugs.iter().flat_map(|slug| tenant(&directory.join(slug), slug, &product)).collect()
}

fn tenant(directory: &Path, slug: &str, product: &ProductTexts) -> Vec<Finding> {
    let check = format!("tenant {slug}");
    let tenant = match assemble::load_tenant(directory, product) {
        Ok(tenant) => tenant,
        Err(error) => {
            let message = sportello_core::chain(&error).lines().map(str::trim).collect::<Vec<_>>().join(" ");
            return vec![Finding::bad(
                check,
                message,
                format!("correct it; `sportello tenant check {slug}` shows it again"),
            )];
        }
    };
    let mut findings = vec![Finding::good(check, format!("{}: {}", tenant.name.it, tenant.desks.join(", ")))];
    findings.push(texts(&tenant, product));
    if tenant.accounts.no_paste {
        findings.push(Finding::warning(
            format!("policy {slug}"),
            "the fields for a new password refuse pasted text: password managers cannot fill them (WCAG 2.2, 3.3.8; NIST SP 800-63B)",
            "set `no_paste = false` under [accounts] in tenant.toml, unless a rule of yours forbids it",
        ));
    }
    findings
}

/// Every text of the product exists in both languages, and every text of the tenant's own replaces one.
fn texts(tenant: &Tenant, product: &ProductTexts) -> Finding {
    let known: BTreeSet<&str> = product.sources().iter().flat_map(|(_, text)| keys(text)).collect();
    let check = format!("texts {}", tenant.slug);
    for language in Language::ALL {
        if let Some(missing) = known.iter().find(|key| !tenant.texts(language).has(key)) {
            let message = format!("`{missing}` has no text in `{}`", language.tag());
            return Finding::bad(check, message, format!("add it to texts/{}.ftl", language.tag()));
        }
        let path = tenant.directory.join("texts").join(format!("{}.ftl", language.tag()));
        let own = std::fs::read_to_string(&path).unwrap_or_default();
        if let Some(unknown) = keys(&own).find(|key| !known.contains(key)) {
            let message = format!("{}: `{unknown}` replaces no text of the product", path.display());
            return Finding::warning(check, message, "correct the key or remove it");
        }
    }
    Finding::good(check, format!("{} in each language", known.len()))
}

/// The keys of the messages in a Fluent file.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let (key, _) = line.split_once('=')?;
        let key = key.trim_end();
        let sound = key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        sound.then_some(key)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_are_those_of_messages() {
        let text = "# c = d\na-b = x\n  .attr = y\n    more = text\n-term = z\nc =\n    d\n";
        assert_eq!(super::keys(text).collect::<Vec<_>>(), ["a-b", "c"]);
    }
}
