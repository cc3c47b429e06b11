//! `BGPPeer`, and what peers and BGP advertisements refer to: `Community`, `BFDProfile`.

use crate::find::{Fact, Part};
use crate::krm::Item;
use crate::path;
use crate::yaml::PointerBuf;

use super::selector::{Selector, selectors};

/// A `BGPPeer`. Fields that only one rule needs are read there.
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
        let part = item.part();
        let word = |path| part.fact(path).filter(|fact| !fact.text.is_empty());
        Self {
            item: *item,
            my_asn: part.number(path!("spec.myASN")),
            peer_asn: part.number(path!("spec.peerASN")),
            dynamic_asn: word(path!("spec.dynamicASN")),
            address: word(path!("spec.peerAddress")),
            interface: word(path!("spec.interface")),
            source_address: word(path!("spec.sourceAddress")),
            router_id: word(path!("spec.routerID")),
            vrf: word(path!("spec.vrf")),
            bfd_profile: word(path!("spec.bfdProfile")),
            node_selectors: selectors(&part, path!("spec.nodeSelectors.[]")),
        }
    }
}

/// One entry of a `Community`.
#[derive(Debug, Clone)]
pub struct Alias<'a> {
    /// The place of the entry.
    pub pointer: PointerBuf,
    /// The alias, which is unique in the cluster.
    pub name: &'a str,
    /// The community that it stands for.
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
        let alias = |part: Part<'a>| {
            let word = |path| part.text(path).unwrap_or_default();
            Alias { name: word(path!("name")), value: word(path!("value")), pointer: part.pointer }
        };
        let aliases = item.part().each(path!("spec.communities.[]"));
        Self { item: *item, aliases: aliases.into_iter().map(alias).collect() }
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
