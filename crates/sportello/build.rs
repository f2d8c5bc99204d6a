//! Puts the example tenants into the program, so that `demo` and `fee` work from anywhere.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let tenants = here.join("../../tenants");
    let mut files = Vec::new();
    if tenants.is_dir() {
        collect(&tenants, &mut files)?;
    }
    files.sort();
    let mut code = String::from(
        "/// Name and contents of every file of the example tenants.\npub const FILES: &[(&str, &[u8])] = &[\n",
    );
    for file in &files {
        let name = file.strip_prefix(&tenants).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let file = file.canonicalize()?;
        let _ = writeln!(code, "    ({name:?}, include_bytes!({file:?})),");
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("tenants.rs");
    fs::write(out, code)
}

/// Lists the files under a folder, and has cargo watch the folder for new ones.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    emit(folder);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            emit(&path);
            files.push(path);
        }
    }
    Ok(())
}

fn emit(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}
