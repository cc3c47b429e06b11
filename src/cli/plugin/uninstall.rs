//! `plugin uninstall`: what `plugin install` put there is taken away, and nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::super::{Failure, note, print};
use super::installed::{self, Installed, Own};

/// Removes every build of this program below the plugin home, of whatever version, and prints the paths. Where one
/// place holds something else, nothing is removed.
pub(super) fn run(home: &Path) -> Result<ExitCode, Failure> {
    let own = installed::own()?;
    let ours = super::places(home).into_iter().map(|place| ours(place, &own));
    let ours: Vec<PathBuf> = ours.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    if ours.is_empty() {
        note(&format!("note: {}: no plugin of multi-rhoso is installed there", home.display()));
    }
    for place in &ours {
        fs::remove_file(place).map_err(|error| format!("{}: {error}", place.display()))?;
        prune(place, home);
    }
    Ok(print(&super::lines(&ours)))
}

/// The place, where a build of this program stands.
fn ours(place: PathBuf, own: &Own) -> Result<Option<PathBuf>, Failure> {
    match installed::at(&place, own)? {
        Installed::Nothing => Ok(None),
        Installed::ThisBuild | Installed::AnotherBuild(_) => Ok(Some(place)),
        Installed::Stranger(what) => Err(format!("{}: {what}; remove it yourself", place.display())),
    }
}

/// The directories between the home and the place, as far as nothing is left in them.
fn prune(place: &Path, home: &Path) {
    let above = place.ancestors().skip(1).take_while(|directory| *directory != home);
    for directory in above {
        // One that holds something stays, and so do those above it.
        if fs::remove_dir(directory).is_err() {
            return;
        }
    }
}
