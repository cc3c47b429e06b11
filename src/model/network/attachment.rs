//! `NetworkAttachmentDefinition`: a CNI configuration, which is JSON in a string.
//!
//! Source: CNI specification 0.3.1 (`plugins`); whereabouts `pkg/config` (`range`, `range_start`, `ipRanges`); the
//! plugins' host-local (`subnet`, `rangeStart`, `ranges`) and static (`addresses`).

use std::net::IpAddr;

use ipnet::IpNet;

use crate::address::Block;
use crate::krm::Item;
use crate::yaml::{self, Node, PointerBuf};

use super::super::fact::{Fact, fact};
use super::{Address, Parsed};

/// A `NetworkAttachmentDefinition`.
#[derive(Debug, Clone)]
pub struct Attachment<'a> {
    /// The object.
    pub item: Item<'a>,
    /// `metadata.name`.
    pub name: &'a str,
    /// Its namespace.
    pub namespace: Option<&'a str>,
    /// `spec.config`.
    pub config: Option<Fact<'a>>,
    /// The configuration's plugins; none where it cannot be read.
    pub plugins: Vec<Plugin<'a>>,
}

/// One plugin of a configuration: the whole of it, or one of its `plugins`.
#[derive(Debug, Clone)]
pub struct Plugin<'a> {
    /// `type`.
    pub kind: String,
    /// `master` or `bridge`: an interface of the node that the pods' are made on.
    pub master: Option<String>,
    /// `device`: an interface of the node that moves into the pod.
    pub device: Option<String>,
    /// `vlan` or `vlanId`.
    pub vlan: Option<String>,
    /// What `ipam` gives out.
    pub ranges: Vec<AttachmentRange<'a>>,
    /// What `ipam` gives to every pod (`static`).
    pub addresses: Vec<Address<'a>>,
}

/// Addresses that an attachment gives to pods.
#[derive(Debug, Clone)]
pub struct AttachmentRange<'a> {
    /// `range` without a start before it, or `subnet`.
    pub net: Option<Parsed<'a, IpNet>>,
    /// `range_start`, `rangeStart`.
    pub start: Option<Address<'a>>,
    /// `range_end`, `rangeEnd`.
    pub end: Option<Address<'a>>,
    /// `gateway`.
    pub gateway: Option<Address<'a>>,
    /// `exclude`.
    pub excluded: Vec<Block>,
}

impl<'a> Attachment<'a> {
    pub(super) fn read(item: &Item<'a>) -> Self {
        let config = fact(item, &["spec", "config"]);
        let documents = config.as_ref().and_then(|config| yaml::parse(config.text).ok()).unwrap_or_default();
        let root = documents.first();
        let place = PointerBuf::from_tokens(["spec", "config"]);
        let listed = root.and_then(|root| root.get("plugins")).map(Node::items).unwrap_or_default();
        let plugins = root.into_iter().chain(listed);
        Self {
            item: *item,
            name: item.name(),
            namespace: item.namespace(),
            plugins: plugins.map(|plugin| Plugin::read(&place, plugin)).collect(),
            config,
        }
    }

    /// The addresses that its pods get.
    pub fn ranges(&self) -> impl Iterator<Item = &AttachmentRange<'a>> {
        self.plugins.iter().flat_map(|plugin| &plugin.ranges)
    }

    /// The addresses that every one of its pods gets.
    pub fn addresses(&self) -> impl Iterator<Item = &Address<'a>> {
        self.plugins.iter().flat_map(|plugin| &plugin.addresses)
    }
}

impl Plugin<'_> {
    fn read(place: &PointerBuf, node: &Node<'_>) -> Self {
        let word =
            |key: &str| node.get(key).and_then(Node::text).filter(|text| !text.is_empty()).map(str::to_owned);
        let ipam = node.get("ipam");
        let listed = |key: &str| ipam.and_then(|ipam| ipam.get(key)).map(Node::items).unwrap_or_default();
        let more = listed("ipRanges").iter().chain(listed("ranges").iter().flat_map(Node::items));
        let is_range = |node: &&Node<'_>| node.get("range").or_else(|| node.get("subnet")).is_some();
        let ranges = ipam.into_iter().chain(more).filter(is_range);
        let fixed =
            listed("addresses").iter().filter_map(|one| one.get("address")?.text()?.split('/').next());
        Self {
            kind: word("type").unwrap_or_default(),
            master: word("master").or_else(|| word("bridge")),
            device: word("device"),
            vlan: word("vlan").or_else(|| word("vlanId")),
            ranges: ranges.map(|range| AttachmentRange::read(place, range)).collect(),
            addresses: fixed.map(|ip| Address::new(place.clone(), ip.to_owned())).collect(),
        }
    }
}

impl AttachmentRange<'_> {
    fn read(place: &PointerBuf, node: &Node<'_>) -> Self {
        let text =
            |key: &str| node.get(key).and_then(Node::text).filter(|text| !text.is_empty()).map(str::to_owned);
        let address =
            |keys: [&str; 2]| keys.into_iter().find_map(text).map(|text| Address::new(place.clone(), text));
        let range = text("range").or_else(|| text("subnet"));
        // `192.168.2.225-192.168.2.230/28` says start, end and network in one.
        let short = range.as_deref().and_then(|range| range.split_once('-'));
        let end = short.and_then(|(_, end)| end.split_once('/')).map(|(end, _)| end.to_owned());
        let net = short.map_or(range.as_deref(), |(_, net)| Some(net));
        let excluded = node.get("exclude").map(Node::items).unwrap_or_default();
        Self {
            net: net.map(|net| Parsed::new(place.clone(), net.to_owned())),
            start: address(["range_start", "rangeStart"])
                .or_else(|| short.map(|(start, _)| Address::new(place.clone(), start.to_owned()))),
            end: address(["range_end", "rangeEnd"])
                .or_else(|| end.map(|end| Address::new(place.clone(), end))),
            gateway: text("gateway").map(|text| Address::new(place.clone(), text)),
            excluded: excluded.iter().filter_map(Node::text).filter_map(block).collect(),
        }
    }

    /// The addresses it gives out, excluded ones among them; none where an end cannot be read.
    #[must_use]
    pub fn block(&self) -> Option<Block> {
        let net = Block::from(self.net.as_ref()?.value?);
        let end = |end: &Option<Address<'_>>, own| end.as_ref().map_or(Some(own), |end| end.value);
        Block::range(end(&self.start, net.first())?, end(&self.end, net.last())?).ok()
    }
}

fn block(text: &str) -> Option<Block> {
    Block::parse(text).ok().or_else(|| text.parse::<IpAddr>().ok().map(Block::from))
}
