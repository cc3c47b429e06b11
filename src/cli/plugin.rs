//! `plugin install`: this program where kustomize looks for plugins.
//!
//! Source: kustomize `api/konfig/plugins.go` (the order of homes), `execplugin.go` (`group/version/kind/Kind`).

use std::env;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::fresh::fresh;
use super::{Failure, note};
use crate::config::{ConfigKind, KINDS};

/// Copies this program below the plugin home, once for each kind, and gives the new paths. An older copy is replaced
/// in one step.
pub(super) fn install(home: Option<PathBuf>) -> Result<Vec<PathBuf>, Failure> {
    let home = home.or_else(default_home).ok_or("no plugin home: set HOME, or give --home DIR")?;
    let own = env::current_exe().map_err(|error| format!("this program: {error}"))?;
    let program = fs::read(&own).map_err(|error| format!("{}: {error}", own.display()))?;
    let place = |kind: &ConfigKind| {
        let directory = home.join(kind.api_version).join(kind.kind.to_lowercase());
        let place = directory.join(kind.kind);
        match copy(&own, &program, &directory, &place) {
            Ok(true) => note(&format!("note: {}: replaced another build", place.display())),
            Ok(false) => {}
            Err(error) => return Err(format!("{}: {error}", place.display())),
        }
        Ok(place)
    };
    KINDS.iter().filter(|kind| kind.is_function()).map(place).collect()
}

/// Puts the program into its place; whether something else was there.
fn copy(own: &Path, program: &[u8], directory: &Path, place: &Path) -> io::Result<bool> {
    if place.is_dir() {
        return Err(io::Error::new(ErrorKind::IsADirectory, "a directory stands there; remove it"));
    }
    fs::create_dir_all(directory)?;
    // What stands there is compared, and never run to ask it for its version.
    let replaced = place.is_file() && fs::read(place).is_ok_and(|older| older != program);
    let (fresh, file) = fresh(directory)?;
    let made = fill(file, program, own).and_then(|()| fs::rename(&fresh, place));
    if made.is_err() {
        fs::remove_file(&fresh).unwrap_or_default();
    }
    made.map(|()| replaced)
}

/// Closed before it is renamed: what is open for writing cannot be run.
fn fill(mut file: File, program: &[u8], own: &Path) -> io::Result<()> {
    file.write_all(program)?;
    file.set_permissions(fs::metadata(own)?.permissions())
}

fn default_home() -> Option<PathBuf> {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("KUSTOMIZE_PLUGIN_HOME")
        .or_else(|| Some(variable("XDG_CONFIG_HOME")?.join("kustomize/plugin")))
        .or_else(|| Some(variable("HOME")?.join(".config/kustomize/plugin")))
}
