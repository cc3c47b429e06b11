//! Objects that stand for something outside of the cluster, a machine or a storage: two namespaces do not make two of it.
//!
//! Source: metal3's baremetal-operator, which provisions and deprovisions the machine of every `BareMetalHost`.

use std::collections::BTreeMap;

use crate::catalogue::kinds::{BARE_METAL_HOST, METAL3};
use crate::catalogue::things::{MACHINE, STORAGE};
use crate::change::Changes;
use crate::context::Context;
use crate::find::{Fact, place};
use crate::krm::Item;
use crate::model::Model;
use crate::path;
use crate::rules::Report;

/// A machine of the base that the run would give to the instance as well.
pub(crate) fn machine_of_the_base(context: &Context<'_>, changes: &Changes, report: &mut Report) {
    for host in context.inventory.of(METAL3, BARE_METAL_HOST) {
        if context.is_made(host) || changes.namespace(host) == host.namespace() {
            continue;
        }
        let stays = |fact: &Fact<'_>| changes.text(host, &fact.pointer) == Some(fact.text);
        let facts: Vec<_> = machine(host).filter(|(_, fact)| stays(fact)).collect();
        let Some((_, first)) = facts.first() else { continue };
        let message = format!(
            "the host moves to namespace {} with the {} of the base's, and one machine serves one instance; give this one a \
             machine of its own by a JSON patch before the function, which sets metadata.namespace too, or leave the host \
             out, or mark it with multi-rhoso.dev/shared: \"true\"",
            changes.namespace(host).unwrap_or_default(),
            worded(&facts)
        );
        report.at(host, &first.pointer, message);
    }
}

/// Two hosts that are one machine.
pub(crate) fn machine_twice(model: &Model<'_>, report: &mut Report) {
    let mut known: BTreeMap<String, &Item<'_>> = BTreeMap::new();
    for host in model.objects.iter().filter(|item| item.is(METAL3, BARE_METAL_HOST)) {
        let mut shared: Vec<(&str, Fact<'_>)> = Vec::new();
        let mut first = None;
        for (what, fact) in machine(host) {
            let earlier = *known.entry(format!("{what} {}", normal(fact.text))).or_insert(host);
            if earlier.index != host.index
                && first.is_none_or(|first: &Item<'_>| first.index == earlier.index)
            {
                first = Some(earlier);
                shared.push((what, fact));
            }
        }
        if let (Some(earlier), Some((_, fact))) = (first, shared.first()) {
            let message = format!(
                "{} has the {} too, and the two would provision one machine in turn; give each its own, or leave one out",
                earlier.reference(),
                worded(&shared)
            );
            let finding = report.finding(message).at(host, &fact.pointer);
            report.add(finding.beside(earlier, &place(path!("metadata.name"))));
        }
    }
}

/// What a host knows its machine by; a word that is to be replaced yet is no address.
fn machine<'a>(host: &Item<'a>) -> impl Iterator<Item = (&'static str, Fact<'a>)> {
    let host = host.part();
    let facts = MACHINE.into_iter().filter_map(move |(what, path)| Some((what, host.fact(path)?)));
    facts.filter(|(_, fact)| fact.text.contains([':', '.']))
}

/// `MAC address 52:54:00:aa:bb:cc and BMC address …`.
fn worded(facts: &[(&str, Fact<'_>)]) -> String {
    let each: Vec<String> = facts.iter().map(|(what, fact)| format!("{what} {}", fact.text)).collect();
    each.join(" and the ")
}

/// One spelling: a machine has one address by whatever protocol it is asked.
fn normal(text: &str) -> String {
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest);
    bare.trim_end_matches('/').to_ascii_lowercase()
}

/// A volume that moves to the instance's claim with the storage of the base's.
pub(crate) fn storage_of_the_base(context: &Context<'_>, changes: &Changes, report: &mut Report) {
    for volume in context.inventory.of("", "PersistentVolume").filter(|volume| !context.is_made(volume)) {
        let claim = place(path!("spec.claimRef.namespace"));
        let text = |fact: &Fact<'_>| changes.text(volume, &fact.pointer) == Some(fact.text);
        let storage: Vec<Fact<'_>> = STORAGE.into_iter().flat_map(|path| volume.part().facts(path)).collect();
        let Some(first) = storage.first() else { continue };
        if changes.planned(volume, &claim).is_none() || !storage.iter().all(text) {
            continue;
        }
        let message = format!(
            "the volume goes to the claim of {} with the storage of the base's, so that two instances would write there; \
             give this one storage of its own before the function, or leave the volume out",
            context.instance.namespace
        );
        report.at(volume, &first.pointer, message);
    }
}
