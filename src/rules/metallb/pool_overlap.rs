//! `pool-overlap`: pools must not overlap, whoever may use them; MetalLB then loads none.

use crate::address::Block;
use crate::krm::Severity;
use crate::model::{Model, Pool, PoolAddress};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "pool-overlap",
    severity: Severity::Error,
    summary: "Two entries, of one pool or of two, hold the same address.",
    check,
};

/// An entry with its pool.
type Held<'m, 'a> = (Block, &'m Pool<'a>, &'m PoolAddress<'a>);

fn check(model: &Model<'_>, report: &mut Report) {
    let entries = |pool| Pool::blocks(pool).map(move |(entry, block)| (block, pool, entry));
    let mut held: Vec<Held<'_, '_>> = model.pools.iter().flat_map(entries).collect();
    held.sort_by_cached_key(|(block, ..)| (block.first(), block.last()));
    let mut widest: Option<Held<'_, '_>> = None;
    for next in held {
        if let Some(before) = widest.filter(|before| before.0.overlaps(&next.0)) {
            say(before, next, report);
        }
        if widest.is_none_or(|before| before.0.last() < next.0.last()) {
            widest = Some(next);
        }
    }
}

/// Reported at the one that comes later in the list.
fn say(one: Held<'_, '_>, other: Held<'_, '_>, report: &mut Report) {
    let place = |held: &Held<'_, '_>| (held.1.item.index, held.2.pointer.to_string());
    let (first, last) = if place(&one) <= place(&other) { (one, other) } else { (other, one) };
    let whose = if first.1.item.index == last.1.item.index {
        "of the same pool".to_owned()
    } else {
        format!("of IPAddressPool {}", first.1.name)
    };
    let message = format!(
        "{:?} overlaps {:?} {whose}, and MetalLB then loads no pool at all; give each address to one pool only",
        last.2.text, first.2.text
    );
    report.at(&last.1.item, &last.2.pointer, message);
}
