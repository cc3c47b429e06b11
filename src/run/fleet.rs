//! `FleetCheck`: the rules over a list that stays as it is, or that is not printed at all.

use super::print::{self, Printed};
use super::{Checked, Made, has_errors, items};
use crate::catalogue::crd::Crds;
use crate::config::{FleetCheck, FleetOutput};
use crate::krm::{Finding, Source};
use crate::model::Model;
use crate::rules::{self, Levels};

/// What the rules say of a list.
pub(super) fn checked_by_rules(
    fleet: &FleetCheck,
    levels: &Levels,
    crds: &Crds<'_>,
    sources: &[Source<'_>],
) -> Result<Checked, Vec<Finding>> {
    let items = items(sources)?;
    let model = Model::new(&items).knowing(&fleet.metallb.namespace, &fleet.metallb.shared_pools);
    let model = model.with_crds(crds);
    let mut findings = rules::check(&model, levels);
    findings.extend(levels.silenced());
    Ok(Checked {
        findings,
        objects: model.objects.len(),
        known: model.objects.iter().filter(|item| model.is_looked_at(item)).count(),
        instances: model.claims().instances.len(),
        rules: levels.asked(),
    })
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
        FleetOutput::List => print::texts(printed, sources, &[], &findings),
        FleetOutput::None => print::emptied(printed, sources, &findings),
    };
    Ok((texts?, findings))
}
