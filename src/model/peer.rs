//! `BGPPeer`, and what peers and BGP advertisements refer to: `Community`, `BFDProfile`.

use crate::krm::Item;
use crate::yaml::{Node, PointerBuf};

use super::fact::{Fact, fact, number_at, under};
use super::selector::{Selector, selectors};

/// A `BGPPeer`. Fields that only one rule asks for are read by that rule from the item.
#[derive(Debug, Clone)]
pub struct Peer<'a> {
    /// The object.
    pub item: Item<'a>,
    /// `spec.myASN`.
    pub my_asn: Option<(PointerBuf, i64)>,
    /// `spec.peerASN`.
    pub peer_asn: Option<(PointerBuf, i64)>,
    /// `spec.dynamicASN`.
    pub dynamic_asn: Option<Fact<'a>>,
    /// `spec.peerAddress`.
    pub address: Option<Fact<'a>>,
    /// `spec.interface`.
    pub interface: Option<Fact<'a>>,
    /// `spec.sourceAddress`.
    pub source_address: Option<Fact<'a>>,
    /// `spec.routerID`.
    pub router_id: Option<Fact<'a>>,
    /// `spec.vrf`.
    pub vrf: Option<Fact<'a>>,
    /// `spec.bfdProfile`.
    pub bfd_profile: Option<Fact<'a>>,
    /// `spec.nodeSelectors`.
    pub node_selectors: Vec<Selector<'a>>,
}

impl<'a> Peer<'a> {
    pub(super) fn read(item: &Item<'a>) -> Self {
        let word = |key| fact(item, &["spec", key]).filter(|fact| !fact.text.is_empty());
        Self {
            item: *item,
            my_asn: number_at(item, &["spec", "myASN"]),
            peer_asn: number_at(item, &["spec", "peerASN"]),
            dynamic_asn: word("dynamicASN"),
            address: word("peerAddress"),
            interface: word("interface"),
            source_address: word("sourceAddress"),
            router_id: word("routerID"),
            vrf: word("vrf"),
            bfd_profile: word("bfdProfile"),
            node_selectors: selectors(item, &["spec", "nodeSelectors"]),
        }
    }
}

/// One entry of a `Community`.
#[derive(Debug, Clone)]
pub struct Alias<'a> {
    /// Where the entry stands.
    pub pointer: PointerBuf,
    /// The alias, which is global to the cluster.
    pub name: &'a str,
    /// What it stands for.
    pub value: &'a str,
}

/// A `Community`.
#[derive(Debug, Clone)]
pub struct Community<'a> {
    /// The object.
    pub item: Item<'a>,
    /// `spec.communities`.
    pub aliases: Vec<Alias<'a>>,
}

impl<'a> Community<'a> {
    pub(super) fn read(item: &Item<'a>) -> Self {
        let list = item.node.path(&["spec", "communities"]).map(Node::items).unwrap_or_default();
        let place = PointerBuf::from_tokens(["spec", "communities"]);
        let alias = |(index, node): (usize, &'a Node<'a>)| {
            let word = |key: &str| node.get(key).and_then(Node::text).unwrap_or_default();
            Alias { pointer: under(&place, &[&index.to_string()]), name: word("name"), value: word("value") }
        };
        Self { item: *item, aliases: list.iter().enumerate().map(alias).collect() }
    }
}

/// A `BFDProfile`.
#[derive(Debug, Clone)]
pub struct BfdProfile<'a> {
    /// The object.
    pub item: Item<'a>,
    /// `metadata.name`.
    pub name: &'a str,
}

impl<'a> BfdProfile<'a> {
    pub(super) fn read(item: &Item<'a>) -> Self {
        Self { item: *item, name: item.name() }
    }
}
