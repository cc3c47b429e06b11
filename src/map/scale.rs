//! The part of a network that is shown, and the position of addresses in it. Must not know lanes or media.

use std::net::IpAddr;

use super::atlas::{Network, count, ends, spelled};
use super::networks::smallest;
use crate::address::{Block, numbered};
use crate::model::common;

/// A network of up to so many addresses is shown whole.
const WHOLE: u128 = 256;

/// The part of a network that is shown, at a width of so many steps (pixels or letters).
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// The CIDR that is shown.
    pub(super) window: Block,
    /// Whether it is less than the network.
    pub(super) zoomed: bool,
    steps: u32,
}

impl Scale {
    /// The whole network if it is small or used throughout, else the smallest CIDR around what is used.
    pub(super) fn of(network: &Network, steps: u32) -> Self {
        let shortest = if network.block.first().is_ipv4() { 24 } else { 120 };
        let seen = network.spans.iter().filter_map(|span| common(&span.block, &network.block));
        let used = seen.reduce(|one, other| {
            let (first, last) = (one.first().min(other.first()), one.last().max(other.last()));
            Block::range(first, last).unwrap_or(one)
        });
        let used = used.map_or(network.block, |used| smallest(&used, shortest));
        let zoomed = count(&network.block) > WHOLE && network.block.size() > used.size();
        Self { window: if zoomed { used } else { network.block }, zoomed, steps }
    }

    /// A block's first step and its number of steps, at least one; `None` if out of sight.
    pub(super) fn place(&self, block: &Block) -> Option<(u32, u32)> {
        let seen = common(block, &self.window)?;
        let (origin, _) = ends(&self.window);
        let (first, last) = ends(&seen);
        let left = self.step(first.saturating_sub(origin));
        let right = self.step(last.saturating_sub(origin).saturating_add(1));
        let left = left.min(self.steps.saturating_sub(1));
        Some((left, right.saturating_sub(left).max(1)))
    }

    /// The step of an offset. The window's size is a power of two, so shifting loses nothing visible.
    fn step(&self, behind: u128) -> u32 {
        let size = count(&self.window);
        let (behind, size) = if size >> 64 == 0 { (behind, size) } else { (behind >> 64, size >> 64) };
        let step = behind.saturating_mul(self.steps.into()).checked_div(size).unwrap_or(0);
        u32::try_from(step).unwrap_or(self.steps).min(self.steps)
    }

    /// Up to so many equidistant addresses, shortened.
    pub(super) fn ticks(&self, wanted: u32) -> Vec<(u32, String)> {
        let (first, _) = ends(&self.window);
        let number = u128::from(wanted).min(count(&self.window)).max(1);
        let each = count(&self.window).checked_div(number).unwrap_or(1);
        let tick = |index: u128| {
            let address = numbered(self.window.first(), first.saturating_add(index.saturating_mul(each)))?;
            Some((self.place(&address.into())?.0, self.short(address)))
        };
        (0..number).filter_map(tick).collect()
    }

    /// A block without the beginning that all addresses shown share: `.80–.90`.
    pub(super) fn short_block(&self, block: &Block) -> String {
        if !self.window.contains_block(block) {
            return spelled(block);
        }
        match (self.short(block.first()), self.short(block.last())) {
            (first, last) if first == last => first,
            (first, last) => format!("{first}–{last}"),
        }
    }

    /// An address without the beginning that all addresses shown share: `.80`, `:80`.
    pub(super) fn short(&self, address: IpAddr) -> String {
        let words = words(address);
        let (width, mark) = if address.is_ipv4() { (8, ".") } else { (16, ":") };
        let bits = u128::BITS.saturating_sub(self.window.size().leading_zeros());
        let wanted = usize::try_from(bits.div_ceil(width)).unwrap_or_default().max(1);
        let skipped = words.len().saturating_sub(wanted);
        words.iter().skip(skipped).flat_map(|word| [mark, word]).collect()
    }
}

/// The octets or groups of an address.
fn words(address: IpAddr) -> Vec<String> {
    match address {
        IpAddr::V4(address) => address.octets().iter().map(u8::to_string).collect(),
        IpAddr::V6(address) => address.segments().iter().map(|word| format!("{word:x}")).collect(),
    }
}
