//! By what an instance is known: its namespace, the host names made of it, its networks, the MAC addresses of its
//! machines.
//!
//! Must not know where a text stands but by the keys above it.

use std::collections::{BTreeMap, BTreeSet};

use crate::address::{Block, Index, within};
use crate::model::Model;

/// What something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Address,
    Host,
    Namespace,
    Machine,
}

impl What {
    /// The word for one.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Address => "the address",
            Self::Host => "the host name",
            Self::Namespace => "the namespace",
            Self::Machine => "the MAC address",
        }
    }
}

/// A word of another instance in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark<'a> {
    pub(super) what: What,
    pub(super) word: String,
    /// The namespace of the instance.
    pub(super) whose: &'a str,
}

/// What each of several instances is known by.
pub(super) struct Marks<'a> {
    instances: Vec<&'a str>,
    /// The number of each.
    places: BTreeMap<&'a str, usize>,
    /// The subnets of each `NetConfig`, each with its instance.
    networks: Index<usize>,
    /// The instances that have any.
    with_networks: BTreeSet<usize>,
    /// The MAC addresses seen so far, each with the first instance that has it.
    machines: BTreeMap<String, usize>,
}

impl<'a> Marks<'a> {
    /// Those of a list: of each namespace that has a control plane, a `NetConfig` or a node set.
    pub(super) fn of(model: &Model<'a>) -> Self {
        let networks = &model.networks;
        let planes = model.control_planes.iter().map(|plane| plane.item);
        let configs = networks.net_configs.iter().map(|config| config.item);
        let sets = networks.node_sets.iter().map(|set| set.item);
        let (mut instances, mut places) = (Vec::new(), BTreeMap::new());
        for namespace in planes.chain(configs).chain(sets).filter_map(|item| item.namespace()) {
            places.entry(namespace).or_insert_with(|| {
                instances.push(namespace);
                instances.len() - 1
            });
        }
        let mut marks = Self {
            instances,
            places,
            networks: Index::default(),
            with_networks: BTreeSet::new(),
            machines: BTreeMap::new(),
        };
        if !marks.is_empty() {
            marks.add_networks(model);
        }
        marks
    }

    /// Whether nobody has a neighbour.
    pub(super) fn is_empty(&self) -> bool {
        self.instances.len() < 2
    }

    /// The number of an instance.
    pub(super) fn place(&self, namespace: &str) -> Option<usize> {
        self.places.get(namespace).copied()
    }

    fn add_networks(&mut self, model: &Model<'_>) {
        let mut blocks = Vec::new();
        for config in &model.networks.net_configs {
            let Some(place) = config.item.namespace().and_then(|namespace| self.place(namespace)) else {
                continue;
            };
            let nets = config.subnets().filter_map(|(_, subnet)| subnet.cidr.as_ref()?.value);
            blocks.extend(nets.map(|net| (Block::from(net), place)));
        }
        self.with_networks = blocks.iter().map(|(_, place)| *place).collect();
        self.networks = Index::new(blocks);
    }

    /// What the text at these keys holds of another instance than this one; the first of it.
    pub(super) fn within(&mut self, own: usize, keys: &[&str], text: &str) -> Option<Mark<'a>> {
        let found = self
            .namespace(own, keys, text)
            .or_else(|| self.host(own, text))
            .or_else(|| self.machine(own, text))
            .or_else(|| self.address(own, text));
        let (what, word, place) = found?;
        Some(Mark { what, word, whose: self.instances.get(place)? })
    }

    fn namespace(&self, own: usize, keys: &[&str], text: &str) -> Option<(What, String, usize)> {
        let last = keys.last()?;
        let is_namespace =
            ["namespace", "namespaces", "Namespace", "Namespaces"].iter().any(|end| last.ends_with(end));
        let place = is_namespace.then(|| self.place(text)).flatten().filter(|place| *place != own)?;
        Some((What::Namespace, text.to_owned(), place))
    }

    /// `keystone-internal.openstack.svc` and `keystone-public-openstack.apps.example.com`.
    fn host(&self, own: usize, text: &str) -> Option<(What, String, usize)> {
        if !text.contains(".svc") && !text.contains(".apps.") {
            return None;
        }
        let mut words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')));
        words.find_map(|word| {
            let place = self.of_host(word).filter(|place| *place != own)?;
            Some((What::Host, word.to_owned(), place))
        })
    }

    fn of_host(&self, word: &str) -> Option<usize> {
        let mut labels = word.split('.').peekable();
        let first = word.split('.').next().unwrap_or_default();
        while let Some(label) = labels.next() {
            match labels.peek() {
                Some(&"svc") => return self.place(label),
                Some(&"apps") => return self.of_route(first),
                _ => {}
            }
        }
        None
    }

    /// `nova-public-openstack`, `horizon-openstack`; in `nova-public-my-openstack` another namespace. The first of several.
    fn of_route(&self, label: &str) -> Option<usize> {
        let of = |(dash, _): (usize, &str)| {
            let (route, namespace) = label.split_at_checked(dash)?;
            let is_route = !route.contains('-') || route.ends_with("-public");
            is_route.then(|| self.place(namespace.get(1..)?)).flatten()
        };
        label.match_indices('-').filter_map(of).min()
    }

    /// The first instance of a list keeps what two of them have.
    fn machine(&mut self, own: usize, text: &str) -> Option<(What, String, usize)> {
        let address = is_mac(text).then(|| text.to_ascii_lowercase())?;
        let first = *self.machines.entry(address).or_insert(own);
        (first != own).then(|| (What::Machine, text.to_owned(), first))
    }

    /// An address of another's subnet, where none of this instance has it. An instance without a `NetConfig` in the list
    /// may have any.
    fn address(&self, own: usize, text: &str) -> Option<(What, String, usize)> {
        let may_hold = |byte, least| text.bytes().filter(|one| *one == byte).count() >= least;
        if !self.with_networks.contains(&own) || !(may_hold(b'.', 3) || may_hold(b':', 2)) {
            return None;
        }
        within(text).into_iter().find_map(|block| {
            let others: Vec<_> = self.networks.meeting(block).collect();
            let is_own = others.iter().any(|(_, place)| **place == own);
            let other = others.iter().find(|(net, _)| !is_own && net.contains_block(&block));
            other.map(|(_, place)| (What::Address, crate::model::shown(&block), **place))
        })
    }
}

/// Six bytes in hexadecimal, colons between.
fn is_mac(text: &str) -> bool {
    text.len() == 17
        && text.as_bytes().get(2) == Some(&b':')
        && text.split(':').count() == 6
        && text.split(':').all(|byte| byte.len() == 2 && byte.bytes().all(|digit| digit.is_ascii_hexdigit()))
}
