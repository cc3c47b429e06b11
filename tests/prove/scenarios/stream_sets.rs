//! Generated sets: a few pools, then a few advertisements, and what is wrong with them by a model that was
//! written from MetalLB's documentation of its own rules and shares no code with the function.

use serde_json::{Value, json};

use super::addresses::{Interval, overlap, parse};
use crate::metallb::NAMESPACE;

/// A small generator of numbers, so that a seed gives the same sets for ever.
pub(crate) struct Random(u64);

#[derive(Debug)]
pub(crate) struct Set {
    pools: Vec<Pool>,
    advertisements: Vec<Advertisement>,
}

#[derive(Debug)]
struct Pool {
    addresses: Vec<String>,
    namespaces: Vec<&'static str>,
}

#[derive(Debug)]
struct Advertisement {
    bgp: bool,
    /// Places of pools in the set; one beyond it is nobody's.
    pools: Vec<usize>,
    peers: Vec<&'static str>,
    communities: Vec<&'static str>,
    aggregation: u32,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below the limit (xorshift64*).
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % limit
    }

    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }

    fn some<T>(&mut self, most: u64, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| make(self)).collect()
    }
}

pub(crate) fn generate(random: &mut Random) -> Set {
    let mut pools = random.some(2, pool);
    pools.push(pool(random));
    let count = pools.len() as u64;
    let advertisements = random.some(2, |random| advertisement(random, count));
    Set { pools, advertisements }
}

fn pool(random: &mut Random) -> Pool {
    let mut addresses = random.some(2, address);
    // Now and then a pool without any.
    if random.below(20) > 0 {
        addresses.push(address(random));
    }
    Pool {
        addresses,
        namespaces: random.some(2, |random| random.one_of(&["openstack", "openstack2", "openstack3", ""])),
    }
}

fn advertisement(random: &mut Random, pools: u64) -> Advertisement {
    Advertisement {
        bgp: random.below(2) == 0,
        pools: random.some(2, |random| usize::try_from(random.below(pools + 1)).unwrap()),
        peers: random.some(2, |random| random.one_of(&["p", "q", "r"])),
        communities: random
            .some(2, |random| random.one_of(&["65000:1", "65000:2", "large:1:2:3", "65000:x", "alias"])),
        aggregation: random.one_of(&[32, 32, 32, 28, 24, 33]),
    }
}

/// Mostly good and mostly apart; the faults are those that people make.
fn address(random: &mut Random) -> String {
    let (net, low, size) = (random.below(40), random.below(200), random.below(50));
    let high = low + size;
    match random.below(40) {
        0 => format!("172.17.{net}.{low}"),
        1 => format!("172.17.{net}.{low}-{high}"),
        2 => format!("172.17.{net}.{high}-172.17.{net}.{low}"),
        3 => format!(" 172.17.{net}.0/28"),
        4 => format!("172.17.{net}.0/{}", 30 + random.below(5)),
        5 => format!("172.17.{net}.{low}-fd00::{high:x}"),
        6 => format!(" 172.17.{net}.{low} - 172.17.{net}.{high} "),
        7 => format!("172.17.0{net}.{low}-172.17.{net}.{high}"),
        8 => format!("172.17.{}.0/22", net & !3),
        9..=12 => format!("fd00:{net:x}::{low:x}-fd00:{net:x}::{high:x}"),
        13..=15 => format!("fd00:{net:x}::/{}", 112 + random.below(16)),
        16..=21 => format!("172.17.{net}.{low}/{}", 24 + random.below(9)),
        _ => format!("172.17.{net}.{low}-172.17.{net}.{high}"),
    }
}

impl Set {
    /// The place of the first object that is refused.
    pub(crate) fn refused_at(&self) -> Option<usize> {
        let mut taken = Vec::new();
        if let Some(place) = self.pools.iter().position(|pool| !pool.accepted(&mut taken)) {
            return Some(place);
        }
        let place =
            self.advertisements.iter().position(|advertisement| !advertisement.accepted(&self.pools))?;
        Some(self.pools.len() + place)
    }

    pub(crate) fn objects(&self) -> Vec<Value> {
        let object = |kind: &str, name: String, spec: Value| {
            let metadata = json!({"name": name, "namespace": NAMESPACE});
            json!({"apiVersion": "metallb.io/v1beta1", "kind": kind, "metadata": metadata, "spec": spec})
        };
        let pools = self.pools.iter().enumerate().map(|(place, pool)| {
            let allocation = json!({"namespaces": pool.namespaces});
            let spec = json!({"addresses": pool.addresses, "serviceAllocation": allocation});
            object("IPAddressPool", format!("pool-{place}"), spec)
        });
        let advertisements = self.advertisements.iter().enumerate().map(|(place, made)| {
            let pools: Vec<String> = made.pools.iter().map(|pool| format!("pool-{pool}")).collect();
            if !made.bgp {
                return object("L2Advertisement", format!("l2-{place}"), json!({"ipAddressPools": pools}));
            }
            let spec = json!({
                "ipAddressPools": pools, "peers": made.peers, "communities": made.communities,
                "aggregationLength": made.aggregation,
            });
            object("BGPAdvertisement", format!("bgp-{place}"), spec)
        });
        pools.chain(advertisements).collect()
    }
}

impl Pool {
    fn accepted(&self, taken: &mut Vec<Interval>) -> bool {
        if self.addresses.is_empty() || repeats(&self.namespaces) {
            return false;
        }
        for text in &self.addresses {
            let Some(intervals) = parse(text) else { return false };
            for interval in intervals {
                if taken.iter().any(|other| overlap(*other, interval)) {
                    return false;
                }
                taken.push(interval);
            }
        }
        true
    }
}

impl Advertisement {
    fn accepted(&self, pools: &[Pool]) -> bool {
        if repeats(&self.pools) {
            return false;
        }
        if !self.bgp {
            return true;
        }
        let literal = |text: &&str| text.contains(':');
        let bad = self.communities.iter().filter(|text| literal(text)).any(|text| text.ends_with('x'));
        let literals: Vec<&str> = self.communities.iter().copied().filter(|text| literal(text)).collect();
        let too_long = self.aggregation > 32;
        !(repeats(&self.peers) || bad || repeats(&literals) || too_long || self.too_wide(pools))
    }

    /// Aggregates to more than an entry of one of its pools holds; with no pool named, of any pool.
    fn too_wide(&self, pools: &[Pool]) -> bool {
        let chosen = |place: usize| self.pools.is_empty() || self.pools.contains(&place);
        let entries = pools
            .iter()
            .enumerate()
            .filter(|(place, _)| chosen(*place))
            .flat_map(|(_, pool)| &pool.addresses);
        entries
            .filter_map(|text| parse(text))
            .flatten()
            .any(|interval| interval.0 && widest_block(interval) > self.aggregation)
    }
}

/// The prefix length of the largest block into which a range of IPv4 addresses is cut.
fn widest_block((_, first, last): Interval) -> u32 {
    let holds = |length: u32| {
        let size = 1_u128 << (32 - length);
        first.div_ceil(size) * size + size - 1 <= last
    };
    (0..=32).find(|length| holds(*length)).unwrap_or(32)
}

fn repeats<T: Ord>(list: &[T]) -> bool {
    let mut sorted: Vec<&T> = list.iter().collect();
    sorted.sort();
    sorted.windows(2).any(|pair| pair[0] == pair[1])
}
