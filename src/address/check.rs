//! What makes a list of pairs a mapping: unambiguous, injective where addresses move, and idempotent. Must not know
//! texts.

use std::fmt;
use std::net::IpAddr;

use super::Block;
use super::mapping::{Pair, smallest};
use super::number::{number, numbered};

/// Why a list of pairs is not a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingError(String);

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for MappingError {}

/// The first fault of a list of pairs, which must be sorted by size, smallest source first.
pub(super) fn check(pairs: &[Pair]) -> Result<(), MappingError> {
    pairs.iter().try_for_each(fits)?;
    for (index, one) in pairs.iter().enumerate() {
        for other in pairs.iter().skip(index.saturating_add(1)) {
            sources(one, other)?;
            protected(one, other)?;
            protected(other, one)?;
        }
        pairs.iter().try_for_each(|other| twice(one, other))?;
    }
    merged(pairs)
}

/// Both blocks of a pair have one family and one size.
fn fits(pair: &Pair) -> Result<(), MappingError> {
    let Pair { from, to } = pair;
    if from.first().is_ipv4() != to.first().is_ipv4() {
        return Err(MappingError(format!(
            "{from} and {to} are of different address families; pair IPv4 with IPv4 and IPv6 with IPv6"
        )));
    }
    if from.size() != to.size() {
        return Err(MappingError(format!(
            "{from} and {to} hold different numbers of addresses; give both the same size"
        )));
    }
    Ok(())
}

/// Two sources are disjoint, or one holds the other.
fn sources(one: &Pair, other: &Pair) -> Result<(), MappingError> {
    let (one, other) = (one.from, other.from);
    if one.same_addresses(&other) {
        return Err(MappingError(format!("{other} is given twice as a source ({one}); give it one target")));
    }
    let nested = one.contains_block(&other) || other.contains_block(&one);
    if one.overlaps(&other) && !nested {
        return Err(MappingError(format!(
            "the sources {one} and {other} overlap by a part; keep them apart, or put one inside the other"
        )));
    }
    Ok(())
}

/// No target overlaps a source that moves: a second run would move its addresses again.
fn twice(one: &Pair, other: &Pair) -> Result<(), MappingError> {
    if !(one.moves() && other.moves() && one.to.overlaps(&other.from)) {
        return Ok(());
    }
    let source = if one == other { "itself".to_owned() } else { format!("the source {}", other.from) };
    Err(MappingError(format!(
        "the target {} of {} overlaps {source}, so a second run would move addresses twice; choose a target apart from \
         all sources",
        one.to, one.from
    )))
}

/// No target overlaps a source that stays, unless one of the two sources holds the other.
fn protected(moving: &Pair, staying: &Pair) -> Result<(), MappingError> {
    let meet = moving.moves() && !staying.moves() && moving.to.overlaps(&staying.from);
    if !meet || staying.from.contains_block(&moving.from) || moving.from.contains_block(&staying.from) {
        return Ok(());
    }
    Err(MappingError(format!(
        "the target {} of {} overlaps {}, which stays, so two addresses would become one; choose another target",
        moving.to, moving.from, staying.from
    )))
}

/// A run of consecutive addresses that one pair decides, at its target; as numbers.
struct Arrival<'p> {
    ipv6: bool,
    first: u128,
    last: u128,
    pair: &'p Pair,
}

/// No two moving addresses arrive at the same one.
fn merged(pairs: &[Pair]) -> Result<(), MappingError> {
    let mut arrivals = arrivals(pairs);
    arrivals.sort_by_cached_key(|arrival| (arrival.ipv6, arrival.first));
    let mut neighbours = arrivals.iter().zip(arrivals.iter().skip(1));
    let met = neighbours.find(|(one, next)| one.ipv6 == next.ipv6 && next.first <= one.last);
    met.map_or(Ok(()), |(one, next)| {
        Err(MappingError(format!(
            "{} -> {} and {} -> {} overlap in their targets, so two addresses would become one; keep the targets apart",
            one.pair.from, one.pair.to, next.pair.from, next.pair.to
        )))
    })
}

/// The first address of a block and the one after its last, if there is one.
fn edges(block: &Block) -> [Option<IpAddr>; 2] {
    let behind = number(block.last()).checked_add(1).and_then(|number| numbered(block.last(), number));
    [Some(block.first()), behind]
}

fn arrivals(pairs: &[Pair]) -> Vec<Arrival<'_>> {
    let mut starts: Vec<IpAddr> = pairs.iter().flat_map(|pair| edges(&pair.from)).flatten().collect();
    starts.sort_unstable();
    starts.dedup();
    let nexts = starts.iter().skip(1).map(Some).chain([None]);
    let stretches = starts.iter().zip(nexts);
    let arrival = |(start, next): (&IpAddr, Option<&IpAddr>)| {
        let pair = smallest(pairs, *start).filter(|pair| pair.moves())?;
        let next = next.filter(|next| pair.from.contains(**next));
        let last = next.map_or(number(pair.from.last()), |next| number(*next).saturating_sub(1));
        let shifted = |number: u128| number.wrapping_add(pair.shift());
        let first = shifted(number(*start));
        Some(Arrival { ipv6: start.is_ipv6(), first, last: shifted(last), pair })
    };
    stretches.filter_map(arrival).collect()
}

#[cfg(test)]
mod tests {
    use crate::address::{Block, Mapping};

    fn mapping(pairs: &[(&str, &str)]) -> Result<Mapping, String> {
        let block = |text: &str| Block::parse(text).unwrap();
        let pairs = pairs.iter().map(|(from, to)| (block(from), block(to))).collect();
        Mapping::new(pairs).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_no_mapping_says_why() {
        let cases: [(&[(&str, &str)], &str); 11] = [
            (&[("10.0.0.0/24", "10.1.0.0/25")], "different numbers"),
            (&[("10.0.0.0/24", "fd00::/120")], "different address families"),
            (&[("10.0.0.0/24", "10.1.0.0/24"), ("10.0.0.0-10.0.0.255", "10.2.0.0/24")], "twice as a source"),
            (
                &[("10.0.0.0-10.0.0.9", "10.1.0.0-10.1.0.9"), ("10.0.0.5-10.0.0.14", "10.2.0.5-10.2.0.14")],
                "by a part",
            ),
            (&[("10.0.0.0-10.0.0.9", "10.0.0.5-10.0.0.14")], "overlaps itself, so a second run"),
            (&[("10.0.0.0/24", "10.1.0.0/24"), ("10.1.0.0/24", "10.0.0.0/24")], "a second run"),
            (&[("10.0.0.0/8", "11.0.0.0/8"), ("10.1.0.0/16", "10.2.0.0/16")], "a second run"),
            (&[("10.0.0.0/24", "10.9.0.0/24"), ("10.1.0.0/24", "10.9.0.0/24")], "become one"),
            (&[("10.0.0.0/24", "10.9.0.0/24"), ("10.9.0.1/32", "10.9.0.1/32")], "which stays"),
            (&[("10.0.0.0/24", "10.9.0.0/24"), ("10.0.0.80/32", "10.9.0.90/32")], "become one"),
            (&[("fd00::/64", "fd09::/64"), ("fd01::/64", "fd09::/64")], "become one"),
        ];
        for (pairs, why) in cases {
            let error = mapping(pairs).unwrap_err();
            assert!(error.contains(why), "{pairs:?}: {error}");
        }
    }

    #[test]
    fn pairs_that_get_along() {
        let cases: [&[(&str, &str)]; 7] = [
            &[],
            &[("192.168.122.0/24", "192.168.122.0/24"), ("192.168.122.80/30", "192.168.122.112/30")],
            &[("10.0.0.0/24", "10.9.0.0/24"), ("10.0.0.1/32", "10.0.0.1/32")],
            &[("10.0.0.0/24", "10.9.0.0/24"), ("10.0.0.80/32", "10.9.0.80/32")],
            &[("10.0.0.0/24", "10.9.0.0/24"), ("10.0.0.8/32", "10.9.0.9/32"), ("10.0.0.9/32", "10.9.0.8/32")],
            &[("0.0.0.0/1", "128.0.0.0/1"), ("::/1", "8000::/1")],
            &[("128.0.0.0/1", "0.0.0.0/1"), ("8000::/1", "::/1")],
        ];
        for pairs in cases {
            assert_eq!(mapping(pairs).map(|_| ()), Ok(()), "{pairs:?}");
        }
    }
}
