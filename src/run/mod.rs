//! One run, pure: texts in, texts and findings out. Knows no stream, no file and no exit code.

mod failure;
mod fleet;
mod instance;
mod results;
mod settle;

use crate::catalogue::crd::Crds;
use crate::config::{Config, FleetCheck};
use crate::krm::{Finding, Item, Severity, Source, SourceKind};
use crate::rules::Levels;
use crate::yaml::{self, Splice};

use failure::{Seen, no_config, no_resource_list, read_config, unreadable};
use results::results;

/// What a run gives.
#[derive(Debug)]
pub struct Output {
    /// What to print, by source; nothing where there is nothing safe to print.
    pub texts: Vec<String>,
    /// What to say.
    pub findings: Vec<Finding>,
    /// Whether the run failed: then the texts are the input's items, if any.
    pub failed: bool,
}

impl Output {
    fn failure(findings: Vec<Finding>) -> Self {
        Self { texts: Vec::new(), findings, failed: true }
    }
}

/// The KRM function: a `ResourceList` in, a `ResourceList` out.
#[must_use]
pub fn function(text: &str) -> Output {
    let source = match Source::parse(None, text) {
        Ok(source) if source.kind == SourceKind::ResourceList => source,
        Ok(_) => return Output::failure(vec![no_resource_list()]),
        Err(error) => return Output::failure(vec![unreadable("stdin", &error)]),
    };
    let sources = [source];
    let [list] = &sources;
    let Some(config) = list.function_config() else {
        return listed(list, Vec::new(), vec![no_config()]);
    };
    match read_config(Seen::InAList, config).and_then(|config| made(config, &sources)) {
        Ok((mut splices, findings)) => listed(list, splices.pop().unwrap_or_default(), findings),
        Err(findings) => listed(list, Vec::new(), findings),
    }
}

/// A stream of documents with the config beside it: `eval`, and kustomize's legacy plugins.
#[must_use]
pub fn stream(config: &Source<'_>, sources: &[Source<'_>]) -> Output {
    let Some(document) = config.documents.first() else { return Output::failure(vec![no_config()]) };
    match read_config(Seen::Alone(config), document).and_then(|config| made(config, sources)) {
        Ok((made, findings)) => {
            let texts =
                sources.iter().zip(&made).map(|(source, made)| yaml::splice(source.text, made)).collect();
            let failed = has_errors(&findings);
            Output { texts, findings, failed }
        }
        Err(findings) => Output::failure(findings),
    }
}

/// What a check says, and of how much.
#[derive(Debug)]
pub struct Checked {
    /// What to say.
    pub findings: Vec<Finding>,
    /// How many objects there are.
    pub objects: usize,
    /// How many of them are of a kind that a rule looks at by itself.
    pub known: usize,
    /// How many instances they are of.
    pub instances: usize,
    /// How many rules were asked.
    pub rules: usize,
}

/// The rules alone, over manifests that nothing is done to; what the CRDs say of a kind's fields holds before our own
/// table. The error says why the manifests could not be read.
pub fn check(
    config: Option<&Source<'_>>,
    crds: &Crds<'_>,
    sources: &[Source<'_>],
) -> Result<Checked, Vec<Finding>> {
    let document = config.and_then(|config| Some((config, config.documents.first()?)));
    let read = document.map(|(config, document)| read_config(Seen::Alone(config), document)).transpose()?;
    let (fleet, levels) = match read {
        None => (FleetCheck::default(), Levels::default()),
        Some((Config::FleetCheck(fleet), levels)) => (fleet, levels),
        Some((Config::Instance(spec), levels)) => (FleetCheck::of(*spec), levels),
    };
    fleet::checked_by_rules(&fleet, &levels, crds, sources)
}

/// The splices of each source, and what there is to say.
type Made = (Vec<Vec<Splice>>, Vec<Finding>);

fn made((config, levels): (Config, Levels), sources: &[Source<'_>]) -> Result<Made, Vec<Finding>> {
    match config {
        Config::Instance(spec) => instance::transform(*spec, &levels, sources),
        Config::FleetCheck(fleet) => fleet::checked(&fleet, &levels, sources),
    }
}

fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// All objects of all sources, numbered through.
pub fn items<'a>(sources: impl IntoIterator<Item = &'a Source<'a>>) -> Result<Vec<Item<'a>>, Vec<Finding>> {
    let mut items = Vec::new();
    for (index, source) in sources.into_iter().enumerate() {
        let name = source.path.unwrap_or("stdin");
        let more = source.items(index, items.len()).map_err(|error| vec![unreadable(name, &error)])?;
        items.extend(more);
    }
    Ok(items)
}

/// The list with its edits and its results, or with its results alone.
fn listed(list: &Source<'_>, mut splices: Vec<Splice>, findings: Vec<Finding>) -> Output {
    let failed = has_errors(&findings);
    match results(list, &findings) {
        Ok(more) => splices.extend(more),
        Err(error) => return Output::failure(vec![unreadable("stdin", &error)]),
    }
    Output { texts: vec![yaml::splice(list.text, &splices)], findings, failed }
}
