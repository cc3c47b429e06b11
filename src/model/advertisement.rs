//! `L2Advertisement` and `BGPAdvertisement`.

use crate::find::Fact;
use crate::krm::Item;
use crate::path;
use crate::yaml::PointerBuf;

use super::pool::Pool;
use super::selector::{Selector, selectors};

/// The protocol of an advertisement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// ARP and NDP.
    L2,
    /// BGP.
    Bgp,
}

/// An advertisement of either kind.
#[derive(Debug, Clone)]
pub struct Advertisement<'a> {
    /// The object.
    pub item: Item<'a>,
    /// The protocol, by its kind.
    pub protocol: Protocol,
    /// `spec.ipAddressPools`.
    pub pools: Vec<Fact<'a>>,
    /// `spec.ipAddressPoolSelectors`.
    pub pool_selectors: Vec<Selector<'a>>,
    /// `spec.nodeSelectors`.
    pub node_selectors: Vec<Selector<'a>>,
    /// `spec.serviceSelectors`.
    pub service_selectors: Vec<Selector<'a>>,
    /// `spec.interfaces` (L2).
    pub interfaces: Vec<Fact<'a>>,
    /// `spec.peers` (BGP).
    pub peers: Vec<Fact<'a>>,
    /// `spec.communities` (BGP).
    pub communities: Vec<Fact<'a>>,
    /// `spec.aggregationLength` (BGP).
    pub aggregation: Option<(PointerBuf, i64)>,
    /// `spec.aggregationLengthV6` (BGP).
    pub aggregation_v6: Option<(PointerBuf, i64)>,
    /// `spec.localPref` (BGP).
    pub local_pref: Option<(PointerBuf, i64)>,
}

impl<'a> Advertisement<'a> {
    pub(super) fn read(item: &Item<'a>, protocol: Protocol) -> Self {
        let part = item.part();
        Self {
            item: *item,
            protocol,
            pools: part.facts(path!("spec.ipAddressPools.[]")),
            pool_selectors: selectors(&part, path!("spec.ipAddressPoolSelectors.[]")),
            node_selectors: selectors(&part, path!("spec.nodeSelectors.[]")),
            service_selectors: selectors(&part, path!("spec.serviceSelectors.[]")),
            interfaces: part.facts(path!("spec.interfaces.[]")),
            peers: part.facts(path!("spec.peers.[]")),
            communities: part.facts(path!("spec.communities.[]")),
            aggregation: part.number(path!("spec.aggregationLength")),
            aggregation_v6: part.number(path!("spec.aggregationLengthV6")),
            local_pref: part.number(path!("spec.localPref")),
        }
    }

    /// Whether it names no pool and selects none, and so announces every pool.
    #[must_use]
    pub fn is_of_everything(&self) -> bool {
        self.pools.is_empty() && self.pool_selectors.is_empty()
    }

    /// Whether it announces a pool.
    #[must_use]
    pub fn announces(&self, pool: &Pool<'_>) -> bool {
        self.is_of_everything()
            || self.pools.iter().any(|name| name.text == pool.name)
            || self.pool_selectors.iter().any(|selector| selector.matches(&pool.labels))
    }
}
