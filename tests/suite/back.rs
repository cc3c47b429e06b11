//! There and back: every network and node moved away, and back by the same config swapped, gives the bytes that were there.
//!
//! Over the project's bases and every manifest of the corpus.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use multi_rhoso::rules;
use serde_json::Value;

use crate::corpus::{self, PROJECT};
use crate::golden;
use crate::marks::unmarked;
use crate::readdress::run;

/// Fixtures that hold every syntax that an address has.
const FIXTURES: [&str; 9] = [
    "hosts",
    "network-attachments",
    "network-bare-metal",
    "network-control-plane",
    "network-metallb",
    "network-netconfig",
    "network-node-policies-replace",
    "network-node-set",
    "network-text",
];

/// A test for each manifest.
pub(crate) fn trials() -> Vec<Trial> {
    let name = |path: &Path| {
        let part = |path: Option<&Path>| {
            path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned())
        };
        format!("{}/{}", part(path.parent()).unwrap_or_default(), part(Some(path)).unwrap_or_default())
    };
    let trial = |path: PathBuf| Trial::test(format!("back::{}", name(&path)), move || round_trip(&path));
    manifests().into_iter().map(trial).collect()
}

/// Every manifest of the project and of the corpus that holds an instance.
fn manifests() -> Vec<PathBuf> {
    let own = ["overlays/base", "overlays/base-ipv6"].map(|base| Path::new(PROJECT).join(base));
    let real = corpus::directory().into_iter().flat_map(|corpus| {
        ["architecture", "samples", "install_yamls"].map(|below| corpus.join(below)).into_iter()
    });
    let directories = own.into_iter().chain(real);
    let fixtures = golden::fixtures().into_iter().filter(|fixture| FIXTURES.contains(&fixture.name.as_str()));
    let fixtures = fixtures.map(|fixture| fixture.directory.join("manifests.yaml"));
    let is_manifest = |path: &PathBuf| !path.ends_with(corpus::PLAN);
    directories.flat_map(|directory| corpus::files(&directory)).filter(is_manifest).chain(fixtures).collect()
}

/// Away and back gives the same bytes: with node policies moved, and with namespaces moved.
fn round_trip(path: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(path)?;
    let config: Value =
        serde_yaml::from_str(&fs::read_to_string(Path::new(PROJECT).join("fixtures/readdress/there.yaml"))?)?;
    for (from, to, policies) in [(None, "openstack", "replace"), (Some("openstack"), "elsewhere", "keep")] {
        let there = settled(&config, from, to, policies);
        let back = settled(&swapped(&config), from.map(|_| to), from.unwrap_or(to), policies);
        let away = run(&there.to_string(), &text)?;
        let again = unmarked(&run(&back.to_string(), &unmarked(&away)?)?)?;
        let text = unmarked(&text)?;
        if again != text {
            let lines = text.lines().zip(again.lines()).filter(|(one, other)| one != other).take(5);
            return Err(format!("{policies}: {:#?}", lines.collect::<Vec<_>>()).into());
        }
    }
    Ok(())
}

fn settled(config: &Value, from: Option<&str>, to: &str, policies: &str) -> Value {
    let mut config = config.clone();
    config["spec"]["namespace"] = to.into();
    config["spec"]["nodePolicies"] = policies.into();
    // Some of the manifests are wrong, and go there and back all the same.
    let of_lists =
        rules::rules().filter(|rule| matches!(rule.check, rules::Check::List(_) | rules::Check::Made(_)));
    for rule in of_lists.map(|rule| rule.name).chain(["bare-metal-host-moves"]) {
        config["spec"]["rules"][rule] = "warning".into();
    }
    if let Some(from) = from {
        config["spec"]["from"] = serde_json::json!({ "namespace": from });
    }
    config
}

/// `from` and `to` of every network, interface and node exchanged.
fn swapped(config: &Value) -> Value {
    let mut config = config.clone();
    for list in ["networks", "interfaces", "hosts"] {
        for entry in config["spec"][list].as_array_mut().into_iter().flatten() {
            let from = entry["from"].take();
            entry["from"] = std::mem::replace(&mut entry["to"], from);
        }
    }
    config
}
