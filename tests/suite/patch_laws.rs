//! The laws of `patch`'s documents, over all fixtures and manifests: what they make of an object is what a run prints of it,
//! and whoever touches before what they touch makes them fail.

use std::collections::BTreeMap;
use std::fs;

use json_patch::PatchOperation;
use json_patch::jsonptr::Pointer;
use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::written;
use multi_rhoso::krm::{ResourceRef, Source};
use multi_rhoso::run::{self, Action, Patched};
use serde_json::{Value, json};

use crate::corpus;
use crate::patch::cases;

/// The base's namespace stays, by the function's names and by the base's own.
const CONFIGS: [&str; 2] = [
    "{apiVersion: multi-rhoso.dev/v1alpha1, kind: OpenStackInstance, metadata: {name: a},\
     spec: {namespace: openstack, from: {namespace: openstack}}}",
    "{apiVersion: multi-rhoso.dev/v1alpha1, kind: OpenStackInstance, metadata: {name: a},\
     spec: {namespace: openstack, from: {namespace: openstack}, \
     names: {pool: '{name}', advertisement: '{name}', nodePolicy: '{name}'}}}",
];

/// The laws.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("patch_laws::documents_make_what_a_run_prints_of_fixtures", of_fixtures),
        Trial::test("patch_laws::documents_make_what_a_run_prints_of_manifests", of_manifests),
    ]
}

/// How much the laws have looked at.
#[derive(Default, Debug)]
struct Tally {
    runs: usize,
    patched: usize,
    made: usize,
    meddled: usize,
}

fn of_fixtures() -> Result<(), Failed> {
    let mut tally = Tally::default();
    for case in cases("") {
        let read = |name: &str| fs::read_to_string(case.join(name));
        let (Ok(manifests), Ok(config)) = (read("manifests.yaml"), read("config.yaml")) else { continue };
        for config in [Some(config.clone()), staying(&config)].into_iter().flatten() {
            holds(&config, &manifests, &mut tally).map_err(|wrong| format!("{}: {wrong}", case.display()))?;
        }
    }
    if tally.runs < 200 || tally.patched < 100 || tally.made < 50 || tally.meddled < 500 {
        return Err(format!("too little was looked at: {tally:?}").into());
    }
    Ok(())
}

/// The same config for a base whose namespace stays.
fn staying(config: &str) -> Option<String> {
    let mut config: Value = serde_yaml::from_str(config).ok()?;
    let from = config.pointer("/spec/from/namespace")?.clone();
    config.pointer_mut("/spec")?.as_object_mut()?.insert("namespace".to_owned(), from);
    Some(config.to_string())
}

fn of_manifests() -> Result<(), Failed> {
    let mut tally = Tally::default();
    for path in corpus::manifests() {
        let manifests = fs::read_to_string(&path)?;
        for config in CONFIGS {
            holds(config, &manifests, &mut tally).map_err(|wrong| format!("{}: {wrong}", path.display()))?;
        }
    }
    if tally.runs < 4 || tally.patched < 4 || tally.made < 4 {
        return Err(format!("too little was looked at: {tally:?}").into());
    }
    Ok(())
}

/// The objects of a text by who they are; none where some are twice.
fn objects(text: &str) -> Result<BTreeMap<ResourceRef, Value>, String> {
    let source = Source::parse(None, text).map_err(|error| error.to_string())?;
    let items = source.items(0, 0).map_err(|error| error.to_string())?;
    Ok(items.iter().map(|item| (item.reference(), item.node.to_value())).collect())
}

fn holds(config: &str, manifests: &str, tally: &mut Tally) -> Result<(), String> {
    let (Ok(config), Ok(source)) = (Source::parse(None, config), Source::parse(None, manifests)) else {
        return Ok(());
    };
    let sources = [source];
    let Ok(patched) = run::patch(&config, &sources) else { return Ok(()) };
    tally.runs += 1;
    let printed = run::stream(&config, &sources).texts.concat();
    let (before, after) = (objects(manifests)?, objects(&printed)?);
    makes_what_is_printed(&patched, &before, &after, tally)?;
    for step in &patched.steps {
        if let Action::Patch(document) = &step.action {
            nobody_meddles(&before[&step.object], document, tally)?;
        }
    }
    Ok(())
}

/// The steps done to the objects that are there give those that are printed.
fn makes_what_is_printed(
    patched: &Patched,
    before: &BTreeMap<ResourceRef, Value>,
    after: &BTreeMap<ResourceRef, Value>,
    tally: &mut Tally,
) -> Result<(), String> {
    let mut made = before.clone();
    for step in &patched.steps {
        let old = || before.get(&step.object).ok_or_else(|| format!("{} is not there", step.object));
        match &step.action {
            Action::Patch(document) => {
                tally.patched += 1;
                let new = applied(old()?, document).map_err(|wrong| format!("{}: {wrong}", step.object))?;
                made.insert(step.object.clone(), new);
            }
            Action::Create(new) => drop(made.insert(reference(new), new.clone())),
            Action::Delete { tests } => {
                applied(old()?, tests)?;
                made.remove(&step.object);
            }
            Action::Replace { tests, new } => {
                tally.made += 1;
                applied(old()?, tests)?;
                made.remove(&step.object);
                made.insert(reference(new), new.clone());
            }
        }
    }
    for (reference, expected) in after {
        let is_owned = patched.owned.iter().any(|owned| owned.object == *reference);
        // An object without a namespace is patched in the one that it gets.
        let unset = ResourceRef { namespace: None, ..reference.clone() };
        let Some(got) = made.get(reference).or_else(|| made.get(&unset)) else {
            return Err(format!("{reference} is not made"));
        };
        if !is_owned && bare(got) != bare(expected) {
            return Err(format!("{reference}: made {:#}\nprinted {:#}", bare(got), bare(expected)));
        }
    }
    Ok(())
}

fn reference(object: &Value) -> ResourceRef {
    let word = |place: &str| object.pointer(place).and_then(Value::as_str).map(str::to_owned);
    ResourceRef {
        api_version: word("/apiVersion").unwrap_or_default(),
        kind: word("/kind").unwrap_or_default(),
        name: word("/metadata/name").unwrap_or_default(),
        namespace: word("/metadata/namespace"),
    }
}

/// An object without what programs write of it, and without its namespace, which is in its reference.
fn bare(object: &Value) -> Value {
    let mut object = object.clone();
    for field in written::of_every_object().chain([vec!["metadata", "namespace"]]) {
        let (last, above) = field.split_last().expect("a field");
        let parent = above.iter().try_fold(&mut object, |value, key| value.get_mut(key));
        parent.and_then(Value::as_object_mut).and_then(|parent| parent.remove(*last));
    }
    if let Some(annotations) = object.pointer_mut("/metadata/annotations").and_then(Value::as_object_mut) {
        annotations.retain(|key, _| !written::is_written(key));
    }
    object
}

/// A document applied as the API server does: by the crate, and a `test` for null holds where nothing is.
fn applied(object: &Value, document: &[PatchOperation]) -> Result<Value, String> {
    let mut object = object.clone();
    let first = document.iter().position(|operation| !matches!(operation, PatchOperation::Test(_)));
    let (tests, changes) = document.split_at(first.unwrap_or(document.len()));
    if changes.iter().any(|operation| matches!(operation, PatchOperation::Test(_))) {
        return Err("a test stands behind a change".to_owned());
    }
    for test in tests {
        let PatchOperation::Test(test) = test else { continue };
        let absent = object.pointer(test.path.as_str()).is_none();
        if !(absent && test.value.is_null()) {
            let test = PatchOperation::Test(test.clone());
            json_patch::patch(&mut object, &[test]).map_err(|error| error.to_string())?;
        }
    }
    json_patch::patch(&mut object, changes).map_err(|error| error.to_string())?;
    Ok(object)
}

/// Each place that is changed, changed by somebody else before; and each list on the way in another order.
fn nobody_meddles(object: &Value, document: &[PatchOperation], tally: &mut Tally) -> Result<(), String> {
    let changes = document.iter().filter(|operation| !matches!(operation, PatchOperation::Test(_)));
    let mut meddled: Vec<Value> = Vec::new();
    for change in changes {
        let place = match change {
            PatchOperation::Move(change) => change.from.as_ptr(),
            other => other.path(),
        };
        meddled.extend(reordered(object, place));
        let place = change.path();
        meddled.extend(touched(object, place));
        if matches!(change, PatchOperation::Remove(_)) {
            let mut gone = object.clone();
            drop(json_patch::patch(&mut gone, std::slice::from_ref(change)));
            meddled.push(gone);
        }
    }
    if let Some(other) = object.pointer("/metadata/uid").map(|_| {
        let mut other = object.clone();
        other["metadata"]["uid"] = json!("another");
        other
    }) {
        meddled.push(other);
    }
    tally.meddled += meddled.len();
    match meddled.iter().find(|meddled| applied(meddled, document).is_ok()) {
        Some(meddled) => Err(format!("this is patched by {document:?}:\n{meddled:#}")),
        None => Ok(()),
    }
}

/// The object with something else at a place: another value, or one where none was.
fn touched(object: &Value, place: &Pointer) -> Option<Value> {
    let mut object = object.clone();
    let (above, last) = place.split_back()?;
    match object.pointer_mut(above.as_str())? {
        Value::Array(list) if last.decoded() == "-" => list.push(json!("meddled")),
        Value::Array(list) => list[last.decoded().parse::<usize>().ok()?] = json!("meddled"),
        Value::Object(map) => drop(map.insert(last.decoded().into_owned(), json!("meddled"))),
        _ => return None,
    }
    Some(object)
}

/// The object with the element on the way exchanged for the next one, in each list on the way.
fn reordered(object: &Value, place: &Pointer) -> Vec<Value> {
    let above: Vec<&Pointer> = std::iter::successors(place.parent(), |above| above.parent()).collect();
    let exchanged = |element: &&Pointer| {
        let mut object = object.clone();
        let (list, index) = element.split_back()?;
        let list = object.pointer_mut(list.as_str())?.as_array_mut()?;
        let index: usize = index.decoded().parse().ok()?;
        let other = if index + 1 < list.len() { index + 1 } else { 0 };
        if list[index] == list[other] {
            return None;
        }
        list.swap(index, other);
        Some(object)
    };
    above.iter().filter_map(exchanged).collect()
}
