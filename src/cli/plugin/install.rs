//! `plugin install`: a copy of this program for each kind, in one step each.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::super::fresh::fresh;
use super::super::{Failure, note, print};
use super::installed::{self, Own};

/// Copies this program below the plugin home, and prints the new paths. An older copy is replaced in one step.
pub(super) fn run(home: &Path) -> Result<ExitCode, Failure> {
    let own = installed::own()?;
    let place = |place: PathBuf| match copy(&own, &place) {
        Ok(replaced) => {
            if replaced {
                note(&format!("note: {}: replaced another build", place.display()));
            }
            Ok(place)
        }
        Err(error) => Err(format!("{}: {error}", place.display())),
    };
    let paths = super::places(home).into_iter().map(place).collect::<Result<Vec<_>, Failure>>()?;
    Ok(print(&super::lines(&paths)))
}

/// Puts the program into its place; whether something else was there.
fn copy(own: &Own, place: &Path) -> io::Result<bool> {
    if place.is_dir() {
        return Err(io::Error::new(ErrorKind::IsADirectory, "a directory stands there; remove it"));
    }
    let directory = place.parent().unwrap_or(place);
    fs::create_dir_all(directory)?;
    // What stands there is compared, and never run to ask it for its version.
    let replaced = place.is_file() && fs::read(place).is_ok_and(|older| older != own.program);
    let (fresh, file) = fresh(directory)?;
    let made = fill(file, own).and_then(|()| fs::rename(&fresh, place));
    if made.is_err() {
        fs::remove_file(&fresh).unwrap_or_default();
    }
    made.map(|()| replaced)
}

/// Closed before it is renamed: what is open for writing cannot be run.
fn fill(mut file: File, own: &Own) -> io::Result<()> {
    file.write_all(&own.program)?;
    file.set_permissions(fs::metadata(&own.path)?.permissions())
}
