//! The list as transforms and rules see it: which items may change, which are only looked at, which do not exist.
//!
//! Reads and never changes. This module must not know the config.

mod annotated;

pub use annotated::{Annotated, annotated};

use std::collections::BTreeSet;

use crate::catalogue::kinds;
use crate::config;
use crate::find::value;
use crate::krm::Item;
use crate::path;
use crate::yaml::Node;

/// An item with this annotation set to `"true"` belongs to all instances and is never changed.
pub const SHARED: &str = "multi-rhoso.dev/shared";
/// On an object that was made or changed for an instance: the instance's namespace.
pub const INSTANCE: &str = "multi-rhoso.dev/instance";
/// Beside it, where the object was renamed: what the base calls it.
pub const BASE_NAME: &str = "multi-rhoso.dev/base-name";
/// Beside it, where something of the network moved in the object, or a node got another name: by which config
/// ([`crate::config::NetworkMoves::digest`]).
pub const MOVES: &str = "multi-rhoso.dev/moves";
const POOL: &str = "IPAddressPool";
/// What neither kustomize nor kpt applies.
pub const LOCAL_CONFIG: &str = "config.kubernetes.io/local-config";

/// The items of a list, sorted by what may be done with them.
#[derive(Debug, Default)]
pub struct Inventory<'a> {
    /// May be changed.
    pub own: Vec<Item<'a>>,
    /// Used by all instances: read, never changed.
    pub shared: Vec<Item<'a>>,
    /// The names of the pools among those.
    shared_pools: BTreeSet<&'a str>,
}

impl<'a> Inventory<'a> {
    /// Sorts the items; local config, the Kptfile and the function's own kinds are left out altogether.
    #[must_use]
    pub fn new(items: &[Item<'a>]) -> Self {
        let objects = items.iter().copied().filter(|item| !is_configuration(item));
        let (shared, own): (Vec<_>, _) = objects.partition(|item| item.annotation(SHARED) == Some("true"));
        let pools = shared.iter().filter(|item| item.is(kinds::METALLB, POOL));
        Self { own, shared_pools: pools.map(Item::name).collect(), shared }
    }

    /// The changeable items of a group and kind.
    pub fn of(&self, group: &'static str, kind: &'static str) -> impl Iterator<Item = &Item<'a>> {
        self.own.iter().filter(move |item| item.is(group, kind))
    }

    /// The instance's `IPAddressPool`s.
    pub fn pools(&self) -> impl Iterator<Item = &Item<'a>> {
        self.of(kinds::METALLB, POOL)
    }

    /// All `IPAddressPool`s, shared ones too.
    pub fn all_pools(&self) -> impl Iterator<Item = &Item<'a>> {
        self.pools().chain(self.shared.iter().filter(|item| item.is(kinds::METALLB, POOL)))
    }

    /// The `OpenStackControlPlane`s.
    pub fn control_planes(&self) -> impl Iterator<Item = &Item<'a>> {
        self.of(kinds::CORE_OPENSTACK, kinds::CONTROL_PLANE)
    }

    /// Whether a pool of this name is in the list and belongs to all instances.
    #[must_use]
    pub fn is_shared_pool(&self, name: &str) -> bool {
        self.shared_pools.contains(name)
    }

    /// Whether the items came from kustomize, which follows renames by annotations of its own.
    #[must_use]
    pub fn is_from_kustomize(item: &Item<'_>) -> bool {
        comes_from_kustomize(item.node)
    }
}

/// Whether kustomize has put an object into a list.
#[must_use]
pub fn comes_from_kustomize(object: &Node<'_>) -> bool {
    let annotations = value(object, path!("metadata.annotations"));
    annotations.and_then(|annotations| annotations.get("kustomize.config.k8s.io/id")).is_some()
}

fn is_configuration(item: &Item<'_>) -> bool {
    item.group() == config::GROUP
        || item.is("kpt.dev", "Kptfile")
        || item.annotation(LOCAL_CONFIG).is_some_and(|value| value == "true")
}
