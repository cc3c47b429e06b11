//! Assigns objects to instances: by namespace, by the namespace that a pool serves, or by source file.
//!
//! Must not know addresses.

use std::collections::BTreeMap;

use crate::krm::Item;

use super::super::{Model, Pool};

/// The instances of a list.
pub(super) struct Owners<'a> {
    names: Vec<&'a str>,
    /// By source, the instances that have objects in it.
    sources: BTreeMap<usize, Vec<usize>>,
}

impl<'a> Owners<'a> {
    /// An instance is a namespace that holds a control plane, networks, Services with addresses, or a data plane.
    pub(super) fn new(model: &Model<'a>) -> Self {
        let networks = &model.networks;
        let planes = model.control_planes.iter().map(|plane| plane.item);
        let of_networks = networks.net_configs.iter().map(|one| one.item);
        let of_attachments = networks.attachments.iter();
        let of_attachments =
            of_attachments.filter(|one| one.ranges().next().is_some() || one.addresses().next().is_some());
        let others = of_networks.chain(of_attachments.map(|one| one.item));
        let services = model.vips.iter().map(|vip| vip.item);
        let node_sets = networks.node_sets.iter().map(|set| set.item);
        let of_data_planes = node_sets.chain(networks.ip_sets.iter().map(|set| set.item));
        let mut owners = Self { names: Vec::new(), sources: BTreeMap::new() };
        for item in planes.chain(others).chain(services).chain(of_data_planes) {
            owners.add(&item);
        }
        owners
    }

    fn add(&mut self, item: &Item<'a>) {
        let Some(namespace) = item.namespace() else { return };
        let place = self.place(namespace).unwrap_or(self.names.len());
        if place == self.names.len() {
            self.names.push(namespace);
        }
        let source = self.sources.entry(item.source).or_default();
        if !source.contains(&place) {
            source.push(place);
        }
    }

    fn place(&self, namespace: &str) -> Option<usize> {
        self.names.iter().position(|name| *name == namespace)
    }

    /// The instances' names, which are their namespaces.
    pub(super) fn names(&self) -> Vec<String> {
        self.names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// The instance of an object; `None` if it may be of several.
    pub(super) fn of(&self, item: &Item<'_>) -> Option<usize> {
        item.namespace().and_then(|namespace| self.place(namespace)).or_else(|| self.of_source(item.source))
    }

    /// The only instance of a source, or of the whole list.
    fn of_source(&self, source: usize) -> Option<usize> {
        match self.sources.get(&source).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ if self.names.len() == 1 => Some(0),
            _ => None,
        }
    }

    /// The only namespace that a pool serves, else the instance of its source.
    pub(super) fn of_pool(&self, pool: &Pool<'_>) -> Option<usize> {
        match pool.scope().as_deref() {
            Some([only]) => self.place(only).or_else(|| self.of(&pool.item)),
            Some(_) => None,
            None => self.of(&pool.item),
        }
    }
}
