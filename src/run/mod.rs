//! One run, pure: texts in, texts and findings out. Knows no stream, no file and no exit code.

mod beside;
mod explain;
mod failure;
mod fleet;
mod instance;
mod left_out;
mod patch;
mod plans;
mod print;
mod results;
mod settle;
mod shared;

use crate::catalogue::crd::Crds;
use crate::config::{Config, FleetCheck, Planned, Sharing};
use crate::krm::{Finding, Item, Severity, Source, SourceKind};
use crate::rules::Levels;

pub use explain::{Change as ExplainedChange, Explained, Moved, NOT_SHOWN, Staying, explain};
use failure::{Seen, config_document, levels_of, no_config, no_resource_list, read_config, unreadable};
use left_out::LeftOut;
pub use patch::{Action, Interrupts, MEASURED, Measured, Owned, Patched, Step, patch};
pub use plans::{long_config, plan_item, read_ready};
use print::Printed;

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
    let made = match list.function_config() {
        None => Err(vec![no_config()]),
        Some(config) => {
            read_config(Seen::InAList, config).and_then(|config| made(config, &sources, Printed::List))
        }
    };
    match made {
        Ok((texts, findings)) => Output { texts, failed: has_errors(&findings), findings },
        Err(findings) => unchanged(&sources, findings),
    }
}

/// The list with the results alone; where it cannot even be printed so, nothing.
fn unchanged(list: &[Source<'_>], mut findings: Vec<Finding>) -> Output {
    match print::texts(Printed::List, list, &[], &LeftOut::default(), &findings) {
        Ok(texts) => Output { texts, failed: has_errors(&findings), findings },
        Err(more) => {
            let new: Vec<Finding> = more.into_iter().filter(|finding| !findings.contains(finding)).collect();
            findings.extend(new);
            Output::failure(findings)
        }
    }
}

/// A stream of documents with the config beside it: `eval`, and kustomize's legacy plugins.
#[must_use]
pub fn stream(config: &Source<'_>, sources: &[Source<'_>]) -> Output {
    documents(config, sources, Printed::Documents)
}

/// The same as files that take the places of those that were read.
#[must_use]
pub fn files(config: &Source<'_>, sources: &[Source<'_>]) -> Output {
    documents(config, sources, Printed::Files)
}

fn documents(config: &Source<'_>, sources: &[Source<'_>], printed: Printed) -> Output {
    let document = config_document(config).and_then(|document| document.ok_or_else(|| vec![no_config()]));
    let read = document.and_then(|document| read_config(Seen::Alone(config), document));
    match read.and_then(|config| made(config, sources, printed)) {
        Ok((texts, findings)) => Output { texts, failed: has_errors(&findings), findings },
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
    let read = |config: &Source<'_>| {
        let document = config_document(config)?;
        document.map(|document| read_config(Seen::Alone(config), document)).transpose()
    };
    let (fleet, levels) = match config.map(read).transpose()?.flatten() {
        None => (FleetCheck::default(), Levels::default()),
        Some((Config::FleetCheck(fleet), levels)) => (fleet, levels),
        Some((Config::Instance(spec) | Config::Planned(Planned { spec, .. }), levels)) => {
            (FleetCheck::of(*spec), levels)
        }
        Some((Config::SharedObjects(_), levels)) => (FleetCheck::default(), levels),
    };
    fleet::checked_by_rules(&fleet, &levels, crds, sources)
}

/// The text of each source, and what there is to say.
type Made = (Vec<String>, Vec<Finding>);

fn made(
    (config, levels): (Config, Levels),
    sources: &[Source<'_>],
    printed: Printed,
) -> Result<Made, Vec<Finding>> {
    match config {
        Config::Instance(spec) => {
            let unnamed =
                plans::unnamed(&items(sources)?, spec.namespace.as_deref().unwrap_or("the instance"));
            let said = levels.applied(unnamed.into_iter().collect());
            instance::transform((*spec, Sharing::Each), &levels, sources, printed, said)
        }
        Config::Planned(planned) => {
            let (spec, sharing) = plans::completed(&planned, &items(sources)?)?;
            let levels = levels_of(&spec.rules)?;
            instance::transform((spec, sharing), &levels, sources, printed, Vec::new())
        }
        Config::FleetCheck(fleet) => fleet::checked(&fleet, &levels, sources, printed),
        Config::SharedObjects(config) => shared::transform(&config, &levels, sources, printed),
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
