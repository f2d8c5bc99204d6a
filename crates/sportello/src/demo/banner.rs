//! What a demonstration says about itself: to its user, to programs, and on the world's page.

use outside::world::{Note, OtpNote, PortalLink, World};
use serde_json::{Value, json};
use sportello_core::App;

use super::home::Home;
use super::people::{DemoCommittente, DemoOperator, People};
use crate::config::Config;
use crate::screen::{Screen, Style};

/// All addresses and credentials of a demonstration.
#[derive(Debug)]
pub struct Facts {
    url: String,
    portals: Vec<Portal>,
    outside: String,
    operators: Vec<DemoOperator>,
    committenti: Vec<DemoCommittente>,
    database: String,
    data: String,
    kept: bool,
}

#[derive(Debug)]
struct Portal {
    spid: bool,
    cie: bool,
    cns: bool,
    slug: String,
    name: String,
    url: String,
    back_office: String,
}

impl Facts {
    /// Gathers them.
    pub fn gather(app: &App, config: &Config, world: &World, people: People, home: &Home) -> Self {
        let portal = |tenant: &std::sync::Arc<sportello_core::tenancy::Tenant>| {
            // Host names of the tenant's own lead nowhere here.
            let url = format!("{}/{}", app.public_url(), tenant.slug);
            Portal {
                slug: tenant.slug.clone(),
                name: tenant.name.it.clone(),
                back_office: format!("{url}/ufficio"),
                spid: tenant.spid.is_some(),
                cie: tenant.cie.is_some(),
                cns: tenant.cns.is_some() && app.cards().is_some(),
                url,
            }
        };
        Self {
            url: app.public_url().to_owned(),
            portals: app.tenants().map(portal).collect(),
            outside: world.url(),
            operators: people.operators,
            committenti: people.committenti,
            database: config.database.shown(),
            data: home.path().display().to_string(),
            kept: home.is_kept(),
        }
    }

    /// One object for programs.
    pub fn json(&self) -> Value {
        let by_slug = |url: fn(&Portal) -> &String| -> serde_json::Map<String, Value> {
            self.portals.iter().map(|p| (p.slug.clone(), json!(url(p)))).collect()
        };
        let operator = |o: &DemoOperator| {
            json!({
                "tenant": o.tenant, "role": o.role, "email": o.email,
                "password": o.credentials.password.expose(), "otp_secret": o.credentials.otp_secret.expose(),
            })
        };
        let committente = |c: &DemoCommittente| {
            let portal = format!("{}/{}", self.url, c.tenant);
            json!({
                "tenant": c.tenant, "name": c.name, "tax_code": c.tax_code, "key": c.key.expose(),
                "area": format!("{portal}/committenti"), "api": format!("{portal}{}", web::api::PATH),
            })
        };
        json!({
            "portals": by_slug(|p| &p.url),
            "back_office": by_slug(|p| &p.back_office),
            "outside": self.outside.trim_end_matches('/'),
            "operators": self.operators.iter().map(operator).collect::<Vec<_>>(),
            "committenti": self.committenti.iter().map(committente).collect::<Vec<_>>(),
            "health": { "live": format!("{}/healthz/live", self.url), "ready": format!("{}/healthz/ready", self.url) },
            "database": self.database,
            "data": self.data,
            "spid": self.spid(),
            "cie": self.cie(),
            "cns": self.cns(),
            "config": format!("{}/{}", self.data, crate::config::FILE_NAME),
        })
    }

    /// Where each portal's SPID is. Until there is a desk for members, the first portal with SPID stands for theirs too.
    fn spid(&self) -> Value {
        let addresses = |portal: &Portal| json!({ "metadata": format!("{}/spid/metadata", portal.url), "login": format!("{}/accesso/spid", portal.url) });
        let with: Vec<_> = self.portals.iter().filter(|portal| portal.spid).collect();
        let mut all: serde_json::Map<_, _> = with.iter().map(|p| (p.slug.clone(), addresses(p))).collect();
        if let (Some(first), false) = (with.first(), all.contains_key("members")) {
            all.insert("members".to_owned(), addresses(first));
        }
        Value::Object(all)
    }

    /// Where each portal's CIE is.
    fn cie(&self) -> Value {
        let with = self.portals.iter().filter(|portal| portal.cie);
        let addresses = |portal: &Portal| {
            let configuration = format!("{}/.well-known/openid-federation", portal.url);
            (
                portal.slug.clone(),
                json!({ "configuration": configuration, "login": format!("{}/accesso/cie", portal.url) }),
            )
        };
        Value::Object(with.map(addresses).collect())
    }

    /// Where each portal's sign-in by card is, and who issues cards.
    fn cns(&self) -> Value {
        let login = |portal: &Portal| (portal.slug.clone(), json!({ "login": format!("{}/accesso/cns", portal.url) }));
        let mut all: serde_json::Map<_, _> = self.portals.iter().filter(|portal| portal.cns).map(login).collect();
        all.insert("authority".to_owned(), json!(format!("{}carte", self.outside)));
        Value::Object(all)
    }

    /// A page of text for people.
    pub fn print(&self, screen: &mut Screen) -> std::io::Result<()> {
        let title = screen
            .styled(Style::Bold, "Sportello is open: everything here is invented, and nothing leaves this machine.");
        screen.line(title)?;
        screen.line("")?;
        for portal in &self.portals {
            let name = screen.styled(Style::Bold, &portal.name);
            screen.line(format!("  {name}"))?;
            screen.line(format!("    portal       {}", portal.url))?;
            screen.line(format!("    back office  {}", portal.back_office))?;
            for o in self.operators.iter().filter(|o| o.tenant == portal.slug) {
                let (password, secret) = (o.credentials.password.expose(), o.credentials.otp_secret.expose());
                screen.line(format!("      {:<14} {}   {password}   second factor {secret}", o.role, o.email))?;
            }
            for c in self.committenti.iter().filter(|c| c.tenant == portal.slug) {
                screen.line(format!("    clients      {}/committenti   key {}", portal.url, c.key.expose()))?;
            }
            screen.line("")?;
        }
        let outside = screen
            .styled(Style::Bold, "The outside world: mailboxes, register, payments, clock, codes of the second factor");
        screen.line(format!("  {outside}"))?;
        screen.line(format!("    {}", self.outside))?;
        screen.line(format!(
            "    {}carte: a smart card for your browser, and what the browser must trust",
            self.outside
        ))?;
        screen.line("")?;
        let end = if self.kept { format!("keeps the data in {}", self.data) } else { "removes the data".to_owned() };
        let last = screen.styled(
            Style::Dim,
            &format!("  Ctrl-C stops it and {end}. Log and health: standard error, {}/healthz/ready", self.url),
        );
        screen.line(last)
    }

    /// Puts the same on the world's page.
    pub fn tell_the_world(&self, world: &World) {
        let link = |name: String, url: &String| PortalLink { name, url: url.clone() };
        let links = self
            .portals
            .iter()
            .flat_map(|p| [link(p.name.clone(), &p.url), link(format!("{}: ufficio", p.name), &p.back_office)]);
        world.set_portals(links.collect());
        let note = |o: &DemoOperator| Note {
            title: format!("{} · {}", o.tenant, o.role),
            text: format!("{}\n{}", o.email, o.credentials.password.expose()),
        };
        let key = |c: &DemoCommittente| Note {
            title: format!("{} · committente", c.tenant),
            text: format!("{}\n{}", c.name, c.key.expose()),
        };
        world.set_notes(self.operators.iter().map(note).chain(self.committenti.iter().map(key)).collect());
        let otp = |o: &DemoOperator| OtpNote {
            label: o.email.clone(),
            secret_base32: o.credentials.otp_secret.expose().to_owned(),
        };
        world.set_otp(self.operators.iter().map(otp).collect());
    }
}
