//! Map and rules read one table of what may share addresses with what: over every fixture and every manifest, alone and
//! with the other stages of its deployment, the map's conflicts are what the rules report.

use std::collections::BTreeMap;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use multi_rhoso::address::Block;
use multi_rhoso::catalogue::crd::Crds;
use multi_rhoso::krm::Source;
use multi_rhoso::model::{Model, common, conflict_rules};
use multi_rhoso::{map, rules, run};

use crate::corpus::{self, PROJECT};

type Ends = (IpAddr, IpAddr);

/// The table's names, and a test for each set of manifests.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test("claims::each_name_in_the_table_is_a_rule", names)];
    trials.extend(sets().into_iter().map(|(name, paths)| {
        Trial::test(format!("claims::map_and_check_agree::{name}"), move || agree(&paths))
    }));
    trials
}

fn names() -> Result<(), Failed> {
    let stray: Vec<&str> = conflict_rules().filter(|name| rules::rule(name).is_none()).collect();
    if stray.is_empty() { Ok(()) } else { Err(format!("no rules: {}", stray.join(", ")).into()) }
}

/// What is read together: each fixture, each manifest of the corpus, the stages of each deployment.
fn sets() -> BTreeMap<String, Vec<PathBuf>> {
    let mut sets: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let fixtures = fs::read_dir(Path::new(PROJECT).join("fixtures")).expect("fixtures/");
    for directory in fixtures.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()) {
        let inputs = ["manifests.yaml", "manifests.json", "list.yaml", "list.json"];
        let mut paths: Vec<PathBuf> = inputs.iter().map(|name| directory.join(name)).collect();
        let listed = fs::read_to_string(directory.join("paths")).unwrap_or_default();
        paths.extend(listed.lines().map(|path| directory.join(path)));
        paths.retain(|path| path.is_file());
        sets.insert(file_name(&directory), paths);
    }
    for path in corpus::directory().into_iter().flat_map(|directory| corpus::files(&directory)) {
        let name = file_name(&path);
        let deployment = name.split("__").take(2).collect::<Vec<_>>().join("__");
        sets.insert(format!("corpus/{name}"), vec![path.clone()]);
        sets.entry(format!("corpus/{deployment}")).or_default().push(path);
    }
    sets.retain(|_, paths| !paths.is_empty());
    sets
}

fn file_name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

fn agree(paths: &[PathBuf]) -> Result<(), Failed> {
    let texts: Vec<String> = paths.iter().map(fs::read_to_string).collect::<Result<_, _>>()?;
    let sources: Result<Vec<Source<'_>>, _> = texts.iter().map(|text| Source::parse(None, text)).collect();
    // What cannot be read has neither map nor findings.
    let Ok(sources) = sources else { return Ok(()) };
    let Ok(checked) = run::check(None, &Crds::default(), &sources) else { return Ok(()) };
    let findings = checked.findings;
    let items = run::items(&sources).map_err(|error| format!("{error:?}"))?;
    let atlas = map::atlas(&Model::new(&items));
    let of_addresses = findings.iter().filter(|finding| conflict_rules().any(|rule| rule == finding.rule));
    let said: Result<Vec<Ends>, Failed> = of_addresses
        .map(|finding| block(&finding.message).ok_or_else(|| format!("no block: {}", finding.message).into()))
        .collect();
    let mut said = said?;
    let mut drawn: BTreeMap<usize, Ends> = BTreeMap::new();
    for conflict in atlas.networks.iter().flat_map(|network| &network.conflicts) {
        drawn.insert(conflict.number, (conflict.block.first(), conflict.block.last()));
    }
    let mut drawn: Vec<Ends> = drawn.into_values().collect();
    said.sort_unstable();
    drawn.sort_unstable();
    let count = atlas.conflicts() == drawn.len();
    if said == drawn && count { Ok(()) } else { Err(format!("check {said:?}\nmap   {drawn:?}").into()) }
}

/// The addresses of a finding: its first word, or what the two entries of a pool that it quotes have in common.
fn block(message: &str) -> Option<Ends> {
    let block = if message.starts_with('"') {
        let quoted: Vec<&str> = message.split('"').skip(1).step_by(2).take(2).collect();
        let [one, other] = quoted.as_slice() else { return None };
        common(&Block::parse(one).ok()?, &Block::parse(other).ok()?)?
    } else {
        let word = message.split(' ').next()?;
        let address = || word.parse::<IpAddr>().ok().map(Block::from);
        Block::parse(word).ok().or_else(address)?
    };
    Some((block.first(), block.last()))
}
