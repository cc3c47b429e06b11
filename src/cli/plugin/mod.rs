//! `plugin`: this program where kustomize looks for plugins; put there, compared with what is there, taken away.
//!
//! Source: kustomize `api/konfig/plugins.go` (the order of homes), `execplugin.go` (`group/version/kind/Kind`).

mod install;
mod installed;
mod status;
mod uninstall;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::Failure;
use crate::config::{ConfigKind, KINDS};

/// What is done with the plugin.
#[derive(Debug, Subcommand)]
pub(super) enum PluginCommand {
    /// Copy this program below the plugin home once for each kind of config that makes something: `OpenStackInstance`,
    /// `FleetCheck`, `SharedObjects`
    Install(PluginHome),
    /// Say of each plugin whether it is this build: exit 0 all are, 1 one is not, or is missing
    Status(PluginHome),
    /// Remove what `plugin install` put below the plugin home
    Uninstall(PluginHome),
}

/// Where the plugins lie.
#[derive(Debug, Args)]
pub(super) struct PluginHome {
    /// The plugin home; default: $`KUSTOMIZE_PLUGIN_HOME`, else kustomize's own
    #[arg(long, value_name = "DIR")]
    home: Option<PathBuf>,
}

pub(super) fn run(command: PluginCommand) -> Result<ExitCode, Failure> {
    match command {
        PluginCommand::Install(home) => install::run(&home.path()?),
        PluginCommand::Status(home) => status::run(&home.path()?),
        PluginCommand::Uninstall(home) => uninstall::run(&home.path()?),
    }
}

impl PluginHome {
    fn path(self) -> Result<PathBuf, Failure> {
        Ok(self.home.or_else(default_home).ok_or("no plugin home: set HOME, or give --home DIR")?)
    }
}

fn default_home() -> Option<PathBuf> {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("KUSTOMIZE_PLUGIN_HOME")
        .or_else(|| Some(variable("XDG_CONFIG_HOME")?.join("kustomize/plugin")))
        .or_else(|| Some(variable("HOME")?.join(".config/kustomize/plugin")))
}

/// Where each kind's plugin lies below a home.
fn places(home: &Path) -> Vec<PathBuf> {
    let place =
        |kind: &ConfigKind| home.join(kind.api_version).join(kind.kind.to_lowercase()).join(kind.kind);
    KINDS.iter().filter(|kind| kind.is_function()).map(place).collect()
}

/// One path a line.
fn lines(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("{}\n", path.display())).collect::<Vec<_>>().concat()
}
