//! `plugin install`: this program where kustomize looks for plugins.
//!
//! Source: kustomize `api/konfig/plugins.go` (the order of homes), `execplugin.go` (`group/version/kind/Kind`).

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::config::{ConfigKind, KINDS};

/// Copies this program below the plugin home, once for each kind, and gives the new paths. An older copy is replaced
/// in one step.
pub(super) fn install(home: Option<PathBuf>) -> Result<Vec<PathBuf>, Failure> {
    let home = home.or_else(default_home).ok_or("no plugin home: set HOME, or give --home DIR")?;
    let place = |kind: &ConfigKind| {
        let directory = home.join(kind.api_version).join(kind.kind.to_lowercase());
        let place = directory.join(kind.kind);
        copy(&directory, &place).map_err(|error| format!("{}: {error}", place.display()))?;
        Ok(place)
    };
    KINDS.iter().filter(|kind| kind.is_own()).map(place).collect()
}

fn copy(directory: &Path, place: &Path) -> std::io::Result<()> {
    fs::create_dir_all(directory)?;
    let fresh = directory.join(format!(".new.{}", std::process::id()));
    // Mode bits come along; a rename never shows kustomize half a file.
    fs::copy(env::current_exe()?, &fresh)?;
    fs::rename(&fresh, place)
}

fn default_home() -> Option<PathBuf> {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("KUSTOMIZE_PLUGIN_HOME")
        .or_else(|| Some(variable("XDG_CONFIG_HOME")?.join("kustomize/plugin")))
        .or_else(|| Some(variable("HOME")?.join(".config/kustomize/plugin")))
}
