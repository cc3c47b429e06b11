//! The rules' verdicts held against those of the operators' webhooks, run as programs in the API server's order.
//!
//! `webhooks/*.jsonl` of the corpus has a line for each list: its documents, whether they were taken, and who refused
//! what. Without a corpus the same is asked of a few lists of our own in `fixtures/webhook-verdicts.jsonl`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use multi_rhoso::krm::{Finding, Severity, Source};
use multi_rhoso::model::Model;
use multi_rhoso::rules::{self, Levels};
use serde::Deserialize;

use crate::corpus::{self, PROJECT};

/// Rules by which we refuse what the webhooks take, a part of what is said then, and why.
const STRICTER: &[(&str, &str, &str)] = &[
    ("endpoint-surplus", "of type edge", "the operator waits for a Service that never comes"),
    ("foreign-topology", "spec.dns.", "infra-operator refuses the DNSMasq that is made of it"),
    ("foreign-topology", "spec.memcached.", "infra-operator refuses the Memcached that is made of it"),
    ("ipset-address", "excludeAddresses", "infra-operator's IPAM refuses the address later"),
    ("netconfig-vlan", "\"-", "no host can have a negative VLAN"),
    ("pod-override-length", "replicas", "the controller stops there"),
    ("vip-port", "both listen on", "MetalLB gives one of the two Services no address"),
    ("vip-sharing", "may not share it", "MetalLB gives one of the two Services no address"),
];

/// What is refused and we take: how the object begins, a part of what is said, and why a file cannot show it.
const LAXER: &[(&str, &str, &str)] = &[
    ("IPSet/", "no NetConfig found", "the NetConfig may be on the cluster already"),
    ("NetConfig/", "no such version", "only the cluster knows which versions its operators serve"),
    (
        "OpenStackControlPlane/default/",
        "Customizing namespace",
        "the object has no namespace in the file; which one it gets is up to who applies it",
    ),
    ("Topology/", "Required value", "no CRD of the kind at hand: by --crd it is found"),
];

/// One list with its verdict.
#[derive(Deserialize)]
struct Case {
    id: String,
    accepted: bool,
    errors: Vec<Refusal>,
    documents: Vec<serde_json::Value>,
}

/// One reason why a list was refused.
#[derive(Deserialize)]
struct Refusal {
    object: String,
    stage: String,
    #[serde(default)]
    field: Option<String>,
    #[serde(default)]
    detail: String,
}

/// A test for each list, and one that the differences are there.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for path in tables() {
        for case in cases(&path) {
            let name = format!("webhook_verdicts::{}", case.id);
            trials.push(Trial::test(name, move || agrees(&case)));
        }
    }
    if corpus::directory().is_some() {
        trials.push(Trial::test("webhook_verdicts::differences_are_real", differences));
    }
    trials
}

fn tables() -> Vec<PathBuf> {
    let own = Path::new(PROJECT).join("fixtures/webhook-verdicts.jsonl");
    let real = corpus::directory().into_iter();
    let real = real.flat_map(|corpus| {
        ["infra", "controlplane"].map(|name| corpus.join(format!("webhooks/{name}.jsonl")))
    });
    [own].into_iter().chain(real).collect()
}

fn cases(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("a list with its verdict")).collect()
}

fn agrees(case: &Case) -> Result<(), Failed> {
    let errors = errors(case)?;
    if !case.accepted {
        return found(case, &errors);
    }
    let refused: Vec<String> =
        errors.iter().filter(|finding| strict(finding).is_none()).map(ToString::to_string).collect();
    if refused.is_empty() {
        Ok(())
    } else {
        Err(format!("the webhooks take this: {}", refused.join("\n")).into())
    }
}

/// The difference by which an error is only ours.
fn strict(finding: &Finding) -> Option<usize> {
    let text = finding.to_string();
    STRICTER.iter().position(|(rule, part, _)| *rule == finding.rule && text.contains(part))
}

/// A refused list has an error of ours, or nothing but what no file shows.
fn found(case: &Case, errors: &[Finding]) -> Result<(), Failed> {
    if !errors.is_empty() {
        return Ok(());
    }
    let silent: Vec<String> = case
        .errors
        .iter()
        .filter(|refusal| lax(refusal).is_none())
        .map(|refusal| {
            let field = refusal.field.as_deref().unwrap_or_default();
            format!("{} {}: {field}: {}", refusal.stage, refusal.object, refusal.detail)
        })
        .collect();
    if silent.is_empty() {
        return Ok(());
    }
    Err(format!("refused, and no rule does: {}", silent.join("\n")).into())
}

/// The difference by which a refusal is not ours.
fn lax(refusal: &Refusal) -> Option<usize> {
    LAXER
        .iter()
        .position(|(object, said, _)| refusal.object.starts_with(object) && refusal.detail.contains(said))
}

/// What the rules refuse of a list.
fn errors(case: &Case) -> Result<Vec<Finding>, Failed> {
    let documents: Vec<String> = case.documents.iter().map(ToString::to_string).collect();
    let text = documents.join("\n---\n");
    let source = Source::parse(None, &text).map_err(|error| error.to_string())?;
    let items = source.items(0, 0).map_err(|error| error.to_string())?;
    let mut findings = rules::check(&Model::new(&items), &Levels::default());
    findings.retain(|finding| finding.severity == Severity::Error);
    Ok(findings)
}

/// Every listed difference is one, and at least 98 % of the refused lists are found.
fn differences() -> Result<(), Failed> {
    let (mut strict_seen, mut lax_seen) = (BTreeSet::new(), BTreeSet::new());
    let (mut refused, mut missed) = (0, BTreeMap::new());
    for case in tables().iter().skip(1).flat_map(|path| cases(path)) {
        let errors = errors(&case)?;
        if case.accepted {
            strict_seen.extend(errors.iter().filter_map(strict));
            continue;
        }
        refused += 1;
        if errors.is_empty() {
            lax_seen.extend(case.errors.iter().filter_map(lax));
            missed.insert(case.id, case.errors.first().map(|refusal| refusal.detail.clone()));
        }
    }
    let mut complaints: Vec<String> = Vec::new();
    let stale = STRICTER.iter().enumerate().filter(|(index, _)| !strict_seen.contains(index));
    complaints
        .extend(stale.map(|(_, (rule, part, _))| format!("{rule} is not stricter in any list: {part:?}")));
    let stale = LAXER.iter().enumerate().filter(|(index, _)| !lax_seen.contains(index));
    complaints
        .extend(stale.map(|(_, (kind, said, _))| format!("{kind}: no missed list is refused for {said:?}")));
    if missed.len() * 50 > refused {
        complaints.push(format!("{} of {refused} refused lists are taken: {missed:#?}", missed.len()));
    }
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n").into()) }
}
