//! Addresses that Services ask for and cannot have: the conflicts of theirs that the model finds, worded.
//!
//! Source: MetalLB `internal/allocator/allocator.go`, `internal/allocator/k8salloc/k8salloc.go`.

use crate::krm::Severity;
use crate::model::{Claim, Conflict, Model, Outside, Refusal, Vip, refusal};
use crate::rules::{Report, Rule};

/// Where the list lacks a pool that is known to exist, this rule does not run: that pool may have any address.
pub(super) const OUTSIDE_POOLS: Rule = Rule {
    name: "vip-outside-pools",
    severity: Severity::Error,
    summary: "A Service asks for an address that no pool of the list has.",
    check: |model, report| outside("vip-outside-pools", model, report),
};

/// The pool is the one that the same Service asks for.
pub(super) const OUTSIDE_ITS_POOL: Rule = Rule {
    name: "vip-outside-its-pool",
    severity: Severity::Error,
    summary: "A Service asks for an address that the pool it names does not have.",
    check: |model, report| outside("vip-outside-its-pool", model, report),
};

/// A warning: which pool a Service gets its address from, another stage may say.
pub(super) const ADDRESS_TAKEN: Rule = Rule {
    name: "vip-address-taken",
    severity: Severity::Warning,
    summary: "A Service asks for an address that no pool has and something else does.",
    check: address_taken,
};

/// One address needs one sharing key and one traffic policy.
pub(super) const SHARING: Rule = Rule {
    name: "vip-sharing",
    severity: Severity::Error,
    summary: "Two Services ask for one address and may not share it.",
    check: sharing,
};

/// Services that share an address are told apart by their ports.
pub(super) const PORT: Rule = Rule {
    name: "vip-port",
    severity: Severity::Error,
    summary: "Two Services ask for one address and listen on one port.",
    check: port,
};

fn outside(rule: &str, model: &Model<'_>, report: &mut Report) {
    for Conflict { one, .. } in conflicts(rule, model) {
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

fn address_taken(model: &Model<'_>, report: &mut Report) {
    for Conflict { one, other, block, .. } in conflicts("vip-address-taken", model) {
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

fn sharing(model: &Model<'_>, report: &mut Report) {
    asked_twice("vip-sharing", model, report, |names, refusal| {
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

fn port(model: &Model<'_>, report: &mut Report) {
    asked_twice("vip-port", model, report, |names, refusal| match refusal {
        Refusal::Port((protocol, port)) => {
            Some(format!("{names}, which both listen on {protocol} {port}; give each its own address"))
        }
        _ => None,
    });
}

/// Of each Service, the first earlier one that cannot have the same address beside it.
fn asked_twice(
    rule: &str,
    model: &Model<'_>,
    report: &mut Report,
    words: impl Fn(String, Refusal) -> Option<String>,
) {
    for Conflict { one, other, block, .. } in conflicts(rule, model) {
        let Some(earlier) = other else { continue };
        let refused =
            vip(model, earlier).zip(vip(model, one)).and_then(|(earlier, vip)| refusal(earlier, vip));
        let names = format!("{} is asked for by {} and {}", block.first(), earlier.name, one.name);
        if let Some(message) = refused.and_then(|refusal| words(names, refusal)) {
            report.at(&one.item, &one.pointer, message);
        }
    }
}

fn conflicts<'m, 'a>(rule: &str, model: &'m Model<'a>) -> impl Iterator<Item = Conflict<'m, 'a>> {
    model.claims().conflicts().filter(move |found| found.rule == rule)
}

fn vip<'m, 'a>(model: &'m Model<'a>, claim: &Claim<'_>) -> Option<&'m Vip<'a>> {
    model.vips.get(claim.vip?)
}
