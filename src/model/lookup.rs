//! Indexes of pools by name and address, for rules that ask thousands of times.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::address::{Block, Index};

use super::advertisement::Advertisement;
use super::pool::Pool;

/// Indexes into the list of pools.
#[derive(Debug, Default)]
pub(super) struct Lookup<'a> {
    names: BTreeMap<&'a str, Vec<usize>>,
    blocks: Index<usize>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(pools: &[Pool<'a>]) -> Self {
        let mut names: BTreeMap<&'a str, Vec<usize>> = BTreeMap::new();
        for (place, pool) in pools.iter().enumerate() {
            names.entry(pool.name).or_default().push(place);
        }
        let blocks = pools.iter().enumerate();
        let blocks = blocks.flat_map(|(place, pool)| pool.blocks().map(move |(_, block)| (block, place)));
        Self { names, blocks: Index::new(blocks) }
    }

    /// The first pool of a name.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.names.get(name)?.first().copied()
    }

    /// The first pool that gives an address out.
    pub(super) fn holding(&self, address: IpAddr, pools: &[Pool<'a>]) -> Option<usize> {
        let having = self.blocks.meeting(Block::from(address)).map(|(_, place)| *place);
        having.filter(|place| pools.get(*place).is_some_and(|pool| pool.contains(address))).min()
    }

    /// The pools that an advertisement announces, in list order.
    pub(super) fn announced(&self, advertisement: &Advertisement<'_>, pools: &[Pool<'a>]) -> Vec<usize> {
        if advertisement.is_of_everything() || !advertisement.pool_selectors.is_empty() {
            let all = pools.iter().enumerate().filter(|(_, pool)| advertisement.announces(pool));
            return all.map(|(place, _)| place).collect();
        }
        let named = advertisement.pools.iter().filter_map(|name| self.names.get(name.text));
        let mut named: Vec<usize> = named.flatten().copied().collect();
        named.sort_unstable();
        named.dedup();
        named
    }
}
