//! Which instance a run is for: one control plane, in the instance's namespace.

use std::collections::BTreeMap;

use super::failure::config_finding;
use crate::config::{ConfigError, Instance, Spec};
use crate::find::place;
use crate::inventory::Inventory;
use crate::krm::{Finding, Item};
use crate::path;
use crate::rules::said;

/// Settles the instance's namespace from the config and the list.
pub(super) fn settle(spec: Spec, inventory: &Inventory<'_>) -> Result<Instance, Vec<Finding>> {
    let planes: BTreeMap<&str, &Item<'_>> =
        inventory.control_planes().filter_map(|plane| Some((plane.namespace()?, plane))).collect();
    if let (Some((first, _)), Some((last, plane))) = (planes.first_key_value(), planes.last_key_value())
        && first != last
    {
        let message = format!(
            "the list holds control planes in the namespaces {first} and {last}, and one run makes one instance; \
             give each its own overlay, or mark the one that is not meant with {}: \"true\"",
            crate::inventory::SHARED
        );
        return Err(vec![said::CONTROL_PLANES.finding(message).on(plane)]);
    }
    let plane = planes.first_key_value();
    let namespace = match (&spec.namespace, plane) {
        (Some(namespace), _) => namespace.clone(),
        (None, Some((namespace, _))) => (*namespace).to_owned(),
        (None, None) => return Err(vec![missing()]),
    };
    let from = spec.from.namespace.clone();
    match plane {
        Some((present, plane)) if *present != namespace && Some(*present) != from.as_deref() => {
            Err(vec![elsewhere(plane, present, &namespace)])
        }
        _ => {
            let is_implied = spec.namespace.is_none();
            let instance = Instance::new(spec, &namespace).map_err(|errors| wrong(&errors))?;
            match of_the_base(&instance).filter(|_| is_implied) {
                Some(error) => Err(wrong(&[error])),
                None => Ok(instance),
            }
        }
    }
}

fn wrong(errors: &[ConfigError]) -> Vec<Finding> {
    errors.iter().map(|error| config_finding("function config", error)).collect()
}

/// A namespace that nobody wrote and that is the base's own, while the network is to be another instance's.
fn of_the_base(instance: &Instance) -> Option<ConfigError> {
    let from = instance.spec.from.namespace.as_ref().filter(|from| **from == instance.namespace)?;
    instance.network.digest()?;
    let message = format!(
        "it is left out, and the control plane is in {from}, which spec.from.namespace says is the base's: addresses would \
         move and nothing else; write the instance's namespace ({from} itself, if the base is what moves)"
    );
    Some(ConfigError::new("spec.namespace", message))
}

fn missing() -> Finding {
    let message = "function config: spec.namespace: the instance's namespace is not given, and the list holds no \
                   OpenStackControlPlane with a namespace to take it from; set spec.namespace";
    said::NAMESPACE_MISSING.finding(message)
}

fn elsewhere(plane: &Item<'_>, present: &str, namespace: &str) -> Finding {
    let message = format!(
        "the control plane is in namespace {present}, but the instance is {namespace}, whose pools it could not use; \
         set spec.from.namespace: {present} to move it"
    );
    let place = &place(path!("metadata.namespace"));
    said::CONTROL_PLANE_NAMESPACE.finding(message).at(plane, place).proposing(namespace)
}
