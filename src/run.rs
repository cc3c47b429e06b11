//! One run, pure: texts in, texts and findings out. Knows no stream, no file and no exit code.

use json_patch::{AddOperation, PatchOperation, RemoveOperation};

use crate::config::{self, ConfigError, Instance, Spec};
use crate::context::Context;
use crate::inventory::Inventory;
use crate::krm::{Finding, Form, Item, Severity, Source, results_value};
use crate::model::Model;
use crate::plan::{Plan, splices};
use crate::rules::{self, Levels};
use crate::transform::TRANSFORMS;
use crate::yaml::{self, Node, Position, Splice};

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
        Ok(source) if source.form == Form::ResourceList => source,
        Ok(_) => return Output::failure(vec![no_resource_list()]),
        Err(error) => return Output::failure(vec![unreadable("stdin", &error)]),
    };
    let sources = [source];
    let [list] = &sources;
    let Some(config) = list.function_config() else {
        return listed(list, Vec::new(), vec![no_config()]);
    };
    match read_config(text, config)
        .map_err(|finding| vec![*finding])
        .and_then(|spec| transform(spec, &sources))
    {
        Ok((mut splices, findings)) => listed(list, splices.pop().unwrap_or_default(), findings),
        Err(findings) => listed(list, Vec::new(), findings),
    }
}

/// A stream of documents with the config beside it: `eval`, and kustomize's legacy plugins.
#[must_use]
pub fn stream(config: &Source<'_>, sources: &[Source<'_>]) -> Output {
    let Some(document) = config.documents.first() else { return Output::failure(vec![no_config()]) };
    let made = read_config(config.text, document).map_err(|finding| vec![*finding]);
    match made.and_then(|spec| transform(spec, sources)) {
        Ok((made, findings)) => {
            let texts =
                sources.iter().zip(&made).map(|(source, made)| yaml::splice(source.text, made)).collect();
            Output { texts, findings, failed: false }
        }
        Err(findings) => Output::failure(findings),
    }
}

type Made = (Vec<Vec<Splice>>, Vec<Finding>);

/// Plans, applies and reads again; an error gives the findings alone.
fn transform(spec: Spec, sources: &[Source<'_>]) -> Result<Made, Vec<Finding>> {
    let levels = Levels::new(&spec).map_err(|finding| vec![*finding])?;
    let items = items(sources)?;
    let inventory = Inventory::new(&items);
    let instance = rules::settle(spec, &inventory).map_err(|finding| vec![*finding])?;
    let context = Context::new(&instance, &inventory);
    let mut plan = Plan::default();
    for step in TRANSFORMS {
        step(&context, &mut plan);
    }
    for rule in rules::plan::RULES {
        (rule.check)(&context, &mut plan);
    }
    let mut findings: Vec<Finding> =
        plan.take_findings().into_iter().filter_map(|finding| levels.applied(finding)).collect();
    findings.extend(levels.silenced());
    if has_errors(&findings) {
        return Err(findings);
    }
    let made = splices(&plan, sources, &items)?;
    findings.extend(checked(sources, &made, &instance, &levels)?);
    if has_errors(&findings) { Err(findings) } else { Ok((made, findings)) }
}

/// What the rules say of the list as it will be printed. Only a text that changes is read again.
fn checked(
    sources: &[Source<'_>],
    made: &[Vec<Splice>],
    instance: &Instance,
    levels: &Levels,
) -> Result<Vec<Finding>, Vec<Finding>> {
    let texts: Vec<Option<String>> = sources
        .iter()
        .zip(made)
        .map(|(source, made)| (!made.is_empty()).then(|| yaml::splice(source.text, made)))
        .collect();
    let mut printed = Vec::new();
    for (source, text) in sources.iter().zip(&texts) {
        let text = text.as_deref().unwrap_or_default();
        let again = Source::parse(source.path, text);
        printed.push(again.map_err(|error| vec![unreadable(source.path.unwrap_or("the output"), &error)])?);
    }
    let finished = sources.iter().zip(&printed).zip(&texts);
    let finished = finished.map(|((source, again), text)| if text.is_some() { again } else { source });
    let items = items(finished)?;
    let metallb = &instance.spec.metallb;
    let model = Model::new(&items).knowing(&metallb.namespace, &metallb.shared_pools);
    Ok(rules::check(&model, levels))
}

fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// All objects of all sources, numbered through.
fn items<'a>(sources: impl IntoIterator<Item = &'a Source<'a>>) -> Result<Vec<Item<'a>>, Vec<Finding>> {
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

/// The list's `results` made those of this run.
fn results(list: &Source<'_>, findings: &[Finding]) -> Result<Vec<Splice>, yaml::Error> {
    let Some(root) = list.documents.first() else { return Ok(Vec::new()) };
    let path = yaml::PointerBuf::from_tokens(["results"]);
    let operation = match (findings.is_empty(), root.get("results").is_some()) {
        (true, false) => return Ok(Vec::new()),
        (true, true) => PatchOperation::Remove(RemoveOperation { path }),
        (false, _) => PatchOperation::Add(AddOperation { path, value: results_value(findings) }),
    };
    if root.get("results").is_none() && ends_in_a_plain_line(list.text, root) {
        return results_behind(list.text, &operation);
    }
    yaml::edit(list.text, root, &[operation])
}

/// Whether what is appended to the text is the list's next key, whatever it holds.
fn ends_in_a_plain_line(text: &str, root: &Node<'_>) -> bool {
    let last_line = text.lines().next_back().unwrap_or_default();
    root.style == yaml::Style::Block
        && text.ends_with('\n')
        && !text.ends_with("\r\n")
        && root.span.start == text.len() - text.trim_start().len()
        && text.get(root.span.end..).is_some_and(|rest| rest.trim().is_empty())
        && !matches!(last_leaf(root).style, yaml::Style::Literal | yaml::Style::Folded)
        && !last_line.trim().is_empty()
}

fn last_leaf<'n, 't>(node: &'n Node<'t>) -> &'n Node<'t> {
    let last = node.entries().last().map(|entry| &entry.value).or_else(|| node.items().last());
    last.map_or(node, last_leaf)
}

/// The key proven on a list of its own and put behind the text, so that a long list is not read again for it.
fn results_behind(text: &str, operation: &PatchOperation) -> Result<Vec<Splice>, yaml::Error> {
    let alone = "kind: ResourceList\n";
    let documents = yaml::parse(alone)?;
    let Some(root) = documents.first() else { return Ok(Vec::new()) };
    let edited = yaml::splice(alone, &yaml::edit(alone, root, std::slice::from_ref(operation))?);
    let results = edited.strip_prefix(alone).unwrap_or_default().to_owned();
    Ok(vec![Splice { range: text.len()..text.len(), text: results }])
}

fn read_config(text: &str, node: &Node<'_>) -> Result<Spec, Box<Finding>> {
    config::read(node).map_err(|error| Box::new(config_finding(text, node, &error)))
}

/// The finding for a wrong field, with its place in the config's text where the field is there.
fn config_finding(text: &str, node: &Node<'_>, error: &ConfigError) -> Finding {
    let place = place(node, &error.field);
    let place = place.map(|node| format!(" ({})", Position::of(text, node.span.start)));
    let name = node.path(&["metadata", "name"]).and_then(Node::text).map(|name| format!(" {name:?}"));
    let (name, place) = (name.unwrap_or_default(), place.unwrap_or_default());
    Finding::error("config", format!("function config{name}: {error}{place}"))
}

/// The node at `spec.networks[0].to`.
fn place<'n, 't>(node: &'n Node<'t>, field: &str) -> Option<&'n Node<'t>> {
    let keys = field.split(['.', '[']).map(|key| key.trim_end_matches(']'));
    keys.into_iter().try_fold(node, |node, key| match key.parse::<usize>() {
        Ok(index) => node.items().get(index),
        Err(_) => node.get(key),
    })
}

fn unreadable(name: &str, error: &yaml::Error) -> Finding {
    Finding::error("unreadable", format!("{name}: {error}"))
}

fn no_resource_list() -> Finding {
    let message = "stdin holds no ResourceList of config.kubernetes.io v1, v1beta1 or v1alpha1; run the function by \
                   kustomize or kpt, or `multi-rhoso eval PATH… --config FILE` on plain manifests";
    Finding::error("no-resource-list", message)
}

fn no_config() -> Finding {
    let message = format!(
        "there is no function config; give an {} of {} with spec.namespace, or a ConfigMap with data.namespace",
        config::KIND,
        config::API_VERSION
    );
    Finding::error("no-config", message)
}
