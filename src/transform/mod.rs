//! One file for each thing that changes: `fn(&Context, &mut Changes)`.
//!
//! A transform reads the list and writes edits; it never sees a text and never applies anything. The order is that
//! of the slice: later ones see earlier ones' edits through the changes.

mod advertisements;
mod annotations;
mod cluster_objects;
mod everyones;
mod external_endpoints;
mod host_names;
mod hosts;
mod inject;
mod metallb_namespace;
mod name_references;
mod namespaces;
mod network;
mod network_attachments;
mod node_policies;
mod ownership;
mod peers;
mod pools;
mod references;

use crate::change::Changes;
use crate::context::Context;

pub use node_policies::with_sharers;

/// One transform.
pub type Transform = fn(&Context<'_>, &mut Changes);

/// A transform, and in a few words why it changes what it changes.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Why, as it is explained to people.
    pub why: &'static str,
    /// What does it.
    pub run: Transform,
}

const fn step(why: &'static str, run: Transform) -> Step {
    Step { why, run }
}

/// All transforms in their order.
pub const TRANSFORMS: &[Step] = &[
    step("pools of the instance's own", pools::transform),
    step("advertises the instance's own pools", advertisements::transform),
    step("BGP peers of the instance's own", peers::transform),
    step("node policies of the instance's own", node_policies::transform),
    step("asks for the instance's own pool", annotations::transform),
    step("field that operators no longer read", external_endpoints::transform),
    step("endpoint would draw from any pool", inject::transform),
    step("lives in the instance's namespace", namespaces::transform),
    step("MetalLB reads its own namespace only", metallb_namespace::transform),
    step("names the instance's namespace", references::transform),
    step("attaches pods to the instance's networks", network_attachments::transform),
    step("host name in the instance's namespace", host_names::transform),
    // Marks what all before it have changed; what moves after it is marked there.
    step(MARKED, ownership::transform),
    // Before the domains behind the names move.
    step("data plane node of the instance's own", hosts::transform),
    step(MOVED, network::transform),
    // Names what all before it have changed.
    step("the cluster holds one object of a name", cluster_objects::transform),
    // Leaves out what none of those before it has changed.
    step("all instances share it", everyones::transform),
    // Reads what all others renamed: stays last.
    step("kustomize finds it by its older name", name_references::transform),
];

/// Why an object carries notes of whose it is, whichever transform writes them.
pub const MARKED: &str = "notes whose the object is";

/// Why something of a network changes.
pub const MOVED: &str = "the network moves";
