use serde::{Deserialize, Serialize};
use sportello_core::jobs::{Job, JobError, Lane};
use sportello_core::{Cx, chain};

use super::{ImportError, ImportId, apply};

/// Applies a large import in the background, so that no browser waits for it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ApplyImport {
    /// Which.
    pub import: ImportId,
}

impl Job for ApplyImport {
    const NAME: &'static str = "import.apply";
    const LANE: Lane = Lane::Background;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        match apply(cx, self.import).await {
            Ok(_) => Ok(()),
            Err(ImportError::Ground(error)) => Err(JobError::retry(chain(&error))),
            Err(error) => Err(JobError::fail(chain(&error))),
        }
    }
}
