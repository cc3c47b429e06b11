//! Words the conflicts over addresses that the model finds. Must not know what may share addresses with what: that is
//! one table, `src/model/claims/sharing.rs`.

use crate::address::Block;
use crate::model::{Claim, Conflict, Kind, Model, shown};
use crate::rules::Report;
use crate::yaml::Node;

/// MetalLB compares all pools, and loads none if two overlap.
pub(super) fn pool_overlap(model: &Model<'_>, report: &mut Report) {
    tell(model, report, |last, first, _| {
        let text = |claim: &Claim<'_>| {
            claim.item.node.at(&claim.pointer).and_then(Node::text).unwrap_or_default().to_owned()
        };
        let whose = if first.item.index == last.item.index {
            "of the same pool".to_owned()
        } else {
            format!("of {}", named(first, last))
        };
        format!(
            "{:?} overlaps {:?} {whose}, and MetalLB then loads no pool at all; give each address to one pool only",
            text(last),
            text(first)
        )
    });
}

/// MetalLB and whereabouts keep separate records, so both give out an address that they have in common.
pub(super) fn pool_attachment_overlap(model: &Model<'_>, report: &mut Report) {
    tell(model, report, |pool, range, block| {
        format!(
            "{} is in the pool {} and in the range {} that {} gives to pods, so two things get one address; keep the two \
             apart, or put the pool's addresses into the attachment's exclude",
            shown(block),
            pool.name,
            range.block,
            named(range, pool)
        )
    });
}

/// A warning: it works until one of the two reaches an address that the other has given out.
pub(super) fn pool_allocation_overlap(model: &Model<'_>, report: &mut Report) {
    tell(model, report, |pool, range, block| {
        format!(
            "{} is in the pool {} and {} of {}, so a node and a Service may get one address; keep the two apart, or list \
             the pool's addresses in excludeAddresses",
            shown(block),
            pool.name,
            range.sentence(),
            named(range, pool)
        )
    });
}

pub(super) fn pool_address_taken(model: &Model<'_>, report: &mut Report) {
    tell(model, report, |pool, taken, block| {
        format!(
            "{} is in the pool {} and is {} ({}), so a Service may get an address that is in use; leave it out of the pool",
            shown(block),
            pool.name,
            taken.sentence(),
            named(taken, pool)
        )
    });
}

/// Whereabouts and the data plane's IPAM of one instance keep separate records.
pub(super) fn attachment_allocation_overlap(model: &Model<'_>, report: &mut Report) {
    tell(model, report, |attached, range, block| {
        format!(
            "{} is in the range {} that this attachment gives to pods and {}, so a pod and a node may get one address; \
             keep the two apart",
            shown(block),
            attached.block,
            range.sentence()
        )
    });
}

/// Whereabouts knows only its own leases.
pub(super) fn attachment_address_taken(model: &Model<'_>, report: &mut Report) {
    tell(model, report, |attached, taken, block| {
        format!(
            "{} is in the range {} that this attachment gives to pods and is {} ({}), so a pod may get an address that is \
             in use; leave it out of the range, or put it into the attachment's exclude",
            shown(block),
            attached.block,
            taken.sentence(),
            named(taken, attached)
        )
    });
}

/// The data plane's IPAM knows what it gave out and its exclusions.
pub(super) fn allocation_address_taken(model: &Model<'_>, report: &mut Report) {
    tell(model, report, |range, taken, block| {
        format!(
            "{} is {} and is {} ({}), so a data plane node may get an address that is in use; leave it out of the range, or \
             list it in excludeAddresses",
            shown(block),
            range.sentence(),
            taken.sentence(),
            named(taken, range)
        )
    });
}

/// infra-operator keeps one record for each network.
pub(super) fn allocation_overlap(model: &Model<'_>, report: &mut Report) {
    tell(model, report, |range, other, block| {
        format!(
            "{} is {} and {} of {}, so two data plane nodes may get one address; keep the two apart",
            shown(block),
            range.sentence(),
            other.sentence(),
            named(other, range)
        )
    });
}

/// A warning: two instances may share a network on purpose, and equal ranges may be on networks that never meet.
pub(super) fn instances_overlap(model: &Model<'_>, report: &mut Report) {
    tell(model, report, |one, other, block| {
        format!(
            "{} is {} and {} of {}, so two instances use one address; give each instance its own, unless they share the \
             network by intent",
            shown(block),
            among(one),
            among(other),
            named(other, one)
        )
    });
}

/// The object of a claim as another's finding names it, with its file where that is another.
fn named(claim: &Claim<'_>, by: &Claim<'_>) -> String {
    let path = |claim: &Claim<'_>| claim.item.file().map(|file| file.path);
    let reference = claim.item.reference();
    match path(claim).filter(|other| path(by).as_ref() != Some(other)) {
        Some(file) => format!("{reference} in {file}"),
        None => reference.to_string(),
    }
}

/// A claim as the place of an address, to follow `is`.
fn among(claim: &Claim<'_>) -> String {
    if claim.kind.is_range() { claim.sentence() } else { format!("in the addresses of {}", claim.of) }
}

/// Reports each conflict of the report's rule, worded from its claims and their common addresses.
fn tell(model: &Model<'_>, report: &mut Report, words: impl Fn(&Claim<'_>, &Claim<'_>, &Block) -> String) {
    let rule = report.rule();
    for Conflict { one, other, block, .. } in model.claims().conflicts().filter(|found| found.rule == rule) {
        let Some(other) = other else { continue };
        let finding = report.finding(words(one, other, &block)).at(&one.item, &one.pointer);
        let finding = finding.beside(&other.item, &other.pointer);
        // The value there is a whole configuration or subnet, which does not show the address.
        report.add(if one.kind == Kind::Pool { finding } else { finding.without_current() });
    }
}
