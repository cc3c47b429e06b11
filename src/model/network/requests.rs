//! Requests for addresses to infra-operator, each with its `NetConfig`.
//!
//! For a data plane node the operator makes an `IPSet` of the node's networks, or of the template's if it has none.

use std::collections::BTreeMap;

use crate::krm::Item;

use super::{NetConfig, Network, Networks, NodeNetwork, Subnet};

/// The request of one `IPSet`, in the list or made for a node.
#[derive(Debug)]
pub struct Request<'m, 'a> {
    /// The object that asks.
    pub item: &'m Item<'a>,
    /// The `NetConfig` of its namespace.
    pub config: &'m NetConfig<'a>,
    /// The networks that it asks for.
    pub networks: &'m [NodeNetwork<'a>],
}

impl<'a> Networks<'a> {
    /// All requests in namespaces with exactly one `NetConfig` in the list.
    #[must_use]
    pub fn requests<'m>(&'m self) -> Vec<Request<'m, 'a>> {
        let mut configs: BTreeMap<Option<&str>, Vec<&NetConfig<'a>>> = BTreeMap::new();
        for config in &self.net_configs {
            configs.entry(config.item.namespace()).or_default().push(config);
        }
        let sets = self.ip_sets.iter().map(|set| (&set.item, set.networks.as_slice()));
        let nodes = self.node_sets.iter().flat_map(|set| {
            let own = set.nodes.iter().map(|node| node.networks.as_slice());
            let bare = set.nodes.iter().any(|node| node.networks.is_empty());
            own.chain(bare.then_some(set.networks.as_slice())).map(|networks| (&set.item, networks))
        });
        let request = |(item, networks): (&'m Item<'a>, &'m [NodeNetwork<'a>])| match configs
            .get(&item.namespace())?
            .as_slice()
        {
            [config] => Some(Request { item, config, networks }),
            _ => None,
        };
        sets.chain(nodes).filter_map(request).collect()
    }
}

impl<'m, 'a> Request<'m, 'a> {
    /// The network asked for; case does not matter.
    #[must_use]
    pub fn network(&self, asked: &NodeNetwork<'a>) -> Option<&'m Network<'a>> {
        let name = asked.name.as_ref()?.text;
        self.config.networks.iter().find(|network| network.title().eq_ignore_ascii_case(name))
    }

    /// The subnet asked for; case does not matter.
    #[must_use]
    pub fn subnet(&self, asked: &NodeNetwork<'a>) -> Option<&'m Subnet<'a>> {
        let name = asked.subnet.as_ref()?.text;
        let named = |subnet: &&Subnet<'_>| {
            subnet.name.as_ref().is_some_and(|own| own.text.eq_ignore_ascii_case(name))
        };
        self.network(asked)?.subnets.iter().find(named)
    }
}
