//! Addresses that Services ask for and cannot have: the conflicts of theirs that the model finds, worded.
//!
//! Source: MetalLB `internal/allocator/allocator.go`, `internal/allocator/k8salloc/k8salloc.go`.

use crate::model::{Claim, Conflict, Model, Outside, Refusal, Vip, refusal};
use crate::rules::Report;

/// An address that no pool of the list has, or none that the pool has which the same Service asks for. Where the list
/// lacks a pool that is known to exist the first does not run: that pool may have any address.
pub(crate) fn outside(model: &Model<'_>, report: &mut Report) {
    for Conflict { one, .. } in conflicts(report, model) {
        let ip = one.block.first();
        let Some(outside) = vip(model, one).and_then(|vip| model.outside(vip, ip)) else { continue };
        let message = match outside {
            Outside::ItsPool(pool) => format!(
                "{ip} of {} is none that IPAddressPool {} gives out, so MetalLB would leave the Service pending; ask for an \
                 address of that pool, or name the one that has it",
                one.name, pool.name
            ),
            Outside::EveryPool => format!(
                "{ip} of {} is given out by no IPAddressPool of the list, so MetalLB would leave the Service pending; ask \
                 for an address of a pool, or widen one",
                one.name
            ),
        };
        report.at(&one.item, &one.pointer, message);
    }
}

/// A warning: which pool a Service gets its address from, another stage may say.
pub(crate) fn taken(model: &Model<'_>, report: &mut Report) {
    for Conflict { one, other, block, .. } in conflicts(report, model) {
        let Some(other) = other else { continue };
        let message = format!(
            "{} of {} is {} ({}), so a Service may have an address that is in use; ask for another address",
            block.first(),
            one.name,
            other.sentence(),
            other.item.reference()
        );
        report.at(&one.item, &one.pointer, message);
    }
}

/// One address needs one sharing key and one traffic policy.
pub(crate) fn sharing(model: &Model<'_>, report: &mut Report) {
    asked_twice(model, report, |names, refusal| {
        let reason = match refusal {
            Refusal::Port(_) => return None,
            Refusal::NoKey => "both need the annotation allow-shared-ip",
            Refusal::Keys => "their sharing keys differ",
            Refusal::Policies => "their spec.externalTrafficPolicy differs",
            Refusal::Pods => "with spec.externalTrafficPolicy Local they must select the same pods",
        };
        Some(format!(
            "{names} which may not share it: {reason}; give each its own address, or both one key and one policy"
        ))
    });
}

/// Services that share an address are told apart by their ports.
pub(crate) fn port(model: &Model<'_>, report: &mut Report) {
    asked_twice(model, report, |names, refusal| match refusal {
        Refusal::Port((protocol, port)) => {
            Some(format!("{names}, which both listen on {protocol} {port}; give each its own address"))
        }
        _ => None,
    });
}

/// Of each Service, the first earlier one that cannot have the same address beside it.
fn asked_twice(model: &Model<'_>, report: &mut Report, words: impl Fn(String, Refusal) -> Option<String>) {
    for Conflict { one, other, block, .. } in conflicts(report, model) {
        let Some(earlier) = other else { continue };
        let refused =
            vip(model, earlier).zip(vip(model, one)).and_then(|(earlier, vip)| refusal(earlier, vip));
        let names = format!("{} is asked for by {} and {}", block.first(), earlier.name, one.name);
        if let Some(message) = refused.and_then(|refusal| words(names, refusal)) {
            report.at(&one.item, &one.pointer, message);
        }
    }
}

/// The conflicts of the report's rule.
fn conflicts<'m, 'a>(
    report: &Report,
    model: &'m Model<'a>,
) -> impl Iterator<Item = Conflict<'m, 'a>> + use<'m, 'a> {
    let rule = report.rule();
    model.claims().conflicts().filter(move |found| found.rule == rule)
}

fn vip<'m, 'a>(model: &'m Model<'a>, claim: &Claim<'_>) -> Option<&'m Vip<'a>> {
    model.vips.get(claim.vip?)
}
