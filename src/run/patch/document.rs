//! An RFC 6902 document for an object that somebody else may change meanwhile: it tests all that it was made from, then
//! changes. It must not know what the object is.

use std::collections::BTreeSet;

use json_patch::{AddOperation, PatchOperation, ReplaceOperation, TestOperation};
use serde_json::Value;

use crate::catalogue::written;
use crate::yaml::{Pointer, PointerBuf};

const UID: &Pointer = Pointer::from_static("/metadata/uid");

/// The operations with what they rely on tested before. Of what is added it is tested that nothing stands there: the API
/// server takes a `test` for null as that.
pub(super) fn document(object: &Value, changes: Vec<PatchOperation>) -> Vec<PatchOperation> {
    let mut tests = Tests::default();
    tests.identity(object);
    for change in &changes {
        let place = match change {
            PatchOperation::Move(change) => change.from.as_ptr(),
            other => other.path(),
        };
        tests.identities(object, place);
        match change {
            PatchOperation::Add(_) if is_end(place) => {
                place.parent().into_iter().for_each(|list| tests.state(object, list));
            }
            // Its value goes with it, whatever that is; what has the new name already goes before it.
            PatchOperation::Move(change) => tests.absence(object, &change.path),
            _ => tests.state(object, place),
        }
    }
    let changes = changes.into_iter().map(|change| taking_null(object, change));
    tests.finished().chain(changes).collect()
}

/// That an object is as it was, whatever programs write of it.
pub(super) fn unchanged(object: &Value) -> Vec<PatchOperation> {
    let mut tests = Tests::default();
    tests.identity(object);
    let keys = object.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    for key in keys.filter(|key| !["apiVersion", "kind", "metadata", "status"].contains(key)) {
        tests.state(object, &PointerBuf::from_tokens([key]));
    }
    tests.finished().collect()
}

/// What is tested, in order.
#[derive(Default)]
struct Tests {
    all: Vec<(PointerBuf, Value)>,
    places: BTreeSet<String>,
}

impl Tests {
    fn add(&mut self, place: &Pointer, value: Value) {
        if self.places.insert(place.as_str().to_owned()) {
            self.all.push((place.to_buf(), value));
        }
    }

    /// That it is the object that was read, where the API server has given it an identity.
    fn identity(&mut self, object: &Value) {
        if let Some(uid) = object.pointer(UID.as_str()) {
            self.add(UID, uid.clone());
        }
    }

    /// That a place is as it was.
    fn state(&mut self, object: &Value, place: &Pointer) {
        let value = object.pointer(place.as_str()).cloned();
        self.add(place, value.unwrap_or_default());
    }

    /// That nothing stands at a place.
    fn absence(&mut self, object: &Value, place: &Pointer) {
        if object.pointer(place.as_str()).is_none() {
            self.add(place, Value::Null);
        }
    }

    /// That the elements of lists on the way are those that they were: by their names, or whole.
    fn identities(&mut self, object: &Value, place: &Pointer) {
        let mut above: Vec<&Pointer> =
            std::iter::successors(place.parent(), |above| above.parent()).collect();
        above.reverse();
        for (list, element) in above.iter().zip(above.iter().skip(1)) {
            let is_list = object.pointer(list.as_str()).is_some_and(Value::is_array);
            let Some(value) = object.pointer(element.as_str()).filter(|_| is_list) else { continue };
            match value.get("name") {
                Some(name) if name.is_string() => {
                    self.add(&element.with_trailing_token("name"), name.clone());
                }
                _ => self.add(element, value.clone()),
            }
        }
    }

    /// All but those of places in what is tested whole.
    fn finished(self) -> impl Iterator<Item = PatchOperation> {
        let Self { all, places } = self;
        let is_within = move |place: &Pointer| {
            std::iter::successors(place.parent(), |above| above.parent())
                .any(|above| places.contains(above.as_str()))
        };
        let tests = all.into_iter().filter(move |(place, _)| !is_within(place));
        tests.map(|(path, value)| PatchOperation::Test(TestOperation { path, value }))
    }
}

fn is_end(place: &Pointer) -> bool {
    place.last().is_some_and(|token| token.decoded() == "-")
}

/// What takes the place of a null is added: the API server stores no null, so that there is nothing to replace.
fn taking_null(object: &Value, change: PatchOperation) -> PatchOperation {
    match change {
        PatchOperation::Replace(ReplaceOperation { path, value })
            if object.pointer(path.as_str()).is_some_and(Value::is_null) =>
        {
            PatchOperation::Add(AddOperation { path, value })
        }
        other => other,
    }
}

/// Whether an operation is about what programs write.
pub(super) fn is_written(operation: &PatchOperation) -> bool {
    let keys: Vec<String> = operation.path().tokens().map(|token| token.decoded().into_owned()).collect();
    let is_field =
        |field: Vec<&str>| keys.len() >= field.len() && keys.iter().zip(field).all(|(key, of)| key == of);
    let annotation = match keys.as_slice() {
        [metadata, annotations, key, ..] if metadata == "metadata" && annotations == "annotations" => {
            Some(key)
        }
        _ => None,
    };
    written::of_every_object().any(is_field) || annotation.is_some_and(|key| written::is_written(key))
}

/// An object to be created: changed, and without what programs have written of the old one.
pub(super) fn made_anew(mut object: Value, changes: &[PatchOperation]) -> Value {
    // The run has made the same changes, and proven them.
    json_patch::patch(&mut object, changes).unwrap_or_default();
    for field in written::of_every_object() {
        let Some((last, above)) = field.split_last() else { continue };
        let parent = above.iter().try_fold(&mut object, |value, key| value.get_mut(key));
        if let Some(parent) = parent.and_then(Value::as_object_mut) {
            parent.shift_remove(*last);
        }
    }
    if let Some(annotations) = object.pointer_mut("/metadata/annotations").and_then(Value::as_object_mut) {
        annotations.retain(|key, _| !written::is_written(key));
    }
    object
}
