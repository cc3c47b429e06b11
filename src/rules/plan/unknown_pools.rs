//! `unknown-pool`: a Service that asks for a pool, or an advertisement that announces one, which the list lacks.
//!
//! Runs only where the list holds pools: the control-plane stage holds none. A warning, as a pool may be another
//! stage's; MetalLB leaves such a Service pending (`unknown pool`) and ignores such an advertisement in silence.

use std::collections::BTreeSet;

use crate::catalogue::annotations::Meaning;
use crate::catalogue::kinds::{self, METALLB};
use crate::context::Context;
use crate::inventory::annotated;
use crate::krm::{Finding, Item};
use crate::plan::Plan;
use crate::yaml::{Node, PointerBuf};

pub(super) fn check(context: &Context<'_>, plan: &mut Plan) {
    let pools: BTreeSet<String> =
        context.inventory.all_pools().map(|pool| plan.name(pool).to_owned()).collect();
    if pools.is_empty() {
        return;
    }
    for item in context.inventory.own.iter().filter(|item| !kinds::is_data(item.kind)) {
        for (pointer, name) in references(item) {
            let renamed = plan.text(item, &pointer).unwrap_or(name).to_owned();
            if !pools.contains(&renamed) && !context.instance.spec.metallb.shared_pools.contains(&renamed) {
                report(item, &pointer, &renamed, plan);
            }
        }
    }
}

fn references<'a>(item: &Item<'a>) -> Vec<(PointerBuf, &'a str)> {
    let annotations = annotated(item.node).into_iter();
    let annotations = annotations
        .filter(|annotation| annotation.key.meaning == Meaning::AddressPool && !annotation.value.is_empty())
        .map(|annotation| (annotation.pointer, annotation.value));
    annotations.chain(advertised(item)).collect()
}

fn advertised<'a>(item: &Item<'a>) -> Vec<(PointerBuf, &'a str)> {
    if item.group() != METALLB || !item.kind.ends_with("Advertisement") {
        return Vec::new();
    }
    let names = item.node.path(&["spec", "ipAddressPools"]).map(Node::items).unwrap_or_default();
    let place = |index: usize| PointerBuf::from_tokens(["spec", "ipAddressPools", &index.to_string()]);
    names.iter().enumerate().filter_map(|(index, name)| Some((place(index), name.text()?))).collect()
}

fn report(item: &Item<'_>, pointer: &PointerBuf, name: &str, plan: &mut Plan) {
    let message = format!(
        "no IPAddressPool {name} is in the list, though others are; define it, correct the name, or name it in \
         spec.metallb.sharedPools"
    );
    plan.report(Finding::warning("unknown-pool", message).at(item, pointer));
}
