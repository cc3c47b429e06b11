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

/// All transforms in their order.
pub const TRANSFORMS: &[Transform] = &[
    pools::transform,
    advertisements::transform,
    peers::transform,
    node_policies::transform,
    annotations::transform,
    external_endpoints::transform,
    inject::transform,
    namespaces::transform,
    metallb_namespace::transform,
    references::transform,
    network_attachments::transform,
    host_names::transform,
    // Marks what all before it have changed; what moves after it is marked there.
    ownership::transform,
    // Before the domains behind the names move.
    hosts::transform,
    network::transform,
    // Names what all before it have changed.
    cluster_objects::transform,
    // Leaves out what none of those before it has changed.
    everyones::transform,
    // Reads what all others renamed: stays last.
    name_references::transform,
];
