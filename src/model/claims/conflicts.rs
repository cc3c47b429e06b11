//! Finds the overlapping claims that the sharing table objects to. Must not know any kind, only the table's form.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::address::{Block, Index};

use super::super::Model;
use super::services::Services;
use super::sharing::{Row, SHARING, Said, Told};
use super::{Claim, Kind, common};

/// A conflict; its claims by index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) rule: &'static str,
    pub(super) block: Block,
    pub(super) one: usize,
    pub(super) other: Option<usize>,
}

/// The claims, and what is needed to judge them.
struct Search<'m, 'a> {
    claims: &'m [Claim<'a>],
    instances: &'m [String],
    services: Services<'m, 'a>,
    found: Vec<Found>,
}

/// Every conflict; those of one rule in the order of the claims at which they are reported.
pub(super) fn find<'a>(model: &Model<'a>, claims: &[Claim<'a>], instances: &[String]) -> Vec<Found> {
    let mut search = Search { claims, instances, services: Services::new(model), found: Vec::new() };
    search.astray(model);
    search.chained();
    search.with_the_first();
    search.each();
    search.found
}

impl Search<'_, '_> {
    /// The claims that are certain, with their indexes. Others conflict with nothing.
    fn certain(&self) -> impl Iterator<Item = (usize, &Claim<'_>)> {
        self.claims.iter().enumerate().filter(|(_, claim)| claim.certain)
    }

    /// VIPs that no pool can give to their Service.
    fn astray(&mut self, model: &Model<'_>) {
        let outside = |(one, claim): (usize, &Claim<'_>)| {
            let outside = model.outside(model.vips.get(claim.vip?)?, claim.block.first())?;
            Some(Found { rule: outside.rule(), block: claim.block, one, other: None })
        };
        let found: Vec<Found> = self.certain().filter_map(outside).collect();
        self.found.extend(found);
    }

    /// Compares each claim with the one that begins before it and reaches furthest.
    fn chained(&mut self) {
        for row in SHARING.iter().filter(|row| row.tells(Told::Chained).contains(&true)) {
            let of_row = self.certain().filter(|(_, claim)| row.left.contains(&claim.kind));
            let mut sorted: Vec<(usize, Block)> = of_row.map(|(place, claim)| (place, claim.block)).collect();
            sorted.sort_by_cached_key(|(_, block)| (block.first(), block.last()));
            let mut widest: Option<(usize, Block)> = None;
            for next in sorted {
                if let Some(before) = widest {
                    let (one, other) = (before.0.max(next.0), before.0.min(next.0));
                    self.found.extend(self.verdict(one, other, Told::Chained));
                }
                if widest.is_none_or(|before| before.1.last() < next.1.last()) {
                    widest = Some(next);
                }
            }
        }
    }

    /// Compares each claim with earlier ones of its address, and reports the first conflict of each rule.
    fn with_the_first(&mut self) {
        let rows = || SHARING.iter().filter(|row| row.tells(Told::WithTheFirst).contains(&true));
        let of_rows = self.certain().filter(|(_, claim)| rows().any(|row| row.left.contains(&claim.kind)));
        let asking: Vec<(usize, Block)> = of_rows.map(|(place, claim)| (place, claim.block)).collect();
        let mut before: BTreeMap<IpAddr, Vec<usize>> = BTreeMap::new();
        for (place, block) in asking {
            let earlier = before.entry(block.first()).or_default();
            let said = self.found.len();
            for other in earlier.iter() {
                let found = self.verdict(place, *other, Told::WithTheFirst);
                let is_new =
                    |found: &Found| self.found.iter().skip(said).all(|known| known.rule != found.rule);
                if let Some(found) = found.filter(is_new) {
                    self.found.push(found);
                }
            }
            earlier.push(place);
        }
    }

    /// Compares all claims that overlap, skipping pairs of kinds that the table does not object to.
    fn each(&mut self) {
        let mut blocks: BTreeMap<Kind, Vec<(Block, usize)>> = BTreeMap::new();
        for (place, claim) in self.certain() {
            blocks.entry(claim.kind).or_default().push((claim.block, place));
        }
        let indexes: Vec<(Kind, Index<usize>)> =
            blocks.iter().map(|(kind, blocks)| (*kind, Index::new(blocks.iter().copied()))).collect();
        let mut met: BTreeMap<Kind, Vec<&Index<usize>>> = BTreeMap::new();
        for kind in blocks.keys() {
            let others = indexes.iter().filter(|(other, _)| self.may_tell(*kind, *other));
            met.insert(*kind, others.map(|(_, index)| index).collect());
        }
        let places: Vec<usize> = self.certain().map(|(place, _)| place).collect();
        for place in places {
            self.of(place, &met);
        }
    }

    /// Compares one claim with all that it overlaps, in descending order of their first addresses.
    fn of(&mut self, place: usize, partners: &BTreeMap<Kind, Vec<&Index<usize>>>) {
        let Some(claim) = self.claims.get(place) else { return };
        let of_kind = partners.get(&claim.kind).into_iter().flatten();
        let mut met: Vec<(Reverse<IpAddr>, Reverse<usize>)> = of_kind
            .flat_map(|index| index.meeting(claim.block))
            .map(|(block, other)| (Reverse(block.first()), Reverse(*other)))
            .collect();
        met.sort_unstable();
        let said = self.found.len();
        for (_, Reverse(other)) in met {
            for told in [Told::AtLeft, Told::AtLater] {
                let found = self.verdict(place, other, told).filter(|found| !self.is_said(found, said));
                self.found.extend(found);
            }
        }
    }

    /// Whether the same was reported of the claim: two copies of an object may state the other claim.
    fn is_said(&self, found: &Found, since: usize) -> bool {
        let other = |found: &Found| self.claims.get(found.other?);
        let now = other(found);
        let said = self.found.iter().skip(since).rev();
        let mut near = said.map(|known| (known, other(known))).take_while(|(_, known)| {
            known.map(|known| known.block.first()) == now.map(|now| now.block.first())
        });
        near.any(|(known, before)| {
            known.rule == found.rule && before.zip(now).is_some_and(|(before, now)| before.says_the_same(now))
        })
    }

    /// Whether the table may object to an overlap of these kinds.
    fn may_tell(&self, one: Kind, other: Kind) -> bool {
        let tells = |row: &Row, told| {
            let [own, across] = row.tells(told);
            own || across && self.instances.len() > 1
        };
        SHARING.iter().any(|row| {
            row.has(one, other) && tells(row, Told::AtLeft)
                || (row.has(one, other) || row.has(other, one)) && tells(row, Told::AtLater)
        })
    }

    /// The conflict of a claim with another, if it is reported at this claim and in this way.
    fn verdict(&self, place: usize, by: usize, told: Told) -> Option<Found> {
        let (one, other) = (self.claims.get(place)?, self.claims.get(by)?);
        let block = common(&one.block, &other.block).filter(|_| place != by)?;
        let (row, is_left) = self.row(one, other)?;
        let own = one.owner.is_none() || other.owner.is_none() || one.owner == other.owner;
        let said: Said = if own { row.own? } else { row.across? };
        let is_here = match said.told {
            Told::AtLeft => is_left,
            Told::AtLater => self.rank(place, one) > self.rank(by, other),
            Told::Chained | Told::WithTheFirst => true,
        };
        let holds = said.told == told && is_here && !one.excludes(&block) && !other.excludes(&block);
        holds.then_some(Found { rule: said.rule, block, one: place, other: Some(by) })
    }

    /// The row that decides, and whether the first claim is on its left.
    fn row(&self, one: &Claim<'_>, other: &Claim<'_>) -> Option<(&'static Row, bool)> {
        let holds = |row: &Row, left: &Claim<'_>, right: &Claim<'_>| {
            row.has(left.kind, right.kind) && row.when.is_none_or(|when| when(&self.services, left, right))
        };
        SHARING.iter().find_map(|row| {
            if holds(row, one, other) {
                return Some((row, true));
            }
            holds(row, other, one).then_some((row, false))
        })
    }

    /// The order of claims: by instance name, then by index.
    fn rank(&self, place: usize, claim: &Claim<'_>) -> (Option<&str>, usize) {
        (claim.owner.and_then(|owner| self.instances.get(owner)).map(String::as_str), place)
    }
}
