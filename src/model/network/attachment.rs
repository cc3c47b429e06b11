//! `NetworkAttachmentDefinition`: a CNI configuration, which is JSON in a string.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::address::Block;
use crate::catalogue::cni::{
    ADDRESSES, BROUGHT, DESTINATIONS, DEVICE, ENDS, EXCLUDED, FIXED, GATEWAY, HOPS, IPAM, MASTERS, NETS,
    NETWORK_NAME, OVERLAPPING, PLUGINS, RANGES, STARTS, TYPE, VLANS, WHEREABOUTS,
};
use crate::find::{Fact, Part, place, value};
use crate::krm::Item;
use crate::path;
use crate::path::Path;
use crate::yaml::{self};

use super::{Address, Canonical, Parsed};

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
    /// The configuration's plugins, after the configuration as a whole; empty if it cannot be read.
    pub plugins: Vec<Plugin<'a>>,
    /// Whether the configuration is a list, and so no plugin itself.
    pub is_list: bool,
}

/// One plugin: the whole configuration, or one of its `plugins`.
#[derive(Debug, Clone)]
pub struct Plugin<'a> {
    /// `type`.
    pub kind: String,
    /// `master` or `bridge`: the host interface on which the pods' interfaces are made.
    pub master: Option<String>,
    /// `device`: the host interface that is moved into the pod.
    pub device: Option<String>,
    /// `vlan` or `vlanId`.
    pub vlan: Option<String>,
    /// `mode`.
    pub mode: Option<String>,
    /// `ipam.type`; empty if absent.
    pub ipam: String,
    /// Whether whoever starts a pod may bring the ranges.
    pub ranges_are_brought: bool,
    /// The ranges from which `ipam` gives out addresses.
    pub ranges: Vec<AttachmentRange<'a>>,
    /// The addresses that `ipam` gives to every pod (`static`).
    pub addresses: Vec<Address<'a>>,
    /// The same as they are written, with prefix lengths, each with its gateway.
    pub fixed: Vec<(String, Option<String>)>,
    /// The gateways of routes and ranges, as they are written.
    pub gateways: Vec<String>,
    /// Where routes lead to, as it is written.
    pub destinations: Vec<String>,
    /// What is not given out, as it is written.
    pub excluded: Vec<String>,
}

/// A range from which an attachment gives addresses to pods.
#[derive(Debug, Clone)]
pub struct AttachmentRange<'a> {
    /// `range`, without a start and end written before it, or `subnet`.
    pub net: Option<Parsed<'a, IpNet>>,
    /// `range_start`, `rangeStart`.
    pub start: Option<Address<'a>>,
    /// `range_end`, `rangeEnd`.
    pub end: Option<Address<'a>>,
    /// Whether the ends are written before it, as in `192.168.2.225-192.168.2.230/28`.
    pub is_short: bool,
    /// `gateway`.
    pub gateway: Option<Address<'a>>,
    /// `exclude`.
    pub excluded: Vec<Block>,
    /// Where whereabouts keeps its leases; none of another IPAM, which keeps them on each node.
    pub book: Option<Book>,
}

/// A book of whereabouts: one for the cluster, whatever the attachment's namespace.
///
/// Source: whereabouts `pkg/storage/kubernetes/ipam.go` (`IPPoolName`, the reservations of overlapping ranges).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// `network_name`, which keeps books of one range apart.
    network: String,
    /// The range that it is named by.
    range: IpNet,
    /// Whether it is held against the books of other ranges.
    overlapping: bool,
}

impl Book {
    /// Whether an address that one of them gives out is given out by no other.
    #[must_use]
    pub fn knows(&self, other: &Self) -> bool {
        self.network == other.network && (self.range == other.range || self.overlapping && other.overlapping)
    }
}

impl<'a> Attachment<'a> {
    /// Reads an object of the kind.
    #[must_use]
    pub fn read(item: &Item<'a>) -> Self {
        let config = item.part().fact(path!("spec.config"));
        let documents = config.as_ref().and_then(|config| yaml::parse(config.text).ok()).unwrap_or_default();
        let root = documents.first().map(Part::root);
        let below = root.iter().flat_map(|root| root.each(PLUGINS));
        let plugins = root.iter().cloned().chain(below);
        Self {
            item: *item,
            name: item.name(),
            namespace: item.namespace(),
            plugins: plugins.map(|plugin| Plugin::read(&plugin)).collect(),
            is_list: root.as_ref().is_some_and(|root| root.node.get("plugins").is_some()),
            config,
        }
    }

    /// The ranges from which its pods get addresses.
    pub fn ranges(&self) -> impl Iterator<Item = &AttachmentRange<'a>> {
        self.plugins.iter().flat_map(|plugin| &plugin.ranges)
    }

    /// What is run for a pod, one after the other.
    pub fn run(&self) -> impl Iterator<Item = &Plugin<'a>> {
        self.plugins.iter().skip(usize::from(self.is_list))
    }

    /// The addresses that every pod gets.
    pub fn addresses(&self) -> impl Iterator<Item = &Address<'a>> {
        self.plugins.iter().flat_map(|plugin| &plugin.addresses)
    }
}

/// A value in a configuration; its place is the whole `spec.config`.
fn in_text<'a, T: Canonical>(text: &str) -> Parsed<'a, T> {
    Parsed::new(place(path!("spec.config")), text.to_owned())
}

/// The first text that is not empty, at any of these paths.
fn first<'n>(part: &Part<'n>, paths: impl IntoIterator<Item = Path>) -> Option<&'n str> {
    paths.into_iter().find_map(|path| part.text(path).filter(|text| !text.is_empty()))
}

impl Plugin<'_> {
    fn read(part: &Part<'_>) -> Self {
        let word = |paths: &[Path]| first(part, paths.iter().copied()).map(str::to_owned);
        let ranges = RANGES.into_iter().flat_map(|path| part.each(path));
        let is_range = |range: &Part<'_>| NETS.into_iter().any(|path| value(range.node, path).is_some());
        let fixed = part.facts(ADDRESSES).into_iter().filter_map(|fact| fact.text.split('/').next());
        Self {
            kind: word(&[TYPE]).unwrap_or_default(),
            master: word(&MASTERS),
            device: word(&[DEVICE]),
            vlan: word(&VLANS),
            mode: word(&[path!("mode")]),
            ipam: word(&[IPAM]).unwrap_or_default(),
            ranges_are_brought: part.bool(BROUGHT) == Some(true),
            ranges: ranges.filter(is_range).map(|range| AttachmentRange::read(&range, part)).collect(),
            addresses: fixed.map(in_text).collect(),
            fixed: part.each(FIXED).iter().filter_map(fixed_text).collect(),
            gateways: [RANGES.map(|path| texts(part, path, GATEWAY)).concat(), texts(part, Path::HERE, HOPS)]
                .concat(),
            destinations: texts(part, Path::HERE, DESTINATIONS),
            excluded: RANGES.map(|path| texts(part, path, EXCLUDED)).concat(),
        }
    }
}

/// The texts at a path below the parts at another, without empty ones.
fn texts(part: &Part<'_>, above: Path, path: Path) -> Vec<String> {
    let facts = part
        .each(above)
        .into_iter()
        .flat_map(|part| part.facts(path).into_iter().map(|fact| fact.text.to_owned()).collect::<Vec<_>>());
    facts.filter(|text| !text.is_empty()).collect()
}

fn fixed_text(part: &Part<'_>) -> Option<(String, Option<String>)> {
    Some((part.text(path!("address"))?.to_owned(), first(part, [GATEWAY]).map(str::to_owned)))
}

impl AttachmentRange<'_> {
    fn read(part: &Part<'_>, plugin: &Part<'_>) -> Self {
        let range = first(part, NETS);
        // Start, end and network in one.
        let short = range.and_then(|range| range.split_once('-'));
        let short_end = short.and_then(|(_, end)| end.split_once('/')).map(|(end, _)| end);
        let net: Option<Parsed<'_, IpNet>> = short.map_or(range, |(_, net)| Some(net)).map(in_text);
        Self {
            book: net.as_ref().and_then(|net| book(plugin, net.value?)),
            net,
            is_short: short.is_some(),
            start: first(part, STARTS).or(short.map(|(start, _)| start)).map(in_text),
            end: first(part, ENDS).or(short_end).map(in_text),
            gateway: first(part, [GATEWAY]).map(in_text),
            excluded: part.facts(EXCLUDED).iter().filter_map(|fact| block(fact.text)).collect(),
        }
    }

    /// The addresses it gives out, with excluded ones; `None` if an end cannot be read.
    #[must_use]
    pub fn block(&self) -> Option<Block> {
        let net = Block::from(self.net.as_ref()?.value?);
        let end = |end: &Option<Address<'_>>, own| end.as_ref().map_or(Some(own), |end| end.value);
        Block::range(end(&self.start, net.first())?, end(&self.end, net.last())?).ok()
    }
}

/// The book that a plugin's leases of a range are in.
fn book(plugin: &Part<'_>, range: IpNet) -> Option<Book> {
    plugin.text(IPAM).filter(|ipam| *ipam == WHEREABOUTS)?;
    Some(Book {
        network: plugin.text(NETWORK_NAME).unwrap_or_default().to_owned(),
        range: range.trunc(),
        overlapping: plugin.bool(OVERLAPPING).unwrap_or(true),
    })
}

fn block(text: &str) -> Option<Block> {
    Block::parse(text).ok().or_else(|| text.parse::<IpAddr>().ok().map(Block::from))
}
