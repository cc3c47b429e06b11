//! `verify` in front of a cluster: two instances as they were rendered, fetched by the command that it prints, have no
//! finding; each planted fault is named with its cause, and nothing else is; and the findings' own commands, run as they
//! stand, mend it.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

use super::reapply::{CONTROL_PLANES, apply_once_relaxed};
use super::{side_by_side, stage};
use crate::cluster::Cluster;
use crate::manifests::{scenario, text_at, values};
use crate::metallb::{self, until};
use crate::{Outcome, crds};

/// MetalLB has taken a change in when it has been silent for so long.
const REST: Duration = Duration::from_millis(400);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    instances: Vec<String>,
    faults: Vec<Fault>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    name: String,
    plant: String,
    /// Words of each finding, by its rule.
    said: BTreeMap<String, Vec<String>>,
}

/// A finding: its rule, its sentence and its command.
struct Said {
    rule: String,
    message: String,
    command: String,
}

/// Rendered manifests in files, and the cluster that they were applied to.
pub(super) struct Scene<'c> {
    cluster: &'c Cluster,
    place: TempDir,
}

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    if crds::corpus().is_none() {
        // The server knows no control plane then, and there is nothing to compare.
        return Ok(());
    }
    let data: Scenario = scenario("verify.yaml");
    let scene = Scene::set(cluster, &data.instances)?;
    let outcome = scene.clean().and_then(|()| data.faults.iter().try_for_each(|fault| scene.plant(fault)));
    stage::forget();
    outcome
}

impl<'c> Scene<'c> {
    /// Two whole instances on the cluster, with an address for each Service.
    pub(super) fn set(cluster: &'c Cluster, names: &[String]) -> Outcome<Self> {
        let rendered: Vec<_> = side_by_side::rendered()?
            .into_iter()
            .filter(|(instance, _)| names.contains(&instance.overlay))
            .collect();
        crds::relax(&cluster.kube, CONTROL_PLANES)?;
        stage::stage(cluster, &rendered)?;
        let place = tempfile::tempdir().map_err(|e| e.to_string())?;
        for (instance, text) in &rendered {
            values(text)?.iter().try_for_each(|item| apply_once_relaxed(&cluster.kube, item))?;
            let file = place.path().join(&instance.overlay).with_extension("yaml");
            fs::write(file, text).map_err(|e| e.to_string())?;
        }
        metallb::rest(cluster, REST)?;
        Ok(Self { cluster, place })
    }

    fn plant(&self, fault: &Fault) -> Outcome<()> {
        let wrong = |error| format!("{}: {error}", fault.name);
        self.shell(&fault.plant).map_err(wrong)?;
        metallb::rest(self.cluster, REST)?;
        let said = self.verify().map_err(wrong)?;
        fault.compare(&said).map_err(wrong)?;
        let mut done: Vec<&str> = Vec::new();
        for one in &said {
            if !done.contains(&one.command.as_str()) {
                self.shell(&one.command).map_err(wrong)?;
                done.push(&one.command);
            }
        }
        self.clean().map_err(|error| format!("{}, after {done:?}: {error}", fault.name))
    }

    /// Waits until nothing is said: MetalLB gives addresses back a little later.
    pub(super) fn clean(&self) -> Outcome<()> {
        let mut last = Vec::new();
        until("verify finds nothing", || {
            last = self.verify()?;
            Ok(last.is_empty())
        })
        .map_err(|error| {
            let said: Vec<String> = last.iter().map(|one| format!("{}: {}", one.rule, one.message)).collect();
            format!("{error}\n{}", said.join("\n"))
        })
    }

    /// What `verify` says of what the command that it prints fetches.
    fn verify(&self) -> Outcome<Vec<Said>> {
        let rendered = self.place.path().to_string_lossy().into_owned();
        let get = self.multi_rhoso(&["verify", &rendered, "--get"])?;
        let live = self.shell(&String::from_utf8_lossy(&get.stdout))?;
        let file = self.place.path().join("live.list");
        fs::write(&file, live).map_err(|e| e.to_string())?;
        let file = file.to_string_lossy();
        let output = self.multi_rhoso(&["verify", &rendered, "--live", &file, "-o", "json"])?;
        let report: Value = serde_json::from_slice(&output.stdout).map_err(|e| e.to_string())?;
        let results = report["results"].as_array().cloned().unwrap_or_default();
        let code = output.status.code();
        if code != Some(i32::from(!results.is_empty())) {
            return Err(format!("exit code {code:?} with {} findings", results.len()));
        }
        Ok(results.iter().map(Said::read).collect())
    }

    fn multi_rhoso(&self, arguments: &[&str]) -> Outcome<Output> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
        let output = command.current_dir(self.place.path()).args(arguments).output();
        let output = output.map_err(|e| e.to_string())?;
        match output.status.code() {
            Some(0 | 1) => Ok(output),
            _ => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }

    /// Runs a line as a person at a shell would; what it prints.
    pub(super) fn shell(&self, line: &str) -> Outcome<String> {
        let run: &Path = &self.cluster.servers.run;
        let output = Command::new("sh")
            .args(["-c", line])
            .current_dir(self.place.path())
            .env("PATH", with_the_binary()?)
            .env("KUBECONFIG", run.join("kubeconfig"))
            .env("KUBECACHEDIR", run.join("cache"))
            .output()
            .map_err(|e| e.to_string())?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(format!("{line}: {}", String::from_utf8_lossy(&output.stderr)))
    }
}

/// The search path of a person who has installed the program.
fn with_the_binary() -> Outcome<OsString> {
    let own = Path::new(env!("CARGO_BIN_EXE_multi-rhoso")).parent().map(Path::to_owned);
    let inherited = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).map_err(|e| e.to_string())
}

impl Said {
    fn read(result: &Value) -> Self {
        let text = |pointer| text_at(result, pointer).to_owned();
        Self { rule: text("/tags/rule"), message: text("/message"), command: text("/command") }
    }
}

impl Fault {
    /// Exactly the findings that are expected, each with its words and a command.
    fn compare(&self, said: &[Said]) -> Outcome<()> {
        let all =
            || said.iter().map(|one| format!("{}: {}", one.rule, one.message)).collect::<Vec<_>>().join("\n");
        let mut rules: Vec<&str> = said.iter().map(|one| one.rule.as_str()).collect();
        rules.sort_unstable();
        if !self.said.keys().map(String::as_str).eq(rules) {
            return Err(format!("{:?} expected:\n{}", self.said.keys(), all()));
        }
        for one in said {
            let missing = self.said[&one.rule].iter().find(|words| !one.message.contains(*words));
            if let Some(words) = missing {
                return Err(format!("{words:?} is not in what {} says:\n{}", one.rule, one.message));
            }
            if !one.command.starts_with("kubectl ") || !one.message.ends_with(&one.command) {
                return Err(format!("{} ends with no command: {}", one.rule, one.message));
            }
        }
        Ok(())
    }
}
