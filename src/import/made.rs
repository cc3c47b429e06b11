//! Which objects an operator or the cluster made and would make again. Must not know what is in those that stay.

use crate::catalogue::kinds::CORE_OPENSTACK;
use crate::catalogue::named::DATA_PLANE_SERVICES;
use crate::catalogue::written::{
    BOUND, CONTROL_PLANES_SERVICE, ISSUED, LEADER, LOGGING_SERVICE, MADE, MADE_SECRETS, OPERATORS_SERVICE,
    PROVISIONED, VERSION,
};
use crate::find::value;
use crate::krm::Item;
use crate::path;
use crate::yaml::Node;

/// Why an object is left out; none for one that stays.
pub(super) fn why_left_out(item: &Item<'_>) -> Option<String> {
    if let Some(owner) = controller(item).filter(|_| !is_written_by_people(item)) {
        return Some(format!("{owner} owns it and makes it"));
    }
    if value(item.node, path!("metadata.deletionTimestamp")).is_some_and(|node| !node.is_null()) {
        return Some("it is being deleted".to_owned());
    }
    let row = MADE.iter().find(|row| row.fits(item.group(), item.kind, item.name()));
    row.map(|row| row.why).or_else(|| by_its_marks(item)).map(str::to_owned)
}

/// The controller among an object's owners, in words.
fn controller(item: &Item<'_>) -> Option<String> {
    let owners = value(item.node, path!("metadata.ownerReferences")).map(Node::items).unwrap_or_default();
    let owner = owners.iter().find(|owner| owner.get("controller").and_then(Node::as_bool) == Some(true))?;
    let word = |key: &str| owner.get(key).and_then(Node::text).unwrap_or_default();
    Some(format!("{} {}", word("kind"), word("name")))
}

/// The control plane owns its `OpenStackVersion`, also one in which a person has written images.
fn is_written_by_people(item: &Item<'_>) -> bool {
    let images = value(item.node, path!("spec.customContainerImages"));
    item.is(CORE_OPENSTACK, VERSION) && images.is_some_and(|images| !images.entries().is_empty())
}

fn by_its_marks(item: &Item<'_>) -> Option<&'static str> {
    match (item.group(), item.kind) {
        ("", "Service") => is_operators_service(item).then_some("OpenStack's operators make it"),
        ("", "ConfigMap") => item.annotation(LEADER).map(|_| "an operator elects its leader by it"),
        ("", "PersistentVolume") => item.annotation(PROVISIONED).map(|_| "its storage class made it"),
        ("", "PersistentVolumeClaim") => {
            is_of_a_stateful_set(item).then_some("by its name a StatefulSet makes it")
        }
        ("", "Secret") => secret(item),
        ("dataplane.openstack.org", "OpenStackDataPlaneService") => DATA_PLANE_SERVICES
            .contains(&item.name())
            .then_some("the operator makes its own services in each namespace of a node set"),
        _ => None,
    }
}

fn is_operators_service(item: &Item<'_>) -> bool {
    item.annotation(OPERATORS_SERVICE).is_some()
        || item.labels().contains_key(CONTROL_PLANES_SERVICE)
        || item.name().starts_with(LOGGING_SERVICE)
}

/// `TEMPLATE-SET-0`, bound: nobody but a `StatefulSet` numbers claims.
fn is_of_a_stateful_set(item: &Item<'_>) -> bool {
    let number = item.name().rsplit_once('-').map(|(_, number)| number);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    item.annotation(BOUND).is_some() && number.is_some_and(is_number)
}

fn secret(item: &Item<'_>) -> Option<&'static str> {
    let kind = value(item.node, path!("type")).and_then(Node::text).unwrap_or_default();
    let made = MADE_SECRETS.iter().find(|(of, _)| *of == kind).map(|(_, why)| *why);
    made.or_else(|| item.annotation(ISSUED).map(|_| "cert-manager issues it"))
}
