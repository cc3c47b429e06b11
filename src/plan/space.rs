//! Where a network's addresses may be: the bound that the plan gives it, and private space. Must not know slots.

use ipnet::IpNet;

use super::Network;
use crate::address::Block;

/// Private space: RFC 1918, RFC 6598 (carrier-grade NAT), RFC 4193 (unique local addresses), RFC 3927 and RFC 4291 (link
/// local).
const PRIVATE: [&str; 7] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "fc00::/7",
    "fe80::/10",
];

/// Whether no address of the block is somebody's on the internet.
#[must_use]
pub fn is_private(block: &Block) -> bool {
    let nets = PRIVATE.iter().filter_map(|net| net.parse::<IpNet>().ok());
    nets.map(Block::from).any(|net| net.contains_block(block))
}

impl Network {
    /// The bound that a block leaves.
    #[must_use]
    pub fn left_by(&self, block: &Block) -> Option<&Block> {
        let bound = self.within.iter().find(|bound| bound.first().is_ipv4() == block.first().is_ipv4());
        bound.filter(|bound| !bound.contains_block(block))
    }
}
