//! What stands in a plugin's place. It is read and compared, and never run: nobody knows what it is.

use std::path::{Path, PathBuf};
use std::{env, fs, hint, io};

use memchr::memmem;

use super::super::Failure;

/// What stands before a build's version in its bytes.
const KEY: &[u8] = b"multi-rhoso.dev/build=";

/// What each build says of itself, to be found by another without running it.
const MARK: &str = concat!("multi-rhoso.dev/build=", env!("CARGO_PKG_VERSION"), ";");

/// This program.
pub(super) struct Own {
    pub(super) path: PathBuf,
    pub(super) program: Vec<u8>,
}

/// What stands in a plugin's place.
pub(super) enum Installed {
    Nothing,
    ThisBuild,
    /// A build of multi-rhoso, of this version.
    AnotherBuild(String),
    /// What says of itself that it is none, or nothing; or what is no file.
    Stranger(&'static str),
}

pub(super) fn own() -> Result<Own, Failure> {
    let path = env::current_exe().map_err(|error| format!("this program: {error}"))?;
    let program = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Own { path, program })
}

/// The version of this program, as others read it.
pub(super) fn own_version() -> String {
    // Kept from the optimiser: the mark must be in the program as one piece.
    version(hint::black_box(MARK).as_bytes()).unwrap_or_default()
}

pub(super) fn at(place: &Path, own: &Own) -> Result<Installed, Failure> {
    match fs::metadata(place) {
        Ok(there) if there.is_dir() => Ok(Installed::Stranger("a directory stands there")),
        Ok(there) if !there.is_file() => Ok(Installed::Stranger("what stands there is no file")),
        Ok(_) => read(place, own).map_err(|error| format!("{}: {error}", place.display())),
        Err(_) if place.is_symlink() => Ok(Installed::Stranger("a link that leads nowhere stands there")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Installed::Nothing),
        Err(error) => Err(format!("{}: {error}", place.display())),
    }
}

fn read(place: &Path, own: &Own) -> io::Result<Installed> {
    let program = fs::read(place)?;
    if program == own.program {
        return Ok(Installed::ThisBuild);
    }
    let stranger = Installed::Stranger("what stands there does not say that it is multi-rhoso");
    Ok(version(&program).map_or(stranger, Installed::AnotherBuild))
}

/// The version that stands behind the key; the key stands alone in a program too, which looks for it.
fn version(program: &[u8]) -> Option<String> {
    memmem::find_iter(program, KEY).find_map(|at| {
        let rest = program.get(at + KEY.len()..)?;
        let version = rest.get(..rest.iter().take(64).position(|byte| *byte == b';')?)?;
        let is_version = |byte: &u8| byte.is_ascii_alphanumeric() || b".-+".contains(byte);
        let is_one = version.first().is_some_and(u8::is_ascii_digit) && version.iter().all(is_version);
        is_one.then(|| String::from_utf8_lossy(version).into_owned())
    })
}
