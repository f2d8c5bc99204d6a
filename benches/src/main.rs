#![doc = include_str!("../README.md")]

mod bench;
mod child;
mod figure;
mod http;
mod load;
mod notification;
mod proc;
mod seed;
mod site;
mod store;
mod torture;

use std::process::ExitCode;

/// Anything that stops a measurement; it is shown with its causes, and nothing is measured any more.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Ends with 0, with 1 when the torture has found something lost or doubled, with 2 when it could not be measured.
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let ran = match runtime {
        Ok(runtime) => runtime.block_on(run(&words)),
        Err(error) => Err(error.into()),
    };
    match ran {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            figure::complaint(&*error);
            ExitCode::from(2)
        }
    }
}

async fn run(words: &[String]) -> Result<bool, Failure> {
    match words.split_first() {
        Some((first, options)) if first == "torture" => torture::run(&torture::Options::parse(options)?).await,
        _ => bench::run(words).await.map(|()| true),
    }
}
