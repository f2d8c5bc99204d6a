//! What surrounds every page of the office: who may enter, the menu of the role, the way back.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use sportello_core::access::Operation;
use web::shell::{Crumb, NavItem, Shell};
use web::{Failure, Rx, State};

/// A part of the office, as its menu names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Dashboard,
    Firms,
    Requests,
    Claims,
    Anomalies,
    Register,
    Deadlines,
    Imports,
    Committenti,
    Operators,
    Audit,
}

impl Section {
    /// All parts, in the order of the menu: daily work first.
    pub(super) const ALL: [Self; 11] = [
        Self::Dashboard,
        Self::Firms,
        Self::Requests,
        Self::Claims,
        Self::Anomalies,
        Self::Register,
        Self::Deadlines,
        Self::Imports,
        Self::Committenti,
        Self::Operators,
        Self::Audit,
    ];

    /// Its address.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Dashboard => "/ufficio",
            Self::Firms => "/ufficio/imprese",
            Self::Requests => "/ufficio/richieste",
            Self::Claims => "/ufficio/contestazioni",
            Self::Anomalies => "/ufficio/da-controllare",
            Self::Register => "/ufficio/registro",
            Self::Deadlines => "/ufficio/scadenze",
            Self::Imports => "/ufficio/importazioni",
            Self::Committenti => "/ufficio/committenti",
            Self::Operators => "/ufficio/operatori",
            Self::Audit => "/ufficio/registro-attivita",
        }
    }

    /// The key of its name.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Dashboard => "office-section-dashboard",
            Self::Firms => "office-section-firms",
            Self::Requests => "office-section-requests",
            Self::Claims => "office-section-claims",
            Self::Anomalies => "office-section-anomalies",
            Self::Register => "office-section-register",
            Self::Deadlines => "office-section-deadlines",
            Self::Imports => "office-section-imports",
            Self::Committenti => "office-section-committenti",
            Self::Operators => "office-section-operators",
            Self::Audit => "office-section-audit",
        }
    }

    /// What one must be allowed to do to enter it.
    pub(super) fn operation(self) -> Operation {
        match self {
            Self::Dashboard | Self::Deadlines => Operation::SeeCounts,
            Self::Firms | Self::Requests | Self::Claims | Self::Anomalies | Self::Register => Operation::SeeFirms,
            Self::Imports => Operation::Import,
            Self::Committenti => Operation::ManageCommittenti,
            Self::Operators => Operation::ManageOperators,
            Self::Audit => Operation::SeeAudit,
        }
    }
}

/// Whether the visitor may do something: pages hide what would be refused.
pub(super) fn may(rx: &Rx, operation: Operation) -> bool {
    operation.allows(rx.cx().actor.role())
}

/// Lets operators enter a part of the office; others sign in first, or are told that their role does not allow it.
pub(super) fn enter(rx: &Rx, section: Section) -> Result<(), Failure> {
    allow(rx, section.operation())
}

/// The same for an operation that not everybody in its part of the office may do.
pub(super) fn allow(rx: &Rx, operation: Operation) -> Result<(), Failure> {
    rx.operator()?;
    Ok(rx.cx().require(operation)?)
}

/// The shell of the first page of a part.
pub(super) fn shell(rx: &Rx, section: Section) -> Shell {
    let title = rx.t(section.key());
    let mut shell = dressed(rx, section, title.clone());
    if section != Section::Dashboard {
        shell.breadcrumb = vec![crumb(rx, Section::Dashboard), Crumb { label: title, href: None }];
    }
    shell
}

/// The shell of a page inside a part; `way` leads from the part's first page to it.
pub(super) fn inner(rx: &Rx, section: Section, title: &str, way: &[(&str, String)]) -> Shell {
    let mut shell = dressed(rx, section, title.to_owned());
    let between = way.iter().map(|(label, path)| Crumb { label: (*label).to_owned(), href: Some(rx.url(path)) });
    shell.breadcrumb = [crumb(rx, Section::Dashboard), crumb(rx, section)].into_iter().chain(between).collect();
    shell.breadcrumb.push(Crumb { label: title.to_owned(), href: None });
    shell
}

fn crumb(rx: &Rx, section: Section) -> Crumb {
    Crumb { label: rx.t(section.key()), href: Some(rx.url(section.path())) }
}

fn dressed(rx: &Rx, section: Section, title: String) -> Shell {
    let mut shell = rx.shell(title);
    shell.sign_out_url = rx.url("/ufficio/uscita");
    let item = |s: Section| NavItem { label: rx.t(s.key()), href: rx.url(s.path()), active: s == section };
    shell.nav = Section::ALL.into_iter().filter(|s| may(rx, s.operation())).map(item).collect();
    shell
}

/// An id in an address. What is not one leads nowhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Id<T>(pub(super) T);

impl<T: FromStr> FromRequestParts<State> for Id<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Failure> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let Path(text) = path.map_err(|_| Failure::NotFound)?;
        text.parse().map(Self).map_err(|_| Failure::NotFound)
    }
}

/// Two ids in an address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids<A, B>(pub(super) A, pub(super) B);

impl<A: FromStr, B: FromStr> FromRequestParts<State> for Ids<A, B> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Failure> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((first, second)) = path.map_err(|_| Failure::NotFound)?;
        let (first, second) = (first.parse().ok(), second.parse().ok());
        first.zip(second).map(|(a, b)| Self(a, b)).ok_or(Failure::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use sportello_core::access::Role;

    use super::*;

    /// What the menu of a role holds.
    fn menu(role: Role) -> Vec<Section> {
        Section::ALL.into_iter().filter(|s| s.operation().allows(role)).collect()
    }

    #[test]
    fn every_role_has_the_menu_of_its_work() {
        // req: A-69
        use Section::{Anomalies, Claims, Dashboard, Deadlines, Firms, Register, Requests};
        assert_eq!(menu(Role::Committee), [Dashboard, Deadlines]);
        assert_eq!(menu(Role::FirstLevel), [Dashboard, Firms, Requests, Claims, Anomalies, Register, Deadlines]);
        assert_eq!(menu(Role::SecondLevel), menu(Role::FirstLevel));
        assert_eq!(menu(Role::Administrator), Section::ALL);
        for outside in [Role::Anonymous, Role::NewFirm, Role::PayingFirm, Role::FullFirm, Role::Committente] {
            assert_eq!(menu(outside), []);
        }
    }
}
