//! The rules' verdicts held against MetalLB's own: the cases of its parser's tests, with what the parser says of each.
//!
//! `parser-cases/index.tsv` of the corpus has a line for each case: its name, the mode it was validated in, and the
//! verdict. Without a corpus the same is asked of a few cases of our own in `fixtures/metallb-verdicts`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use multi_rhoso::krm::{Finding, Severity, Source};
use multi_rhoso::model::Model;
use multi_rhoso::rules::{self, Levels};

use crate::corpus::{self, PROJECT};

/// Where the verdicts differ on purpose: the case, the rule where we are stricter, and why.
const STRICTER: &[(&str, &str, &str)] = &[
    (
        "TestParse-002",
        "peer-conflict",
        "parsed without a BGP mode; OpenShift's MetalLB speaks through FRR, whose validation refuses two router IDs",
    ),
    (
        "TestParse-076",
        "unknown-pool",
        "taken, and the name is ignored without a word: the pool that was meant is announced by nobody",
    ),
];

/// Where MetalLB refuses and we do not: the case, and why.
const LAXER: &[(&str, &str)] = &[
    ("TestParse-048", "an alias may be defined in another list: asked only where the list holds a Community"),
    ("TestParse-051", "an alias may be defined in another list: asked only where the list holds a Community"),
    (
        "TestParse-066",
        "a Secret may come from elsewhere, and mostly does: asked only where the list holds it",
    ),
    (
        "TestParse-070",
        "two copies of one definition are one object to the API server, and instances share profiles",
    ),
    ("TestParse-069", "a profile may be of another list: asked only where the list holds a BFDProfile"),
    (
        "TestValidateFRR-137",
        "selectors of different nodes, and no Node in the list to tell that one has both labels",
    ),
];

/// What FRR's validation is about. Its cases hold peers that MetalLB's parser would refuse before.
const FRR: [&str; 2] = ["peer-duplicate", "peer-conflict"];

/// What the API server refuses before MetalLB sees it: the parser's cases have any names, or none.
const OF_THE_API_SERVER: &str = "object-name";

/// One line of the index.
pub(crate) struct Case {
    mode: String,
    valid: bool,
}

/// A test for each case.
pub(crate) fn trials() -> Vec<Trial> {
    let own = Path::new(PROJECT).join("fixtures/metallb-verdicts");
    let real = corpus::directory().map(|corpus| corpus.join("metallb/parser-cases"));
    let directories = [Some(own), real].into_iter().flatten();
    let mut trials: Vec<Trial> = directories.flat_map(|directory| of(&directory)).collect();
    trials.push(Trial::test("metallb_verdicts::differences_are_real", differences));
    trials
}

fn of(directory: &Path) -> Vec<Trial> {
    let trial = |(name, case): (String, Case)| {
        let path = directory.join(format!("{name}.yaml"));
        Trial::test(format!("metallb_verdicts::{name}"), move || agrees(&path, &name, &case))
    };
    index(directory).into_iter().map(trial).collect()
}

/// The cases that there are. `native` is MetalLB's own BGP mode, which OpenShift does not have: not asked.
fn index(directory: &Path) -> BTreeMap<String, Case> {
    let path = directory.join("index.tsv");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cases = text.lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t').map(str::to_owned);
        let (name, mode, verdict) = (columns.next()?, columns.next()?, columns.next()?);
        (mode != "native").then(|| (name, Case { mode, valid: verdict == "valid" }))
    });
    cases.collect()
}

fn agrees(path: &Path, name: &str, case: &Case) -> Result<(), Failed> {
    let errors = errors(path, case)?;
    let known =
        |finding: &&Finding| STRICTER.iter().any(|(known, rule, _)| *known == name && *rule == finding.rule);
    let refused: Vec<String> =
        errors.iter().filter(|finding| !known(finding)).map(ToString::to_string).collect();
    let lax = LAXER.iter().any(|(known, _)| *known == name);
    match (case.valid || lax, refused.is_empty()) {
        (true, false) => Err(format!("MetalLB takes this: {}", refused.join("\n")).into()),
        (false, true) => Err("MetalLB refuses this, and no rule does".into()),
        _ => Ok(()),
    }
}

/// What the rules refuse of a case, as far as its mode goes.
fn errors(path: &Path, case: &Case) -> Result<Vec<Finding>, Failed> {
    let text = fs::read_to_string(path)?;
    let source = Source::parse(None, &text).map_err(|error| error.to_string())?;
    let items = source.items(0, 0).map_err(|error| error.to_string())?;
    let mut findings = rules::check(&Model::new(&items), &Levels::default());
    findings.retain(|finding| {
        let is_asked = case.mode != "frr" || FRR.contains(&finding.rule);
        finding.severity == Severity::Error && is_asked && finding.rule != OF_THE_API_SERVER
    });
    Ok(findings)
}

/// Whether a manifest of the corpus may fail by this rule: a case that MetalLB refuses, or where we mean to be stricter.
///
/// A case of the native mode lacks what the parser asks for, as one of FRR's does: MetalLB's parser refuses it too.
pub(crate) fn rightful(path: &Path, rule: &str) -> bool {
    let Some(directory) = path.parent().filter(|directory| directory.ends_with("metallb/parser-cases"))
    else {
        return false;
    };
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let refused = match index(directory).get(name.as_ref()) {
        Some(case) => !case.valid || case.mode == "frr",
        None => true,
    };
    refused
        || rule == OF_THE_API_SERVER
        || STRICTER.iter().any(|(known, strict, _)| *known == name && *strict == rule)
}

/// A difference that is none any more is taken off the list.
fn differences() -> Result<(), Failed> {
    let Some(directory) = corpus::directory().map(|corpus| corpus.join("metallb/parser-cases")) else {
        return Ok(());
    };
    let cases = index(&directory);
    let path = |name: &str| -> PathBuf { directory.join(format!("{name}.yaml")) };
    let refused = |name: &str| {
        let case = cases.get(name).ok_or_else(|| format!("{name}: no such case"))?;
        Ok::<_, Failed>((case.valid, errors(&path(name), case)?))
    };
    for (name, rule, _) in STRICTER {
        let (valid, errors) = refused(name)?;
        if !valid || !errors.iter().any(|finding| finding.rule == *rule) {
            return Err(format!("{name}: {rule} is no difference").into());
        }
    }
    for (name, _) in LAXER {
        let (valid, errors) = refused(name)?;
        if valid || !errors.is_empty() {
            return Err(format!("{name}: this is no difference").into());
        }
    }
    Ok(())
}
