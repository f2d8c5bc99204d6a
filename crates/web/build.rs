//! Embeds the compiled assets (`npm run assets`) by their manifest.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let dist = Path::new("assets/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let source = match std::fs::read_to_string(dist.join("manifest.json")) {
        Ok(text) => table(&dist.canonicalize().expect("the folder exists"), &text),
        Err(_) => {
            println!("cargo::warning=no compiled assets: run `npm ci && npm run assets`; pages will have no style");
            "pub(crate) const EMBEDDED: &[Asset] = &[];\n".to_owned()
        }
    };
    std::fs::write(out.join("assets.rs"), source).expect("OUT_DIR can be written");
}

fn table(dist: &Path, manifest: &str) -> String {
    let manifest: serde_json::Value = serde_json::from_str(manifest).expect("the manifest is JSON");
    let mut source = String::from("pub(crate) const EMBEDDED: &[Asset] = &[\n");
    for (name, entry) in manifest.as_object().expect("the manifest is an object") {
        let field = |key: &str| entry[key].as_str().expect("the manifest's entry has the field").to_owned();
        let file = dist.join(field("file"));
        let brotli = entry["brotli"]["file"].as_str().map(|b| dist.join(b));
        let brotli = brotli.map_or("None".to_owned(), |b| format!("Some(include_bytes!({b:?}))"));
        writeln!(
            source,
            "    Asset {{ name: {name:?}, file: {:?}, media_type: {:?}, etag: {:?}, bytes: include_bytes!({file:?}), brotli: {brotli} }},",
            field("file"),
            field("mediaType"),
            format!("\"{}\"", &field("sha256")[..16]),
        )
        .expect("writing to a string cannot fail");
    }
    source.push_str("];\n");
    source
}
