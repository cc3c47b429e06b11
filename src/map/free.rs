//! What nothing takes. Must not know what takes the rest.

use std::cmp::Reverse;
use std::net::IpAddr;

use super::atlas::{Span, block, ends};
use crate::address::Block;
use crate::model::common;

/// The addresses that spans take, as blocks apart from each other, by address.
pub(super) fn covered(spans: &[Span]) -> Vec<Block> {
    let mut blocks: Vec<Block> = spans.iter().map(|span| span.block).collect();
    blocks.sort_by_cached_key(|block| (block.first(), Reverse(block.last())));
    let mut covered: Vec<Block> = Vec::new();
    for block in blocks {
        match covered.last_mut().filter(|last| last.overlaps(&block)) {
            Some(last) => *last = Block::range(last.first(), last.last().max(block.last())).unwrap_or(*last),
            None => covered.push(block),
        }
    }
    covered
}

/// The addresses of a subnet that nothing takes; not IPv4's first and last one.
pub(super) fn free(subnet: &Block, taken: &[Block]) -> Vec<Block> {
    let (mut next, end) = hosts(subnet);
    let mut free = Vec::new();
    let before = taken.partition_point(|block| block.last() < subnet.first());
    let met = taken.iter().skip(before).take_while(|block| block.first() <= subnet.last());
    for (first, last) in met.filter_map(|one| common(one, subnet)).map(|one| ends(&one)) {
        if first > next {
            free.extend(block(subnet.first(), next, first.saturating_sub(1).min(end)));
        }
        next = next.max(last.saturating_add(1));
        if next > end {
            return free;
        }
    }
    free.extend(block(subnet.first(), next, end));
    free
}

/// The first and last assignable address of a subnet.
fn hosts(block: &Block) -> (u128, u128) {
    let (first, last) = ends(block);
    match block.first() {
        IpAddr::V4(_) if block.size() > 1 => (first.saturating_add(1), last.saturating_sub(1)),
        _ => (first, last),
    }
}
