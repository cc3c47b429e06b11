//! What every transform and rule is given: the config and the list, both read only.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::annotations::{self, Meaning};
use crate::catalogue::endpoints::{ENDPOINTS, Endpoint};
use crate::catalogue::kinds;
use crate::config::Instance;
use crate::inventory::{Inventory, annotated};
use crate::krm::Item;
use crate::model::ControlPlane;

/// The config and the list.
#[derive(Debug)]
pub struct Context<'a> {
    /// The instance.
    pub instance: &'a Instance,
    /// The list.
    pub inventory: &'a Inventory<'a>,
    pools_named: BTreeSet<&'a str>,
    /// By the names that they will have; the first of each.
    pools: BTreeMap<String, &'a Item<'a>>,
    endpoints: &'static [Endpoint],
    control_planes: Vec<ControlPlane<'a>>,
    domain: &'static str,
}

impl<'a> Context<'a> {
    /// Reads the list once for what several transforms ask of it.
    #[must_use]
    pub fn new(instance: &'a Instance, inventory: &'a Inventory<'a>) -> Self {
        Self::by(ENDPOINTS, instance, inventory)
    }

    /// The same by another table of endpoints.
    #[must_use]
    pub fn by(endpoints: &'static [Endpoint], instance: &'a Instance, inventory: &'a Inventory<'a>) -> Self {
        let mut pools_named: BTreeSet<&str> = inventory.all_pools().map(Item::name).collect();
        let mut domains = BTreeSet::new();
        let carriers = inventory.own.iter().filter(|item| !kinds::is_data(item.kind));
        for annotation in carriers.flat_map(|item| annotated(item.node)) {
            domains.insert(annotation.key.domain);
            if annotation.key.meaning == Meaning::AddressPool {
                pools_named.insert(annotation.value);
            }
        }
        let only_new =
            domains.contains(annotations::NEW_DOMAIN) && !domains.contains(annotations::OLD_DOMAIN);
        let domain = if only_new { annotations::NEW_DOMAIN } else { annotations::OLD_DOMAIN };
        let control_planes = inventory.control_planes();
        let control_planes = control_planes.map(|plane| ControlPlane::read(plane, endpoints)).collect();
        let pools = BTreeMap::new();
        let mut context = Self { instance, inventory, pools_named, pools, endpoints, control_planes, domain };
        for pool in inventory.all_pools() {
            context.pools.entry(context.pool_name(pool.name())).or_insert(pool);
        }
        context
    }

    /// The table of endpoints.
    #[must_use]
    pub fn endpoints(&self) -> &'static [Endpoint] {
        self.endpoints
    }

    /// The control planes of the instance.
    #[must_use]
    pub fn control_planes(&self) -> &[ControlPlane<'a>] {
        &self.control_planes
    }

    /// The domain for annotations that are written anew: the list's own, else the one that all versions read.
    #[must_use]
    pub fn domain(&self) -> &'static str {
        self.domain
    }

    /// The instance's name for a pool of the base. A shared pool keeps its name.
    #[must_use]
    pub fn pool_name(&self, name: &str) -> String {
        if self.inventory.is_shared_pool(name) { name.to_owned() } else { self.instance.pool_name(name) }
    }

    /// Whether all instances use the pool: the list or the config says so.
    #[must_use]
    pub fn is_shared_pool(&self, name: &str) -> bool {
        self.inventory.is_shared_pool(name)
            || self.instance.spec.metallb.shared_pools.iter().any(|pool| pool == name)
    }

    /// Whether the list uses this word as a pool's name: a pool is called so, or a Service asks for it.
    #[must_use]
    pub fn is_pool_name(&self, word: &str) -> bool {
        self.pools_named.contains(word)
            || self.instance.spec.metallb.shared_pools.iter().any(|pool| pool == word)
    }

    /// The pool of the list that a base name, or the instance's name for it, stands for.
    #[must_use]
    pub fn pool(&self, name: &str) -> Option<&'a Item<'a>> {
        self.pools.get(&self.pool_name(name)).copied()
    }
}
