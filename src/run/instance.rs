//! One instance: planned, applied, read again and checked.

use super::reread::{self, Texts};
use super::{Made, has_errors, items};
use crate::config::{Instance, Spec};
use crate::context::Context;
use crate::inventory::Inventory;
use crate::krm::{Finding, Item, Source};
use crate::model::Model;
use crate::plan::{Plan, splices};
use crate::rules::{self, Levels};
use crate::transform::TRANSFORMS;

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
    let again = reread::texts(sources, &items, &made);
    findings.extend(checked(sources, &items, &again, &instance, &levels)?);
    if has_errors(&findings) {
        Err(findings)
    } else {
        Ok((reread::by_source(sources, &items, &made), findings))
    }
}

/// What the rules say of the list as it will be printed.
fn checked(
    sources: &[Source<'_>],
    old: &[Item<'_>],
    again: &Texts,
    instance: &Instance,
    levels: &Levels,
) -> Result<Vec<Finding>, Vec<Finding>> {
    match again {
        Texts::Alone(texts) => {
            let trees = reread::trees(texts)?;
            Ok(said(&reread::renewed(old, &trees), instance, levels))
        }
        Texts::Whole(texts) => Ok(said(&items(&reread::sources(sources, texts)?)?, instance, levels)),
    }
}

fn said(items: &[Item<'_>], instance: &Instance, levels: &Levels) -> Vec<Finding> {
    let metallb = &instance.spec.metallb;
    rules::check(&Model::new(items).knowing(&metallb.namespace, &metallb.shared_pools), levels)
}
