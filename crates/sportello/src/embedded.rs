//! The example tenants that are part of the program.

use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/tenants.rs"));

/// Writes the example tenants into a directory; files that are there already stay as they are.
pub fn write_to(directory: &Path) -> std::io::Result<()> {
    for (name, contents) in FILES {
        let path = directory.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        if !path.exists() {
            std::fs::write(path, contents)?;
        }
    }
    Ok(())
}
