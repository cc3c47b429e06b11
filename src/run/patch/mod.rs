//! What a run would change, as what is to be done to objects of a live cluster: RFC 6902 documents, objects that are made
//! anew, and in which order. Nothing is changed. It must not know how a step is printed, nor by which command it is done.

mod document;
mod interrupts;
mod order;

use json_patch::PatchOperation;
use serde_json::Value;

use super::beside::in_context;
use super::failure::config_finding;
use crate::change::{Changes, operations};
use crate::config::ConfigError;
use crate::context::Context;
use crate::krm::{Finding, Item, ResourceRef, Source};
use crate::transform::TRANSFORMS;
use crate::yaml::Node;

use document::{document, is_written, made_anew, unchanged};
pub use interrupts::{Interrupts, MEASURED, Measured};
use order::{Phase, phase};

/// What is to be done to a cluster.
#[derive(Debug)]
pub struct Patched {
    /// The instance's namespace.
    pub instance: String,
    /// How many objects there are.
    pub objects: usize,
    /// In this order.
    pub steps: Vec<Step>,
    /// Objects that would change and are written by another object's operator.
    pub owned: Vec<Owned>,
    /// What the run has to say.
    pub findings: Vec<Finding>,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The object: the one that is there, unless it is created.
    pub object: ResourceRef,
    /// What is done.
    pub action: Action,
    /// All that it interrupts.
    pub interrupts: Vec<Interrupts>,
}

/// What is done to an object.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// It is patched: all tests, then what changes.
    Patch(Vec<PatchOperation>),
    /// It is made.
    Create(Value),
    /// It goes, if it is as it was, and at once another comes, which the API server takes only then.
    Replace {
        /// That it is as it was.
        tests: Vec<PatchOperation>,
        /// The other.
        new: Value,
    },
    /// It goes, if it is as it was.
    Delete {
        /// That it is.
        tests: Vec<PatchOperation>,
    },
}

/// An object that is left to who writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Owned {
    /// The object.
    pub object: ResourceRef,
    /// Its controller: kind and name.
    pub owner: String,
}

/// The steps that make live objects what a run by the config would print; or why there are none.
pub fn patch(config: &Source<'_>, sources: &[Source<'_>]) -> Result<Patched, Vec<Finding>> {
    in_context(config, sources, |context, _, findings| {
        let mut changes = Changes::default();
        for step in TRANSFORMS {
            (step.run)(context, &mut changes);
        }
        let (mut steps, mut owned) = (Vec::new(), Vec::new());
        for item in context.inventory.own.iter().filter(|item| !changes.leaves_out(item)) {
            let operations = planned(item, &changes);
            if operations.is_empty() {
                continue;
            }
            match owner(item.node) {
                Some(owner) => owned.push(Owned { object: item.reference(), owner }),
                None => steps.extend(of_item(context, &changes, item, operations)?),
            }
        }
        steps.sort_by_key(|(phase, _)| *phase);
        Ok(Patched {
            instance: context.instance.namespace.clone(),
            objects: context.inventory.own.len() + context.inventory.shared.len(),
            steps: steps.into_iter().map(|(_, step)| step).collect(),
            owned,
            findings,
        })
    })?
}

/// What a run does to an object, but for what programs write of it and for a namespace that nobody has written.
fn planned(item: &Item<'_>, changes: &Changes) -> Vec<PatchOperation> {
    let Some(edits) = changes.edits(item) else { return Vec::new() };
    let mut operations = operations(item.node, edits.clone());
    let is_filled = |operation: &PatchOperation| {
        item.namespace().is_none() && operation.path().as_str() == "/metadata/namespace"
    };
    operations.retain(|operation| !is_written(operation) && !is_filled(operation));
    operations
}

/// The controller that writes an object.
fn owner(object: &Node<'_>) -> Option<String> {
    let owners = object.get("metadata")?.get("ownerReferences")?.items();
    let controller =
        owners.iter().find(|owner| owner.get("controller").is_some_and(|it| it.is(&true.into())))?;
    let word = |key: &str| controller.get(key).and_then(Node::text).unwrap_or_default();
    Some(format!("{} {}", word("kind"), word("name")))
}

fn of_item(
    context: &Context<'_>,
    changes: &Changes,
    item: &Item<'_>,
    operations: Vec<PatchOperation>,
) -> Result<Vec<(Phase, Step)>, Vec<Finding>> {
    let (name, namespace) = (changes.name(item), changes.namespace(item));
    if item.namespace().is_some_and(|now| Some(now) != namespace) || is_anothers(context, item, name) {
        return Err(vec![all_new(context, item)]);
    }
    if name == item.name() {
        let interrupts = Interrupts::of_patch(item, &operations);
        let patch = Action::Patch(document(&item.node.to_value(), operations));
        return Ok(vec![step(item, item.reference(), patch, interrupts)]);
    }
    let object = item.node.to_value();
    let tests = unchanged(&object);
    let new = made_anew(object, &operations);
    if let Some(interrupts) = Interrupts::of_replacement(item) {
        return Ok(vec![step(item, item.reference(), Action::Replace { tests, new }, vec![interrupts])]);
    }
    let named = ResourceRef { name: name.to_owned(), ..item.reference() };
    let interrupts = Interrupts::of_another_name(item);
    Ok(vec![
        step(item, named, Action::Create(new), vec![interrupts]),
        step(item, item.reference(), Action::Delete { tests }, vec![interrupts]),
    ])
}

fn step(item: &Item<'_>, object: ResourceRef, action: Action, interrupts: Vec<Interrupts>) -> (Phase, Step) {
    (phase(item, &action), Step { object, action, interrupts })
}

/// Whether an object gets a name of an instance in another namespace, beside the one that has it now.
fn is_anothers(context: &Context<'_>, item: &Item<'_>, name: &str) -> bool {
    let is_elsewhere =
        context.instance.from.as_deref().is_some_and(|from| from != context.instance.namespace);
    name != item.name() && is_elsewhere
}

fn all_new(context: &Context<'_>, item: &Item<'_>) -> Finding {
    let message = format!(
        "{} would be a new object of instance {}, and the one that is there stays: nothing of it can be patched; apply what \
         `multi-rhoso eval PATH… --config FILE` prints (`patch` is for a running instance, whose namespace stays: \
         spec.namespace equals spec.from.namespace)",
        item.reference(),
        context.instance.namespace
    );
    config_finding("function config", &ConfigError::new("spec.namespace", message))
}
