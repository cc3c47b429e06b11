//! What the rules say of real manifests as they are: every error is listed here with its reason, and there are no others.
//!
//! Each file is read alone, and all stages of one deployment together, for the rules that need more than one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use multi_rhoso::krm::{Finding, Severity, Source};
use multi_rhoso::model::Model;
use multi_rhoso::rules::{self, Levels};
use serde::Deserialize as _;
use serde_yaml::Value;

use crate::corpus;

/// Errors that are true: the end of the file's name, the rule, and why.
const TRUE_ERRORS: [(&str, &str, &str); 12] = [
    // infra-operator's webhook compares CIDRs as texts and refuses the second (errDupeCIDR).
    ("uni05epsilon__control-plane__networking.yaml", "netconfig-subnet", "external has the CIDR of ctlplane"),
    ("uni07eta__control-plane__networking.yaml", "netconfig-subnet", "external has the CIDR of ctlplane"),
    // The policies master-0, master-1 and master-2 all select the host master-0.
    (
        "uni04delta-ipv6__control-plane__networking__nncp.yaml",
        "node-interfaces-fight",
        "three policies give one node's interfaces three sets of addresses",
    ),
    // The same webhook wants the subnets of a network to differ in name.
    (
        "bgp_dt04_ipv6__control-plane__networking.yaml",
        "netconfig-name",
        "ctlplane has two subnets named subnet2",
    ),
    // Values that the build was to put in stayed out: nmstate reads none of them.
    (
        "bgp_dt04_ipv6__control-plane__networking__nncp.yaml",
        "node-policy-field",
        "prefix lengths are _replaced_",
    ),
    (
        "bgp_dt04_ipv6__control-plane__networking__nncp.yaml",
        "node-policy-address",
        "addresses are _replaced_",
    ),
    ("bgp_dt04_ipv6__control-plane__networking__nncp.yaml", "node-policy-route", "routes are _replaced_"),
    // infra-operator's webhook refuses an IPSet whose fixedIP is not of the subnet that is asked for.
    (
        "bgp_dt01__edpm__computes__r0.yaml",
        "ipset-address",
        "r0's nodes have addresses of subnet0 and ask for subnet1",
    ),
    (
        "bgp_dt04_ipv6__edpm__computes__r2.yaml",
        "ipset-address",
        "r2's nodes have addresses of the third subnets and ask for subnet1",
    ),
    // Samples that are placeholders, which neither the CRD nor the webhooks take.
    ("openstackcontrolplane_empty.yaml", "field-required", "the control plane is empty"),
    ("openstackdataplaneservice.yaml", "data-plane-service", "the service is empty"),
    ("openstackdataplaneservice_empty.yaml", "data-plane-service", "the service is empty"),
];

/// One test for all of the corpus, so that an entry of the list that nothing needs is seen.
pub(crate) fn trials() -> Vec<Trial> {
    let Some(corpus) = corpus::directory() else { return Vec::new() };
    let same = corpus.clone();
    vec![
        Trial::test("findings::errors_of_the_corpus_are_true", move || corpus_is_true(&corpus)),
        Trial::test("findings::known_faults_of_the_corpus_are_found", move || faults_are_found(&same)),
    ]
}

/// Faults that anybody can count in the texts: each is found, in its file, and nothing else is taken for one.
fn faults_are_found(corpus: &Path) -> Result<(), Failed> {
    let (mut miscased, mut inert) = (0, 0);
    for path in corpus::files(&corpus.join("architecture")) {
        let text = fs::read_to_string(&path)?;
        let findings = findings(std::slice::from_ref(&path))?;
        let found = |rule: &str| findings.iter().filter(|finding| finding.rule == rule).count();
        let counted = (text.matches("metallb.universe.tf/LoadBalancerIPs:").count(), without_type(&text));
        if counted != (found("annotation-case"), found("inert-annotations")) {
            return Err(format!("{}: counted {counted:?}, found {findings:?}", path.display()).into());
        }
        miscased += counted.0;
        inert += counted.1;
    }
    if miscased == 0 || inert == 0 { Err("the corpus has neither fault".into()) } else { Ok(()) }
}

/// How many of Designate's internal endpoints have MetalLB's annotations and no Service type, where Designate is on.
fn without_type(text: &str) -> usize {
    let documents =
        serde_yaml::Deserializer::from_str(text).map(|document| Value::deserialize(document).expect("YAML"));
    let is_on = |plane: &Value| plane["spec"]["designate"]["enabled"] == Value::Bool(true);
    let endpoints = documents.filter(is_on).map(|plane| {
        plane["spec"]["designate"]["template"]["designateAPI"]["override"]["service"]["internal"].clone()
    });
    let is_inert = |endpoint: &Value| {
        let annotations = endpoint["metadata"]["annotations"].as_mapping().is_some_and(|map| {
            map.keys().filter_map(Value::as_str).any(|key| key.starts_with("metallb.universe.tf/"))
        });
        annotations && endpoint["spec"]["type"].is_null()
    };
    endpoints.filter(is_inert).count()
}

fn corpus_is_true(corpus: &Path) -> Result<(), Failed> {
    let mut stray = BTreeSet::new();
    let mut met = BTreeSet::new();
    for (name, files) in lists(corpus) {
        for finding in errors(&files)? {
            let known =
                TRUE_ERRORS.iter().position(|(file, rule, _)| is_of(&name, file) && *rule == finding.rule);
            match known {
                Some(index) => drop(met.insert(index)),
                None => drop(stray.insert(format!("{name}: {finding}"))),
            }
        }
    }
    let unmet = (0..TRUE_ERRORS.len()).filter(|index| !met.contains(index));
    stray.extend(unmet.map(|index| format!("listed and not found: {:?}", TRUE_ERRORS[index])));
    if stray.is_empty() { Ok(()) } else { Err(stray.into_iter().collect::<Vec<_>>().join("\n").into()) }
}

/// Every file, and the files of every deployment (what stands before the first `__` but one).
fn lists(corpus: &Path) -> BTreeMap<String, Vec<PathBuf>> {
    let mut lists: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let manifests = ["architecture", "install_yamls", "samples"];
    for path in manifests.iter().flat_map(|directory| corpus::files(&corpus.join(directory))) {
        let name = path.strip_prefix(corpus).expect("below").display().to_string();
        let stem = name.trim_end_matches(".yaml");
        let deployment = stem.splitn(3, "__").take(2).collect::<Vec<_>>().join("__");
        if deployment.contains("__") {
            lists.entry(format!("{deployment} together")).or_default().push(path.clone());
        }
        lists.insert(name, vec![path]);
    }
    lists
}

fn errors(files: &[PathBuf]) -> Result<Vec<Finding>, Failed> {
    Ok(findings(files)?.into_iter().filter(|finding| finding.severity == Severity::Error).collect())
}

fn findings(files: &[PathBuf]) -> Result<Vec<Finding>, Failed> {
    let texts = files.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let mut sources = Vec::new();
    for text in &texts {
        sources.push(Source::parse(None, text).map_err(|error| error.to_string())?);
    }
    let mut items = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        items.extend(source.items(index, items.len()).map_err(|error| error.to_string())?);
    }
    if files.len() > 1 {
        // Stages are applied one after the other, and a later one may say more of an object.
        let mut seen = BTreeSet::new();
        items.retain(|item| seen.insert((item.group(), item.kind, item.namespace(), item.name())));
    }
    Ok(rules::check(&Model::new(&items), &Levels::default()))
}

/// The entry's file, or the deployment that it belongs to.
fn is_of(name: &str, file: &str) -> bool {
    let deployment = file.split("__").next().unwrap_or_default();
    name.ends_with(&format!("_{file}")) || name.ends_with(&format!("__{deployment} together"))
}
