//! The rules about node policies held against nmstate's own library: over policies made at random, over those that the
//! overlays render, and over the rules' own fixtures.
//!
//! The library judges a policy as far as that goes without a node: `nmstatectl gc`, which is what `tools/nmstate` asks.

mod faults;
mod policies;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use libtest_mimic::Failed;
use multi_rhoso::krm::{Finding, Severity, Source};
use multi_rhoso::model::Model;
use multi_rhoso::rules::{self, Levels};
use serde::Deserialize as _;
use serde_json::{Value, json};

use super::sandbox::PROJECT;
use super::tools::{self, Tool};
use super::{Case, Outcome};
use faults::{FAULTS, OF_THE_NODE};
use policies::{Random, odd, sound};

/// The seed where the environment names none.
const SEED: u64 = 20_260;
/// How many policies are made for each kind of fault, without one, and with something odd anywhere.
const OF_EACH: usize = 12;
const SOUND: usize = 150;
const ODD: usize = 500;

/// What we refuse and the library takes: the rule, words of what it says, and why we are stricter.
const STRICTER: &[(&str, &str, &str)] = &[
    (
        "node-policy-vlan",
        "is no VLAN",
        "nmstate does not look at the number; the kernel and NetworkManager end at 4094",
    ),
    (
        "node-policy-vlan",
        "a port carries a VLAN once",
        "the kernel refuses the second (EEXIST), so the policy is rolled back",
    ),
    (
        "node-policy-vlan",
        "has the MTU",
        "the kernel refuses an MTU above that of the interface below (ERANGE)",
    ),
    (
        "node-policy-vlan",
        "is on itself",
        "nmstate does not look for what is below a VLAN; no kernel makes such a one",
    ),
    ("node-policy-name", "the kernel takes", "nmstate leaves names to NetworkManager, which refuses these"),
    (
        "node-policy-route",
        "is not of the destination's address family",
        "NetworkManager drops the route, and nmstate rolls back",
    ),
    (
        "node-policy-field",
        "makes no interface of the type",
        "offline it is taken for a card; a node without one of that name refuses",
    ),
];

/// What the library refuses without a node, and a node takes: words of its reason, and why we do not.
const LAXER: &[(&str, &str)] = &[
    (
        "desired ethernet vs current loopback",
        "without a type lo is taken for a card; a node knows what it is",
    ),
    ("Invalid property for ethernet interface: unknown field", "the same of any interface without a type"),
    (
        "': next hop interface ",
        "a route through an interface that the node has, and the policy does not speak of: a warning",
    ),
    ("has been marked as IPv4 disabled", "an interface keeps the family that it has on the node"),
    ("has been marked as IPv6 disabled", "an interface keeps the family that it has on the node"),
    ("Bond mode is mandatory", "a bond that the node has keeps its mode"),
    ("Route table ID undefined or 0", "a VRF that the node has keeps its table"),
    ("Failed to find suitable", "resolvers go to an interface of the node that the policy does not speak of"),
    ("Failed to find mac address of interface", "a card that the node has"),
    ("for copy-mac-from of iface", "a card that the node has"),
];

/// What is tested here.
pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::new("nmstate::one_verdict_over_made_policies", &[Tool::Nmstate], made),
        Case::new("nmstate::takes_what_the_overlays_render", &[Tool::Nmstate], overlays),
        Case::new("nmstate::one_verdict_over_the_rules_fixtures", &[Tool::Nmstate], fixtures),
    ]
}

/// A policy's state, what it is about, and the rule that must find something in it.
struct Probe {
    what: String,
    state: Value,
    rule: Option<&'static str>,
}

fn made() -> Outcome {
    let seed = env::var("MULTI_RHOSO_SEED").ok().map_or(Ok(SEED), |text| text.parse())?;
    let mut random = Random(seed);
    let mut probes = Vec::new();
    for number in 0..SOUND {
        probes.push(Probe { what: format!("sound {number}"), state: sound(&mut random), rule: None });
    }
    for (name, rule, plant) in FAULTS {
        for number in 0..OF_EACH {
            let mut state = sound(&mut random);
            plant(&mut state, &mut random);
            probes.push(Probe { what: format!("{name} {number}"), state, rule: Some(rule) });
        }
    }
    for (name, plant) in OF_THE_NODE {
        let mut state = sound(&mut random);
        plant(&mut state);
        probes.push(Probe { what: (*name).to_owned(), state, rule: None });
    }
    for number in 0..ODD {
        let mut state = sound(&mut random);
        odd(&mut state, &mut random);
        probes.push(Probe { what: format!("odd {number}"), state, rule: None });
    }
    let used = agree(&probes, &format!("MULTI_RHOSO_SEED={seed}"))?;
    let unused = STRICTER.iter().map(|(_, words, _)| words).chain(LAXER.iter().map(|(words, _)| words));
    let unused: Vec<&&str> = unused.filter(|words| !used.contains(*words)).collect();
    let is_sound = |probe: &&Probe| probe.what.starts_with("sound");
    for probe in probes.iter().filter(is_sound) {
        let errors = ours(&probe.state)?;
        if !errors.is_empty() {
            return Err(format!("{}: {errors:?}\n{}", probe.what, probe.state).into());
        }
    }
    if seed == SEED && !unused.is_empty() {
        return Err(format!("differences that no policy shows: {unused:?}").into());
    }
    Ok(())
}

/// Compares the verdicts, and gives the listed differences that were met.
fn agree(probes: &[Probe], seed: &str) -> Result<BTreeSet<&'static str>, Failed> {
    let theirs = asked(probes.iter().map(|probe| &probe.state))?;
    let (mut used, mut complaints) = (BTreeSet::new(), Vec::new());
    for (probe, reason) in probes.iter().zip(&theirs) {
        let errors = ours(&probe.state)?;
        let is_found = |rule| errors.iter().any(|error| error.rule == rule);
        let complaint = match (errors.as_slice(), reason) {
            _ if probe.rule.is_some_and(|rule| !is_found(rule)) => {
                Some(format!("{:?} finds nothing", probe.rule))
            }
            ([], None) | ([_, ..], Some(_)) => None,
            ([], Some(reason)) => match LAXER.iter().find(|(words, _)| reason.contains(words)) {
                Some((words, _)) => {
                    used.insert(*words);
                    None
                }
                None => Some(format!("nmstate refuses, and no rule does: {reason}")),
            },
            (errors, None) => stricter(errors, &mut used),
        };
        complaints
            .extend(complaint.map(|complaint| format!("{}: {complaint}\n  {}", probe.what, probe.state)));
    }
    if complaints.is_empty() {
        return Ok(used);
    }
    complaints.truncate(12);
    Err(format!("{seed}\n{}", complaints.join("\n")).into())
}

/// Each of our reasons must be one where we mean to be stricter.
fn stricter(errors: &[Finding], used: &mut BTreeSet<&'static str>) -> Option<String> {
    for error in errors {
        let known =
            STRICTER.iter().find(|(rule, words, _)| *rule == error.rule && error.message.contains(words));
        let Some((_, words, _)) = known else { return Some(format!("nmstate takes this: {error}")) };
        used.insert(*words);
    }
    None
}

/// The errors of the rules about one node policy.
fn ours(state: &Value) -> Result<Vec<Finding>, Failed> {
    let policy = json!({"apiVersion": "nmstate.io/v1", "kind": "NodeNetworkConfigurationPolicy",
        "metadata": {"name": "worker-0"}, "spec": {"desiredState": state}});
    let text = policy.to_string();
    let source = Source::parse(None, &text).map_err(|error| error.to_string())?;
    let items = source.items(0, 0).map_err(|error| error.to_string())?;
    let mut findings = rules::check(&Model::new(&items), &Levels::default());
    let is_refusal =
        |finding: &Finding| finding.severity == Severity::Error && finding.rule.starts_with("node-policy-");
    findings.retain(is_refusal);
    Ok(findings)
}

/// nmstate's reasons, none where it takes a state.
fn asked<'s>(states: impl Iterator<Item = &'s Value>) -> Result<Vec<Option<String>>, Failed> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("states");
    let lines: Vec<String> = states.map(Value::to_string).collect();
    fs::write(&path, lines.join("\n") + "\n")?;
    let mut command = Command::new(tools::path(Tool::Nmstate)?);
    let output = command.stdin(fs::File::open(&path)?).output()?;
    let text = String::from_utf8(output.stdout)?;
    let verdicts: Vec<Option<String>> =
        text.lines().map(|line| line.strip_prefix("refused: ").map(str::to_owned)).collect();
    if !output.status.success() || verdicts.len() != lines.len() {
        return Err(format!("{} answers to {} states: {}", verdicts.len(), lines.len(), output.status).into());
    }
    Ok(verdicts)
}

/// The states of a text's node policies.
fn states(text: &str) -> Result<Vec<Value>, Failed> {
    let mut states = Vec::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        let object = Value::deserialize(document)?;
        if object["kind"] == "NodeNetworkConfigurationPolicy" {
            states.push(object["spec"]["desiredState"].clone());
        }
    }
    Ok(states)
}

/// What every overlay renders is committed below `fixtures/overlays`, and other tests see to that.
fn overlays() -> Outcome {
    let mut all = Vec::new();
    for file in fs::read_dir(Path::new(PROJECT).join("fixtures/overlays"))? {
        all.extend(states(&fs::read_to_string(file?.path())?)?);
    }
    let refused: Vec<String> = asked(all.iter())?.into_iter().flatten().collect();
    if all.len() < 5 || !refused.is_empty() {
        return Err(format!("{} policies, refused: {refused:?}", all.len()).into());
    }
    for state in &mut all {
        let addresses = state["interfaces"].as_array_mut().into_iter().flatten();
        let mut addresses = addresses.filter_map(|one| one.pointer_mut("/ipv4/address/0/ip").or(None));
        match addresses.next() {
            Some(ip) => *ip = json!("172.17.0.300"),
            None => state["interfaces"][0]["mtu"] = json!("jumbo"),
        }
    }
    let taken = asked(all.iter())?.iter().filter(|reason| reason.is_none()).count();
    if taken == 0 { Ok(()) } else { Err(format!("{taken} policies are taken with a fault").into()) }
}

/// What a rule's fixture shows is refused, and its near miss is taken, but for the listed differences.
fn fixtures() -> Outcome {
    let mut probes = Vec::new();
    let rules = rules::rules().filter(|rule| rule.name.starts_with("node-policy-"));
    for name in rules.flat_map(|rule| [rule.name.to_owned(), format!("{}-not", rule.name)]) {
        let path = Path::new(PROJECT).join(format!("fixtures/rule-{name}/manifests.yaml"));
        for state in states(&fs::read_to_string(path)?)? {
            probes.push(Probe { what: name.clone(), state, rule: None });
        }
    }
    agree(&probes, "fixtures").map(drop)
}
