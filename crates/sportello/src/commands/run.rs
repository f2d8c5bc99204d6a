//! `serve` and `worker`.

use std::process::ExitCode;
use std::sync::Arc;

use sportello_core::App;
use sportello_core::chance::SystemChance;
use sportello_core::clock::{Clock, SystemClock};

use super::Context;
use crate::cli::Serve;
use crate::config::{Config, Value};
use crate::exit::Outcome;
use crate::notify::Notify;
use crate::serve::{self, Stop};
use crate::{assemble, cards, log};

pub async fn serve(context: &Context<'_>, options: Serve) -> Outcome {
    let mut settings = context.settings()?;
    if let Some(listen) = options.listen {
        settings.set("server.listen", Value::Text(listen.to_string()), "--listen");
    }
    let mut config = Config::new(&settings)?;
    log::start(&config.log)?;
    let stop = Stop::on_signal()?;
    let listener = serve::listen(config.server.listen).await?;
    if config.server.listen.port() == 0 {
        // The address that browsers use may depend on the port that was free.
        settings.set("server.listen", Value::Text(listener.local_addr()?.to_string()), "--listen");
        config = Config::new(&settings)?;
    }
    let cards = cards::bind(config.cards.as_ref()).await?;
    let app = start(&config, options.migrate).await?;
    if !options.no_worker {
        assemble::start_jobs(&app).await?;
    }
    let notify = Notify::new(context.environment);
    notify.ready();
    tracing::info!(listen = %listener.local_addr()?, url = app.public_url(), worker = !options.no_worker, "serving");
    let jobs = async {
        if !options.no_worker {
            serve::jobs(&app, stop.clone()).await;
        }
    };
    let asked = cards::serve(&app, cards, stop.clone());
    let (served, asked, ()) =
        tokio::join!(serve::pages(&app, &config.server, listener, stop.clone(), serve::PATIENCE), asked, jobs);
    notify.stopping();
    app.close().await;
    served?;
    asked?;
    Ok(ExitCode::SUCCESS)
}

pub async fn worker(context: &Context<'_>) -> Outcome {
    let config = context.read()?;
    log::start(&config.log)?;
    let stop = Stop::on_signal()?;
    let app = start(&config, false).await?;
    assemble::start_jobs(&app).await?;
    let notify = Notify::new(context.environment);
    notify.ready();
    tracing::info!("working");
    serve::jobs(&app, stop).await;
    notify.stopping();
    app.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn start(config: &Config, migrate: bool) -> Result<App, crate::Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let db = assemble::open(config).await?;
    let applied = assemble::prepare(&db, &*clock, migrate).await?;
    if applied > 0 {
        tracing::info!(applied, "the schema has been brought up to date");
    }
    Ok(assemble::build_on(db, config, clock, Arc::new(SystemChance))?)
}
