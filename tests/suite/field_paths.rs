//! The paths of the table of fields: no two lead to one place, and each is a path of its kind's CRD.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::fields::{FIELDS, Field};
use multi_rhoso::find::select;
use multi_rhoso::krm::{Item, Source};
use multi_rhoso::path::Segment;
use serde_json::Value;

use crate::fields::{applies, ends};
use crate::{corpus, golden};

/// Fields that no CRD has any more, or that only the operators' samples have: the operators drop them, and people keep them.
const DROPPED: [&str; 2] = ["spec.**.loadBalancerIPs.[]", "spec.telemetry.template.logging.ipaddr"];

/// All tests of the paths.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test("fields::no_two_rows_lead_to_one_place", one_row_for_a_place)];
    if let Some(corpus) = corpus::directory() {
        trials.push(Trial::test("fields::every_path_is_in_its_crd", move || in_crds(&corpus.join("crds"))));
    }
    trials
}

fn one_row_for_a_place() -> Result<(), Failed> {
    let inputs = golden::fixtures().into_iter().filter_map(|fixture| Some(fixture.input()?.0));
    for path in inputs.chain(corpus::manifests()) {
        let text = fs::read_to_string(&path)?;
        let Ok(source) = Source::parse(None, &text) else { continue };
        for item in source.items(0, 0).unwrap_or_default() {
            let mut seen = BTreeSet::new();
            let places = FIELDS.iter().filter(|row| applies(row, &item)).flat_map(|row| places(row, &item));
            if let Some(twice) = places.into_iter().find(|place| !seen.insert(place.clone())) {
                let message = format!("{}: two rows lead to {twice} of {}", path.display(), item.reference());
                return Err(message.into());
            }
        }
    }
    Ok(())
}

fn places(row: &Field, item: &Item<'_>) -> Vec<String> {
    let parts = select(item.node, row.path).into_iter();
    parts.flat_map(|part| ends(part.pointer, row.syntax)).map(|place| place.to_string()).collect()
}

fn in_crds(directory: &Path) -> Result<(), Failed> {
    let mut seen = 0;
    for path in corpus::files(directory) {
        let crd: Value = serde_yaml::from_str(&fs::read_to_string(&path)?)?;
        let word = |pointer: &str| crd.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let (group, kind) = (word("/spec/group"), word("/spec/names/kind"));
        let versions = crd.pointer("/spec/versions").and_then(Value::as_array).cloned().unwrap_or_default();
        let schemas: Vec<&Value> =
            versions.iter().filter_map(|version| version.pointer("/schema/openAPIV3Schema")).collect();
        for row in FIELDS.iter().filter(|row| row.group == group && row.kind == kind) {
            // `metadata` is Kubernetes' own, and no CRD's.
            let is_there = matches!(row.path.segments(), [Segment::Key("metadata"), ..])
                || schemas.iter().any(|schema| leads_somewhere(schema, row.path.segments()));
            if !is_there && !DROPPED.contains(&row.path.to_string().as_str()) {
                return Err(format!("{kind} has no {}", row.path).into());
            }
            seen += 1;
        }
    }
    if seen > 50 { Ok(()) } else { Err(format!("only {seen} rows were looked at").into()) }
}

/// Whether a path leads to anything that a schema lets in.
fn leads_somewhere(schema: &Value, segments: &[Segment]) -> bool {
    let Some((segment, rest)) = segments.split_first() else { return true };
    if schema.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(true)) {
        return true;
    }
    let properties = || schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let any = schema.get("additionalProperties").into_iter().filter(|value| value.is_object());
    let mut values = properties().map(|(_, value)| value).chain(any);
    match segment {
        Segment::Key(key) => {
            let own = properties().find(|(name, _)| name == key).map(|(_, value)| value);
            own.or_else(|| schema.get("additionalProperties")).is_some_and(|it| leads_somewhere(it, rest))
        }
        Segment::AnyKey(_) => values.any(|value| leads_somewhere(value, rest)),
        Segment::AnyItem(_) => schema.get("items").is_some_and(|items| leads_somewhere(items, rest)),
        Segment::Anywhere => {
            leads_somewhere(schema, rest)
                || values.chain(schema.get("items")).any(|value| leads_somewhere(value, segments))
        }
    }
}
