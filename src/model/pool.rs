//! `IPAddressPool`.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::address::Block;
use crate::find::Fact;
use crate::krm::Item;
use crate::path;
use crate::yaml::PointerBuf;

use super::metallb_address::{Fault, read_address};
use super::selector::{Selector, selectors};

/// One entry of `spec.addresses`.
#[derive(Debug, Clone)]
pub struct PoolAddress<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// The text as written.
    pub text: &'a str,
    /// The addresses that MetalLB reads from it.
    pub block: Result<Block, Fault>,
}

/// An `IPAddressPool`.
#[derive(Debug, Clone)]
pub struct Pool<'a> {
    /// The object.
    pub item: Item<'a>,
    /// `metadata.name`.
    pub name: &'a str,
    /// `spec.addresses`.
    pub addresses: Vec<PoolAddress<'a>>,
    /// `spec.autoAssign`; true if absent.
    pub auto_assign: bool,
    /// `spec.avoidBuggyIPs`.
    pub avoid_buggy_ips: bool,
    /// `spec.serviceAllocation.priority`: lower ones first, those without one last.
    pub priority: Option<i64>,
    /// `spec.serviceAllocation.namespaces`.
    pub namespaces: Vec<Fact<'a>>,
    /// `spec.serviceAllocation.namespaceSelectors`.
    pub namespace_selectors: Vec<Selector<'a>>,
    /// `spec.serviceAllocation.serviceSelectors`.
    pub service_selectors: Vec<Selector<'a>>,
    /// `metadata.labels`.
    pub labels: BTreeMap<&'a str, &'a str>,
}

impl<'a> Pool<'a> {
    pub(super) fn read(item: &Item<'a>) -> Self {
        let entry = |fact: Fact<'a>| PoolAddress {
            block: read_address(fact.text),
            pointer: fact.pointer,
            text: fact.text,
        };
        let part = item.part();
        Self {
            item: *item,
            name: item.name(),
            addresses: part.facts(path!("spec.addresses.[]")).into_iter().map(entry).collect(),
            auto_assign: part.bool(path!("spec.autoAssign")).unwrap_or(true),
            avoid_buggy_ips: part.bool(path!("spec.avoidBuggyIPs")).unwrap_or(false),
            priority: part
                .number(path!("spec.serviceAllocation.priority"))
                .map(|(_, priority)| priority)
                .filter(|priority| *priority > 0),
            namespaces: part.facts(path!("spec.serviceAllocation.namespaces.[]")),
            namespace_selectors: selectors(&part, path!("spec.serviceAllocation.namespaceSelectors.[]")),
            service_selectors: selectors(&part, path!("spec.serviceAllocation.serviceSelectors.[]")),
            labels: item.labels(),
        }
    }

    /// The entries that can be read, with their addresses.
    pub fn blocks(&self) -> impl Iterator<Item = (&PoolAddress<'a>, Block)> {
        self.addresses.iter().filter_map(|entry| Some((entry, entry.block.as_ref().ok().copied()?)))
    }

    /// Whether the pool gives an address out; with `avoidBuggyIPs` not one that ends in .0 or .255.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let is_avoided =
            self.avoid_buggy_ips && matches!(address, IpAddr::V4(ip) if matches!(ip.octets(), [.., 0 | 255]));
        !is_avoided && self.blocks().any(|(_, block)| block.contains(address))
    }

    /// The namespaces that the pool names; `None` if it names none.
    #[must_use]
    pub fn scope(&self) -> Option<Vec<&'a str>> {
        (!self.namespaces.is_empty()).then(|| self.namespaces.iter().map(|fact| fact.text).collect())
    }

    /// Whether the pool is open to every Service of every namespace.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.namespaces.is_empty() && self.namespace_selectors.is_empty() && self.service_selectors.is_empty()
    }

    /// Whether Services of a namespace may use the pool; `None` if namespace labels decide, which the list lacks.
    #[must_use]
    pub fn admits(&self, namespace: &str) -> Option<bool> {
        let named = self.namespaces.iter().any(|fact| fact.text == namespace);
        match (self.namespaces.is_empty(), self.namespace_selectors.is_empty()) {
            _ if named => Some(true),
            (true, true) => Some(true),
            (false, true) => Some(false),
            (_, false) => None,
        }
    }
}
