//! One instance: planned, applied, read again and checked.

use super::failure::unreadable;
use super::{Made, has_errors, items};
use crate::config::{Instance, Spec};
use crate::context::Context;
use crate::inventory::Inventory;
use crate::krm::{Finding, Source};
use crate::model::Model;
use crate::plan::{Plan, splices};
use crate::rules::{self, Levels};
use crate::transform::TRANSFORMS;
use crate::yaml::{self, Splice};

/// Plans, applies and reads again; an error gives the findings alone.
pub(super) fn transform(spec: Spec, sources: &[Source<'_>]) -> Result<Made, Vec<Finding>> {
    let levels = Levels::new(&spec.rules).map_err(|finding| vec![*finding])?;
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
