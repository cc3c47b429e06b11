//! `FleetCheck`: the rules over a list that stays as it is, or that is not printed at all.

use json_patch::{PatchOperation, ReplaceOperation};
use serde_json::json;

use super::failure::unreadable;
use super::{Checked, Made, has_errors, items};
use crate::catalogue::crd::Crds;
use crate::config::{FleetCheck, FleetOutput};
use crate::find::place;
use crate::krm::{Finding, Source, SourceKind};
use crate::model::Model;
use crate::path;
use crate::rules::{self, Levels};
use crate::yaml::{self, Splice};

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
) -> Result<Made, Vec<Finding>> {
    let findings = checked_by_rules(fleet, levels, &Crds::default(), sources)?.findings;
    if has_errors(&findings) {
        return Err(findings);
    }
    let made: Result<Vec<Vec<Splice>>, Vec<Finding>> = match fleet.output {
        FleetOutput::List => Ok(sources.iter().map(|_| Vec::new()).collect()),
        FleetOutput::None => sources.iter().map(without_items).collect(),
    };
    Ok((made?, findings))
}

/// What takes the items out of a source: a `ResourceList` stays one, a stream becomes nothing.
fn without_items(source: &Source<'_>) -> Result<Vec<Splice>, Vec<Finding>> {
    let list = source.documents.first().filter(|_| source.kind == SourceKind::ResourceList);
    let Some(list) = list else {
        return Ok(vec![Splice { range: 0..source.text.len(), text: String::new() }]);
    };
    let path = place(path!("items"));
    let empty = PatchOperation::Replace(ReplaceOperation { path, value: json!([]) });
    yaml::edit(source.text, list, &[empty]).map_err(|error| vec![unreadable("stdin", &error)])
}
