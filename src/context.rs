//! What every transform and rule is given: the config and the list, both read only, and whose each object is.
//!
//! Whether a name, an address or a host was moved already cannot be seen from its shape, so each changed object says
//! whose it is by annotations, and what the base called it. A run goes by that.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::annotations::{self, Meaning};
use crate::catalogue::endpoints::{ENDPOINTS, Endpoint};
use crate::catalogue::kinds;
use crate::config::{Instance, Naming};
use crate::inventory::{Annotated, BASE_NAME, INSTANCE, Inventory, MOVES, annotated};
use crate::krm::Item;
use crate::model::ControlPlane;
use crate::path;
use crate::yaml::PointerBuf;

/// Whose an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose<'a> {
    /// The base's: nothing was done to it yet.
    Base,
    /// That of the instance which this one is made from.
    From,
    /// This instance's: an earlier run made it.
    Own,
    /// Another instance's.
    Other(&'a str),
}

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
    /// Whose the objects are that say so, by their places: few lists have any.
    marked: BTreeMap<usize, &'a str>,
    /// MetalLB's annotations in the items that may change, by their places: several ask for them, and each walk goes
    /// through all of an object.
    annotated: Vec<Vec<Annotated<'a>>>,
    /// What the base calls the pools that have other names already.
    base_pools: BTreeMap<&'a str, &'a str>,
    endpoints: &'static [Endpoint],
    control_planes: Vec<ControlPlane<'a>>,
    domain: &'static str,
    moves: Option<String>,
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
        let last = inventory.own.iter().map(|item| item.index).max();
        let mut annotations = vec![Vec::new(); last.map_or(0, |last| last + 1)];
        for item in &inventory.own {
            if let Some(place) = annotations.get_mut(item.index) {
                *place = annotated(item.node);
            }
        }
        let (pools_named, domain) = asked_for(inventory, &annotations);
        let planes = inventory.control_planes().map(|plane| ControlPlane::read(plane, endpoints));
        let marked = |item: &'a Item<'a>| Some((item.index, item.annotation(INSTANCE)?));
        let renamed = |pool: &'a Item<'a>| Some((pool.name(), recorded(pool)?));
        let mut context = Self {
            instance,
            inventory,
            pools_named,
            pools: BTreeMap::new(),
            annotated: annotations,
            marked: inventory.own.iter().filter_map(marked).collect(),
            base_pools: inventory.all_pools().filter_map(renamed).collect(),
            endpoints,
            control_planes: planes.collect(),
            domain,
            moves: instance.network.digest(),
        };
        for pool in inventory.all_pools() {
            let name = context.pool_name(context.base_name(pool));
            context.pools.entry(name).or_insert(pool);
        }
        context
    }

    /// MetalLB's annotations in an item that may change.
    #[must_use]
    pub fn annotated(&self, item: &Item<'_>) -> &[Annotated<'a>] {
        self.annotated.get(item.index).map_or(&[], Vec::as_slice)
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

    /// Whose an object is.
    #[must_use]
    pub fn whose(&self, item: &Item<'_>) -> Whose<'a> {
        match self.marked.get(&item.index).copied() {
            None => Whose::Base,
            Some(name) if name == self.instance.namespace => Whose::Own,
            Some(name) if Some(name) == self.instance.from.as_deref() => Whose::From,
            Some(name) => Whose::Other(name),
        }
    }

    /// Whether names, namespaces and hosts of an object are the instance's already.
    #[must_use]
    pub fn is_made(&self, item: &Item<'_>) -> bool {
        matches!(self.whose(item), Whose::Own | Whose::Other(_))
    }

    /// Whether what a network has was moved in an object already.
    #[must_use]
    pub fn is_moved(&self, item: &Item<'_>) -> bool {
        match self.whose(item) {
            Whose::Base | Whose::From => false,
            Whose::Own => item.annotation(MOVES).is_some(),
            Whose::Other(_) => true,
        }
    }

    /// What tells one set of moves from another; none where nothing moves.
    #[must_use]
    pub fn moves(&self) -> Option<&str> {
        self.moves.as_deref()
    }

    /// The template that an object is named by; none for a kind that keeps its names.
    #[must_use]
    pub fn naming(&self, item: &Item<'_>) -> Option<&'a Naming> {
        Some(match (item.group(), item.kind) {
            (kinds::METALLB, "IPAddressPool") => &self.instance.pool,
            (kinds::METALLB, "L2Advertisement" | "BGPAdvertisement") => &self.instance.advertisement,
            (kinds::METALLB, "BGPPeer" | "BFDProfile" | "Community") => &self.instance.peer,
            (kinds::NMSTATE, kinds::NODE_POLICY) => &self.instance.node_policy,
            (group, kind) if kinds::is_named_by_choice(group, kind) => &self.instance.cluster_object,
            _ => return None,
        })
    }

    /// What the base calls an object.
    #[must_use]
    pub fn base_name<'i>(&self, item: &Item<'i>) -> &'i str {
        match (recorded(item), self.whose(item), self.naming(item)) {
            (Some(base), ..) => base,
            (None, Whose::From, Some(naming)) => naming.base_of(item.name()),
            _ => item.name(),
        }
    }

    /// The instance's name for an object.
    #[must_use]
    pub fn new_name(&self, item: &Item<'_>) -> String {
        let is_named = self.is_made(item) && recorded(item).is_none();
        match self.naming(item).filter(|_| !is_named) {
            Some(naming) => naming.apply(self.base_name(item)),
            None => item.name().to_owned(),
        }
    }

    /// The instance's name for what an object refers to by a name that is made by a template.
    #[must_use]
    pub fn new_reference<'w>(&self, item: &Item<'_>, word: &'w str, naming: &Naming) -> Cow<'w, str> {
        match self.whose(item) {
            Whose::Base => naming.apply(word).into(),
            Whose::From => naming.apply(naming.base_of(word)).into(),
            Whose::Own | Whose::Other(_) => word.into(),
        }
    }

    /// The instance's name for a pool of the base. A shared pool keeps its name.
    #[must_use]
    pub fn pool_name(&self, base: &str) -> String {
        if self.is_shared_pool(base) { base.to_owned() } else { self.instance.pool.apply(base) }
    }

    /// The instance's name for a pool that an object asks for.
    #[must_use]
    pub fn pool_asked_for(&self, item: &Item<'_>, word: &str) -> String {
        match self.whose(item) {
            Whose::Own | Whose::Other(_) => word.to_owned(),
            Whose::Base => self.pool_name(word),
            Whose::From => self.pool_name(self.base_pool(word)),
        }
    }

    /// What the base calls a pool of the instance which this one is made from.
    fn base_pool<'w>(&'w self, word: &'w str) -> &'w str {
        if self.is_shared_pool(word) {
            return word;
        }
        self.base_pools.get(word).copied().unwrap_or_else(|| self.instance.pool.base_of(word))
    }

    /// Whether all instances use the pool: the list or the config says so.
    #[must_use]
    pub fn is_shared_pool(&self, name: &str) -> bool {
        self.inventory.is_shared_pool(name) || self.instance.shares_pool(name)
    }

    /// Whether an object is a pool that all instances use, or an advertisement of nothing else.
    #[must_use]
    pub fn is_of_shared_pools(&self, item: &Item<'_>) -> bool {
        if item.is(kinds::METALLB, "IPAddressPool") {
            return self.is_shared_pool(item.name());
        }
        let pools = item.part().facts(path!("spec.ipAddressPools.[]"));
        item.is(kinds::METALLB, "L2Advertisement")
            && !pools.is_empty()
            && pools.iter().all(|pool| self.is_shared_pool(pool.text))
    }

    /// Where an object asks for addresses of pools that all instances use: they stay.
    #[must_use]
    pub fn addresses_of_shared_pools(&self, item: &Item<'_>) -> Vec<PointerBuf> {
        let all = self.annotated(item);
        let is_shared = |map: &PointerBuf| {
            all.iter().any(|one| {
                one.map == *map && one.key.meaning == Meaning::AddressPool && self.is_shared_pool(one.value)
            })
        };
        let addresses = all.iter().filter(|one| one.key.meaning == Meaning::LoadBalancerIps);
        addresses.filter(|one| is_shared(&one.map)).map(|one| one.pointer.clone()).collect()
    }

    /// Whether the list uses this word as a pool's name: a pool is called so, or a Service asks for it.
    #[must_use]
    pub fn is_pool_name(&self, word: &str) -> bool {
        self.names_pool(word) || self.instance.shares_pool(word)
    }

    /// The names of the list's pools, and of those that its Services ask for.
    pub fn pools_named(&self) -> impl Iterator<Item = &'a str> {
        self.pools_named.iter().copied()
    }

    /// Whether a pool of the list is called so, or a Service asks for it.
    #[must_use]
    pub fn names_pool(&self, word: &str) -> bool {
        self.pools_named.contains(word)
    }

    /// The pool of the list that will have a name.
    #[must_use]
    pub fn pool(&self, name: &str) -> Option<&'a Item<'a>> {
        self.pools.get(name).copied()
    }
}

/// The name that an object says it had in the base; an empty one is nothing said.
fn recorded<'i>(item: &Item<'i>) -> Option<&'i str> {
    item.annotation(BASE_NAME).filter(|name| !name.is_empty())
}

/// The names of all pools that are there or asked for, and the domain of the annotations that ask.
fn asked_for<'a>(
    inventory: &'a Inventory<'a>,
    annotated: &[Vec<Annotated<'a>>],
) -> (BTreeSet<&'a str>, &'static str) {
    let mut pools: BTreeSet<&str> = inventory.all_pools().map(Item::name).collect();
    let mut domains = BTreeSet::new();
    let carriers = inventory.own.iter().filter(|item| !kinds::is_data(item.kind));
    for annotation in carriers.filter_map(|item| annotated.get(item.index)).flatten() {
        domains.insert(annotation.key.domain);
        if annotation.key.meaning == Meaning::AddressPool {
            pools.insert(annotation.value);
        }
    }
    let only_new = domains.contains(annotations::NEW_DOMAIN) && !domains.contains(annotations::OLD_DOMAIN);
    (pools, if only_new { annotations::NEW_DOMAIN } else { annotations::OLD_DOMAIN })
}
