//! What cannot both be: which kinds may not share addresses. Knows the atlas alone.

use super::atlas::{Conflict, Kind, Span, common, listed, spelled};

/// Everything that is wrong with the spans of one network, in the order of the addresses.
pub(super) fn conflicts(spans: &[Span], instances: &[String]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (index, one) in spans.iter().enumerate() {
        found.extend(astray(one, spans, instances));
        for other in spans.iter().skip(index.saturating_add(1)) {
            found.extend(overlap(one, other, spans, instances));
        }
    }
    found.sort_by_cached_key(|conflict| (conflict.block.first(), conflict.block.last()));
    found
}

/// Two spans that hold one address and may not.
fn overlap(one: &Span, other: &Span, spans: &[Span], instances: &[String]) -> Option<Conflict> {
    let block = common(&one.block, &other.block)?;
    let excluded = |span: &Span| span.excluded.iter().any(|excluded| excluded.contains_block(&block));
    if excluded(one) || excluded(other) || may_share(one, other, spans) {
        return None;
    }
    let (left, right) = (describe(one, instances), describe(other, instances));
    let verb = if block.size() == 0 { "both have" } else { "overlap in" };
    Some(Conflict {
        block,
        short: format!("{} × {}", one.kind.word(), other.kind.word()),
        sentence: format!("{left} and {right} {verb} {}", spelled(&block)),
    })
}

/// Whether two spans may hold the same addresses.
fn may_share(one: &Span, other: &Span, spans: &[Span]) -> bool {
    let own = one.owner == other.owner;
    match (one.kind, other.kind) {
        // Attachments with one range share its leases, Services with one key their address; nodes behind routers may
        // all be the gateway of their own pods.
        (Kind::Attachment, Kind::Attachment) | (Kind::Vip, Kind::Vip) | (Kind::Node, Kind::Node) => own,
        // The address of a data plane node comes out of its NetConfig.
        (Kind::Node, Kind::Allocation) => own && !one.note.is_empty(),
        // A gateway may be stated twice, and be a node; a VIP comes out of a pool.
        (Kind::Gateway, Kind::Gateway | Kind::Node) | (Kind::Pool, Kind::Vip) => true,
        // What is wrong with the pool is said once, of the pool.
        (Kind::Vip, _) => in_a_pool(one, spans),
        (_, Kind::Vip) => in_a_pool(other, spans),
        _ => false,
    }
}

fn in_a_pool(vip: &Span, spans: &[Span]) -> bool {
    spans.iter().any(|span| span.kind == Kind::Pool && span.block.contains_block(&vip.block))
}

/// A VIP whose note says that its pool does not hold it.
fn astray(vip: &Span, spans: &[Span], instances: &[String]) -> Option<Conflict> {
    if vip.kind != Kind::Vip || vip.note.is_empty() {
        return None;
    }
    let elsewhere = if in_a_pool(vip, spans) { "in another pool" } else { "in no pool of this network" };
    Some(Conflict {
        block: vip.block,
        short: "VIP outside of its pool".to_owned(),
        sentence: format!("{} is {} ({elsewhere})", describe(vip, instances), vip.note),
    })
}

/// A span in a sentence: what, which, whose.
fn describe(span: &Span, instances: &[String]) -> String {
    let owner = span.owner.and_then(|place| instances.get(place)).filter(|_| instances.len() > 1);
    let whose = owner.map_or(String::new(), |owner| format!(" of {owner}"));
    let which = listed(&span.names, 40);
    match span.kind {
        Kind::Vip => format!("VIP {}{whose} ({which})", spelled(&span.block)),
        Kind::Gateway => format!("gateway{whose} ({which})"),
        kind => format!("{} {which}{whose}", kind.word()),
    }
}
