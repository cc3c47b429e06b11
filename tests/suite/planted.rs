//! Faults planted one at a time into lists that have none: the rule named for a fault reports it, and with it only what
//! follows from the fault.
//!
//! `fixtures/planted/faults.yaml` holds the faults. Where several places would do, a generator picks one, from
//! `MULTI_RHOSO_SEED` or a fixed seed; a failure prints the seed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::crd::Crds;
use multi_rhoso::krm::{Finding, Severity, Source};
use multi_rhoso::rules::{self, Check};
use multi_rhoso::run;
use serde::Deserialize;

use crate::corpus::PROJECT;

/// The seed where the environment names none.
const SEED: u64 = 20_260;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Planted {
    /// What further objects a list may have, by the name that faults use.
    settings: BTreeMap<String, String>,
    /// What is planted, one at a time.
    faults: Vec<Fault>,
}

/// One fault: a text of an object replaced, objects added, or both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    rule: String,
    /// The further rules that may follow from it.
    #[serde(default)]
    also: Vec<String>,
    /// The setting that the fault needs.
    setting: Option<String>,
    /// Whether the list has two instances.
    #[serde(default)]
    fleet: bool,
    /// Kind, or kind and name, of the object that is changed.
    #[serde(rename = "in")]
    object: Option<String>,
    #[serde(default)]
    from: String,
    /// `{indent}` is the indentation of the line that `from` begins in.
    #[serde(default)]
    to: String,
    /// Whether every occurrence of `from` is replaced, not a picked one.
    #[serde(default)]
    all: bool,
    /// Documents that are added.
    add: Option<String>,
}

/// A test for each fault, one of the lists without any, and one that every rule has its fault.
pub(crate) fn trials() -> Vec<Trial> {
    let faults = read();
    let mut trials = vec![
        Trial::test("planted::clean_lists_have_no_error", clean_lists),
        Trial::test("planted::each_rule_has_a_fault", each_rule),
    ];
    for (index, fault) in faults.faults.iter().enumerate() {
        trials.push(Trial::test(format!("planted::{index}::{}", fault.rule), move || planted(index)));
    }
    trials
}

fn read() -> Planted {
    let text =
        fs::read_to_string(Path::new(PROJECT).join("fixtures/planted/faults.yaml")).expect("the faults");
    serde_yaml::from_str(&text).expect("faults that can be read")
}

/// The documents of a list that has no fault.
fn clean(fleet: bool, setting: Option<&str>) -> Result<Vec<String>, Failed> {
    let mut documents = Vec::new();
    for name in if fleet { vec!["openstack", "openstack2"] } else { vec!["openstack"] } {
        let text = fs::read_to_string(Path::new(PROJECT).join(format!("fixtures/overlays/{name}.yaml")))?;
        documents.extend(split(&text));
    }
    documents.extend(setting.into_iter().flat_map(split));
    Ok(documents)
}

fn split(text: &str) -> Vec<String> {
    text.split("---\n").map(str::to_owned).collect()
}

fn check(documents: &[String]) -> Result<Vec<Finding>, Failed> {
    let text = documents.join("---\n");
    let source = Source::parse(None, &text).map_err(|error| format!("{error:?}\n{text}"))?;
    let checked =
        run::check(None, &Crds::default(), &[source]).map_err(|findings| format!("{findings:?}"))?;
    Ok(checked.findings)
}

/// What tells a finding from those of the clean list.
fn key(finding: &Finding) -> (&'static str, String) {
    (finding.rule, format!("{} {:?} {:?}", finding.message, finding.resource, finding.field))
}

fn clean_lists() -> Result<(), Failed> {
    let faults = read();
    let settings = faults.settings.values().map(|text| (false, Some(text.as_str())));
    for (fleet, setting) in [(false, None), (true, None)].into_iter().chain(settings) {
        let findings = check(&clean(fleet, setting)?)?;
        let errors: Vec<&Finding> =
            findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        if !errors.is_empty() {
            return Err(format!("fleet {fleet}: {errors:?}").into());
        }
    }
    Ok(())
}

fn each_rule() -> Result<(), Failed> {
    let faults = read();
    let planted: BTreeSet<&str> = faults.faults.iter().map(|fault| fault.rule.as_str()).collect();
    // What needs a config is not asked of a list alone.
    let of_lists = rules::rules().filter(|rule| matches!(rule.check, Check::List(_)));
    let known: BTreeSet<&str> = of_lists.map(|rule| rule.name).collect();
    let followed = faults.faults.iter().flat_map(|fault| &fault.also).map(String::as_str);
    let mut complaints = Vec::new();
    complaints.extend(
        known
            .difference(&planted)
            .map(|name| format!("{name}: plant a fault for it in fixtures/planted/faults.yaml")),
    );
    let named = planted.iter().copied().chain(followed);
    complaints.extend(named.filter(|name| !known.contains(name)).map(|name| format!("{name}: no rule")));
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n").into()) }
}

fn planted(index: usize) -> Result<(), Failed> {
    let faults = read();
    let fault = &faults.faults[index];
    let seed = match env::var("MULTI_RHOSO_SEED") {
        Ok(text) => text.parse()?,
        Err(_) => SEED,
    };
    let setting = fault.setting.as_ref().map(|name| faults.settings[name].as_str());
    let mut documents = clean(fault.fleet, setting)?;
    let before: BTreeSet<_> = check(&documents)?.iter().map(key).collect();
    let place = plant(fault, &mut documents, mixed(seed.wrapping_add(number_of(fault))))?;
    let new: Vec<_> = check(&documents)?.iter().map(key).filter(|key| !before.contains(key)).collect();
    let is_reported = new.iter().any(|(rule, _)| *rule == fault.rule);
    let is_foreign = |rule: &str| rule != fault.rule && !fault.also.iter().any(|also| also.as_str() == rule);
    let mut complaints: Vec<String> = Vec::new();
    if !is_reported {
        complaints.push("is not reported".to_owned());
    }
    complaints.extend(
        new.iter()
            .filter(|(rule, _)| is_foreign(rule))
            .map(|(rule, what)| format!("{rule} does not follow: {what}")),
    );
    if complaints.is_empty() {
        return Ok(());
    }
    Err(format!("MULTI_RHOSO_SEED={seed}, {}, {place}:\n{}", fault.rule, complaints.join("\n")).into())
}

/// Puts the fault into the documents, and says where.
fn plant(fault: &Fault, documents: &mut Vec<String>, random: u64) -> Result<String, Failed> {
    let mut place = "objects added".to_owned();
    if let Some(object) = &fault.object {
        let mut places = Vec::new();
        for (number, document) in documents.iter().enumerate().filter(|(_, document)| is(document, object)) {
            places.extend(document.match_indices(&fault.from).map(|(at, _)| (number, at)));
        }
        let count = places.len() as u64;
        if count == 0 {
            return Err(format!("{}: no {object} has {:?}", fault.rule, fault.from).into());
        }
        let (number, at) = places[usize::try_from(random % count)?];
        let document = &mut documents[number];
        if fault.all {
            *document = document.replace(&fault.from, &fault.to);
        } else {
            let line = document[..at].rsplit('\n').next().unwrap_or_default();
            let indent: String = line.chars().take_while(|c| *c == ' ').collect();
            document.replace_range(at..at + fault.from.len(), &fault.to.replace("{indent}", &indent));
        }
        place = format!("document {number}, byte {at}");
    }
    documents.extend(fault.add.iter().flat_map(|text| split(text)));
    Ok(place)
}

/// Whether a document is the object (`Kind` or `Kind/name`).
fn is(document: &str, object: &str) -> bool {
    let (kind, name) = object.split_once('/').map_or((object, None), |(kind, name)| (kind, Some(name)));
    let has = |line: &str| document.lines().any(|other| other == line);
    has(&format!("kind: {kind}")) && name.is_none_or(|name| has(&format!("  name: {name}")))
}

/// A number that a fault has wherever it stands among the others, so that a new one changes no other's place (FNV-1a).
fn number_of(fault: &Fault) -> u64 {
    let bytes = [&fault.rule, &fault.from, &fault.to].into_iter().flat_map(|text| text.bytes());
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// `SplitMix64`: one number out of another.
fn mixed(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    seed ^ (seed >> 31)
}
