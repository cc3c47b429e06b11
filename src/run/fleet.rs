//! `FleetCheck`: the rules over a list that stays as it is, or that is not printed at all.

use std::collections::BTreeMap;

use super::left_out::LeftOut;
use super::print::{self, Printed};
use super::{Checked, Made, has_errors, items, plans};
use crate::catalogue::crd::Crds;
use crate::config::{FleetCheck, FleetOutput};
use crate::krm::{Finding, Item, Source};
use crate::model::{Identity, Model, identity};
use crate::rules::{self, Levels};

/// What the rules say of a list.
pub(super) fn checked_by_rules(
    fleet: &FleetCheck,
    levels: &Levels,
    crds: &Crds<'_>,
    sources: &[Source<'_>],
) -> Result<Checked, Vec<Finding>> {
    let items = in_the_end(&items(sources)?, sources);
    let model = Model::new(&items).knowing(&fleet.metallb.namespace, &fleet.metallb.shared_pools);
    let model = model.with_crds(crds);
    let mut findings = plans::findings(&items, levels);
    findings.extend(rules::check(&model, levels));
    findings.extend(levels.silenced());
    Ok(Checked {
        findings,
        objects: model.objects.len(),
        known: model.objects.iter().filter(|item| model.is_looked_at(item)).count(),
        instances: model.claims().instances.len(),
        rules: levels.asked(),
    })
}

/// What the cluster has when all stages are applied: of an object that several define, the last one's definition. Within
/// one stage all stay, as nothing says which of them wins.
fn in_the_end<'a>(items: &[Item<'a>], sources: &[Source<'_>]) -> Vec<Item<'a>> {
    let stage = |item: &Item<'_>| sources.get(item.source).map_or(0, |source| source.stage);
    let mut last: BTreeMap<Identity<'_>, Item<'a>> = BTreeMap::new();
    for item in items {
        let known = last.entry(identity(item)).or_insert(*item);
        if stage(known) < stage(item) {
            *known = *item;
        }
    }
    let is_last = |item: &Item<'_>| last.get(&identity(item)).is_none_or(|last| stage(last) == stage(item));
    items.iter().filter(|item| item.name().is_empty() || is_last(item)).copied().collect()
}

/// The list untouched with what the rules say. A validator prints no item: kustomize takes a printed list for a change.
pub(super) fn checked(
    fleet: &FleetCheck,
    levels: &Levels,
    sources: &[Source<'_>],
    printed: Printed,
) -> Result<Made, Vec<Finding>> {
    let findings = checked_by_rules(fleet, levels, &Crds::default(), sources)?.findings;
    if has_errors(&findings) {
        return Err(findings);
    }
    let texts = match fleet.output {
        FleetOutput::List => print::texts(printed, sources, &[], &LeftOut::default(), &findings),
        FleetOutput::None => print::emptied(printed, sources, &findings),
    };
    Ok((texts?, findings))
}
