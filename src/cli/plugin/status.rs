//! `plugin status`: whether what kustomize runs is this program.

use std::path::Path;
use std::process::ExitCode;

use super::super::{Failure, print};
use super::installed::{self, Installed, Own};

/// Prints a line for each plugin; one that is not this build is no success.
pub(super) fn run(home: &Path) -> Result<ExitCode, Failure> {
    let own = installed::own()?;
    let said = super::places(home).iter().map(|place| say(place, &own)).collect::<Result<Vec<_>, _>>()?;
    let printed = print(&said.iter().map(|(line, _)| line.as_str()).collect::<String>());
    let is_this = said.iter().all(|(_, is_this)| *is_this);
    Ok(if is_this { printed } else { ExitCode::FAILURE })
}

/// A plugin's line, and whether it is this build.
fn say(place: &Path, own: &Own) -> Result<(String, bool), Failure> {
    let version = installed::own_version();
    let found = installed::at(place, own)?;
    let said = match &found {
        Installed::ThisBuild => format!("this build, version {version}"),
        Installed::Nothing => "not installed; run `multi-rhoso plugin install`".to_owned(),
        Installed::AnotherBuild(other) if *other == version => {
            format!("another build of version {version}; `multi-rhoso plugin install` replaces it")
        }
        Installed::AnotherBuild(other) => {
            format!("version {other}, and this is {version}; `multi-rhoso plugin install` replaces it")
        }
        Installed::Stranger(what) => format!("{what}; remove it, and run `multi-rhoso plugin install`"),
    };
    Ok((format!("{}: {said}\n", place.display()), matches!(found, Installed::ThisBuild)))
}
