//! What cargo knows about the workspace.

use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// The answer of `cargo metadata` with these words besides. Nothing is fetched.
pub fn metadata(root: &Path, words: &[&str]) -> Result<Value, String> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--offline"])
        .args(words)
        .current_dir(root)
        .output()
        .map_err(|e| format!("cargo metadata: {e}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout).map_err(|e| format!("cargo metadata: {e}"))
}

/// The members of a list in that answer.
pub fn list(value: &Value) -> Result<&Vec<Value>, String> {
    value.as_array().ok_or("cargo metadata: a list is missing".to_owned())
}

/// A text in that answer; empty where there is none.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
