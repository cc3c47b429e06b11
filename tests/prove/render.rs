//! Renders the overlays as a person does: by kubectl's kustomize, with the built function as its plugin.
//! Knows no cluster.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::Outcome;
use crate::manifests::{files, read};

/// A change that somebody makes to the overlay's and its base's text: what no config asks of the function yet.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ByHand {
    from: String,
    to: String,
}

/// What one instance's overlay prints, changed by hand first.
pub(crate) fn render(overlay: &str, by_hand: &[ByHand]) -> Outcome<String> {
    let place = tempfile::tempdir().map_err(|e| e.to_string())?;
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("overlays"), place.path(), by_hand)?;
    let plugins = place.path().join("plugins");
    run(Command::new(env!("CARGO_BIN_EXE_multi-rhoso")).args(["plugin", "install", "--home"]).arg(&plugins))?;
    let overlay = place.path().join(overlay);
    run(Command::new("kubectl")
        .args(["kustomize", "--enable-alpha-plugins"])
        .arg(overlay)
        .env("KUSTOMIZE_PLUGIN_HOME", plugins))
}

/// What the function prints of one file of manifests, or why it refuses.
pub(crate) fn transform(file: &Path, config: &Path) -> Outcome<String> {
    run(Command::new(env!("CARGO_BIN_EXE_multi-rhoso")).arg("eval").arg(file).arg("--config").arg(config))
}

fn copy(overlays: &Path, place: &Path, by_hand: &[ByHand]) -> Outcome<()> {
    for file in files(overlays, "yaml")? {
        let below = file.strip_prefix(overlays).map_err(|e| e.to_string())?;
        let text = by_hand.iter().fold(read(&file)?, |text, change| text.replace(&change.from, &change.to));
        let copied = place.join(below);
        let directory = copied.parent().unwrap_or(place);
        fs::create_dir_all(directory).and_then(|()| fs::write(&copied, text)).map_err(|e| e.to_string())?;
    }
    Ok(())
}

fn run(command: &mut Command) -> Outcome<String> {
    let output = command.output().map_err(|e| format!("{command:?}: {e}"))?;
    if output.status.success() {
        return String::from_utf8(output.stdout).map_err(|e| e.to_string());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)))
}
