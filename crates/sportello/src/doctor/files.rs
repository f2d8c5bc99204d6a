//! The master key and the disk.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::finding::Finding;
use crate::assemble;
use crate::config::Config;

const MIB: u64 = 1024 * 1024;
/// Below this the database will soon refuse writes.
const LOW: u64 = 1024 * MIB;
const VERY_LOW: u64 = 100 * MIB;

pub fn master_key(config: &Config) -> Finding {
    let path = &config.master_key_file;
    if let Err(error) = assemble::master_key(path) {
        let remedy = "`sportello init` makes one; an existing installation needs the one it had";
        return Finding::bad("master-key", sportello_core::chain(&error), remedy);
    }
    let mode = std::fs::metadata(path).map_or(0, |metadata| metadata.permissions().mode() & 0o777);
    if mode & 0o077 != 0 {
        let message = format!("{} can be read by other users (mode {mode:03o})", path.display());
        return Finding::bad("master-key", message, format!("chmod 600 {}", path.display()));
    }
    Finding::good("master-key", format!("{} is there, and private", path.display()))
}

/// Room for the embedded database; somebody else's disk cannot be looked at.
pub fn disk(config: &Config) -> Option<Finding> {
    let file = config.database.file()?;
    let folder = file.parent().filter(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let free = match rustix::fs::statvfs(folder) {
        Ok(stat) => stat.f_bavail.saturating_mul(stat.f_frsize),
        Err(error) => {
            return Some(Finding::warning(
                "disk",
                format!("{}: cannot be looked at: {error}", folder.display()),
                "check the file system",
            ));
        }
    };
    let message = format!("{} MiB free in {}", free / MIB, folder.display());
    let remedy = "make room, or move the database to a larger disk";
    Some(match free {
        0..VERY_LOW => Finding::bad("disk", message, remedy),
        VERY_LOW..LOW => Finding::warning("disk", message, remedy),
        _ => Finding::good("disk", message),
    })
}
