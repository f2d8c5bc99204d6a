//! `demo`: the portals and the world around them in one process.
//!
//! The product that is shown is the real one: a configuration file is written, read and built like any other, and what
//! it points to speaks the real protocols. Nothing in the product knows that the world is [`outside`].

mod banner;
mod cards;
mod clock;
mod home;
mod identities;
mod indexes;
mod people;
mod people_of_spid;
mod seed;
mod surroundings;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use outside::world::World;
use sportello_core::App;
use sportello_core::chance::{Chance, SystemChance};
use sportello_core::clock::Clock;
use sportello_core::tenancy::Tenant;

use crate::assemble;
use crate::cards::Bound;
use crate::cli::Demo;
use crate::commands::Context;
use crate::config::{Config, FILE_NAME, Settings};
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::Screen;
use crate::serve::{self, Stop};
use crate::{log, tenants};
use banner::Facts;
use clock::DemoClock;
use home::Home;
use surroundings::Surroundings;

/// Visitors of a demonstration get so long to see their last page.
const PATIENCE: Duration = Duration::from_secs(2);

/// Shows everything until somebody says stop.
pub async fn run(context: &Context<'_>, options: Demo, screen: &mut Screen) -> Outcome {
    let home = Home::open(options.data.as_deref())?;
    let outcome = show(context, &options, &home, screen).await;
    let removed = home.remove();
    outcome.and_then(|code| removed.map(|()| code).map_err(Failure::from))
}

async fn show(context: &Context<'_>, options: &Demo, home: &Home, screen: &mut Screen) -> Outcome {
    log::start(&log_settings(context)?)?;
    let stop = Stop::on_signal()?;
    let directory = home.tenants(context)?;
    let tenants = tenants::load_all(&directory)?;
    let clock = Arc::new(DemoClock::new(options.at, options.frozen));
    let listener = serve::listen(loopback(options.port)).await?;
    let address = listener.local_addr()?;
    let card_listener = serve::listen(loopback(beside(options.port, 2))).await?;
    let world = start_world(options, &tenants, Arc::clone(&clock)).await?;
    let stage = Stage {
        home,
        directory: &directory,
        address,
        cards: card_listener.local_addr()?,
        database: options.database.as_deref(),
        provider: options.spid_idp_metadata.as_deref(),
        inad: options.inad,
    };
    let (app, config) = build(context, &stage, &world, &tenants, clock).await?;
    let people = fill(&app, &directory).await?;
    world.spawn_timers();
    assemble::start_jobs(&app).await?;
    let facts = Facts::gather(&app, &config, &world, people, home);
    facts.tell_the_world(&world);
    let cards = config.cards.as_ref().map(|cards| Bound::on(card_listener, cards)).transpose()?;
    let pages = tokio::spawn({
        let (app, stop) = (app.clone(), stop.clone());
        async move { serve::pages(&app, &config.server, listener, stop, PATIENCE).await }
    });
    let asked = tokio::spawn({
        let (app, stop) = (app.clone(), stop.clone());
        async move { crate::cards::serve(&app, cards, stop).await }
    });
    let jobs = tokio::spawn({
        let (app, stop) = (app.clone(), stop.clone());
        async move { serve::jobs(&app, stop).await }
    });
    if options.json {
        screen.json(&facts.json())?;
    } else {
        facts.print(screen)?;
    }
    screen.flush()?;
    let served = pages.await;
    let worked = jobs.await;
    asked.abort();
    app.close().await;
    served.map_err(|error| crashed(&error))??;
    worked.map_err(|error| crashed(&error))?;
    Ok(ExitCode::SUCCESS)
}

fn crashed(error: &tokio::task::JoinError) -> Failure {
    Failure::because(Exit::Software, "a part of the demonstration has crashed", error)
}

/// The demonstration is quiet unless the environment says otherwise; nothing else of the environment or of a
/// configuration file reaches it, so that it can never touch a real installation.
fn log_settings(context: &Context<'_>) -> Result<crate::config::Log, Failure> {
    let settings = Settings::read(None, &context.environment.only("log"))?;
    let mut log = Config::new(&settings)?.log;
    if settings.given("log.level").is_none() {
        "warn".clone_into(&mut log.level);
    }
    Ok(log)
}

fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// A port beside the portals': a free one when theirs is.
fn beside(port: u16, by: u16) -> u16 {
    if port == 0 { 0 } else { port.checked_add(by).unwrap_or(0) }
}

async fn start_world(
    options: &Demo,
    tenants: &BTreeMap<String, Arc<Tenant>>,
    clock: Arc<DemoClock>,
) -> Result<World, Failure> {
    let config = surroundings::world(loopback(beside(options.port, 1)), tenants, clock)?;
    World::start(config).await.map_err(|error| {
        Failure::because(Exit::Unavailable, "the outside world cannot start", &error)
            .remedy("choose another port with --port; the outside world takes the one after it")
    })
}

/// Where the demonstration takes place.
struct Stage<'a> {
    home: &'a Home,
    directory: &'a Path,
    address: SocketAddr,
    /// Where cards are asked for.
    cards: SocketAddr,
    database: Option<&'a str>,
    /// The metadata of one more identity provider.
    provider: Option<&'a Path>,
    /// Whether INAD is asked in the place of the business register.
    inad: bool,
}

/// Writes the configuration that points to the world, and builds the product from it.
async fn build(
    context: &Context<'_>,
    stage: &Stage<'_>,
    world: &World,
    tenants: &BTreeMap<String, Arc<Tenant>>,
    clock: Arc<DemoClock>,
) -> Result<(App, Config), Failure> {
    let home = stage.home;
    let clock: Arc<dyn Clock> = clock;
    let chance: Arc<dyn Chance> = Arc::new(SystemChance);
    assemble::make_master_key(&home.path().join("master.key"), &*chance)?;
    let surroundings = Surroundings { stage, world, chance: &*chance, now: clock.now() };
    let text = surroundings.configuration(tenants).await?;
    let file = home.path().join(FILE_NAME);
    std::fs::write(&file, text)?;
    let config = Config::new(&Settings::read(Some(&file), &context.environment.only("log"))?)?;
    let db = assemble::open(&config).await?;
    assemble::prepare(&db, &*clock, true).await?;
    let app = assemble::build_on(db, &config, clock, chance)?;
    Ok((app, config))
}

/// Imports every tenant's data and gives every tenant its operators and a committente.
async fn fill(app: &App, directory: &Path) -> Result<people::People, Failure> {
    let mut people = people::People::default();
    for tenant in app.tenants() {
        let cx = app.system(tenant, "demo");
        seed::import(&cx, &directory.join(&tenant.slug).join("demo")).await?;
        people.operators.extend(people::operators(&cx).await?);
        people.committenti.push(people::committente(&cx).await?);
    }
    Ok(people)
}
