//! Wording that the media share. Must not know positions.

use super::atlas::{Atlas, Network, REACHING, Span, Wire, amount, count, listed, spelled};
use super::layout::Look;
use super::scale::Scale;

/// Letters of names or exclusions where they are listed.
const LISTED: usize = 200;

/// The letter of an instance: A to Z, a to z, then `+`; `=` for what all share.
pub(super) fn sign(owner: Option<usize>) -> char {
    let Some(place) = owner else { return '=' };
    ('A'..='Z').chain('a'..='z').nth(place).unwrap_or('+')
}

/// The letter of an overview's cell.
pub(super) fn look_sign(look: Look) -> char {
    match look {
        Look::Taken(owner) => sign(owner),
        Look::Free | Look::FreeSlot => '.',
        Look::Conflict => '!',
        Look::Reserved => 'x',
        Look::Planned => '~',
    }
}

/// What a slot is that no instance of the manifests has.
pub(super) fn slot(look: Look) -> &'static str {
    match look {
        Look::Reserved => "reserved",
        Look::Planned => "planned, not among the manifests",
        _ => "free slot",
    }
}

/// The map's title.
pub(super) fn title(atlas: &Atlas) -> String {
    match atlas.instances.as_slice() {
        [] => "Address space".to_owned(),
        few if few.len() < 5 => format!("Address space of {}", few.join(", ")),
        many => format!("Address space of {} instances", many.len()),
    }
}

/// What there is, in one line.
pub(super) fn lead(atlas: &Atlas) -> String {
    let networks = atlas.networks.len();
    format!("{networks} network{}, {}", if networks == 1 { "" } else { "s" }, conflicts(atlas.conflicts()))
}

/// A span's tooltip.
pub(super) fn sentence(atlas: &Atlas, span: &Span) -> String {
    let which = format!("{} {}", span.kind.word(), listed(&span.names, LISTED));
    let mut parts = vec![format!("{which}: {}", spelled(&span.block)), addresses(count(&span.block))];
    if atlas.instances.len() > 1 {
        parts.push(atlas.owner(span.owner).to_owned());
    }
    parts.extend(remarks(span));
    parts.join(", ")
}

/// A span's exclusions and remark.
pub(super) fn remarks(span: &Span) -> Vec<String> {
    let excluded: Vec<String> = span.excluded.iter().map(spelled).collect();
    let excluded = (!excluded.is_empty()).then(|| format!("without {}", listed(&excluded, LISTED)));
    excluded.into_iter().chain((!span.note.is_empty()).then(|| span.note.clone())).collect()
}

/// `1 address`, `11 addresses`.
pub(super) fn addresses(number: u128) -> String {
    format!("{} address{}", amount(number), if number == 1 { "" } else { "es" })
}

/// A network in one line: whose it is, what carries it, and how full it is.
pub(super) fn summary(atlas: &Atlas, network: &Network) -> String {
    let mut parts = Vec::new();
    let owners: Vec<Option<usize>> = network.owners().into_iter().collect();
    if atlas.instances.len() > 1 {
        let names: Vec<String> = owners.iter().map(|owner| atlas.owner(*owner).to_owned()).collect();
        parts.push(listed(&names, 40));
    }
    parts.extend(vlans(network));
    parts.extend(wires(network));
    parts.extend([addresses(count(&network.block)), format!("{} free", amount(network.free_count()))]);
    if !network.stated {
        parts.push("no manifest states the subnet: drawn around what is used".to_owned());
    }
    let number = network.conflicts.len().saturating_add(network.more_conflicts);
    if number > 0 {
        parts.push(conflicts(number));
    }
    let left_out = network.reaching.saturating_sub(REACHING);
    if left_out > 0 {
        parts.push(format!("{left_out} more ranges reach beyond it and are not drawn"));
    }
    parts.join(" · ")
}

/// `VLAN 20`, `VLANs 20, 30`.
pub(super) fn vlans(network: &Network) -> Option<String> {
    match network.vlans.as_slice() {
        [] => None,
        [vlan] => Some(format!("VLAN {vlan}")),
        vlans => Some(format!("VLANs {}", listed(vlans, 40))),
    }
}

/// `interface internalapi on enp6s0`.
fn wires(network: &Network) -> Option<String> {
    let named = |wire: &Wire| match &wire.base {
        Some(base) => format!("{} on {base}", wire.name),
        None => wire.name.clone(),
    };
    let names: Vec<String> = network.wires.iter().map(named).collect();
    let word = if names.len() == 1 { "interface" } else { "interfaces" };
    (!names.is_empty()).then(|| format!("{word} {}", listed(&names, 60)))
}

/// Which part of the network is shown, if not all.
pub(super) fn zoom(network: &Network, scale: &Scale) -> Option<String> {
    scale.zoomed.then(|| {
        format!("Zoomed: the bar shows {}, the part of {} that is used.", scale.window, network.block)
    })
}

/// `no conflict`, `1 conflict`, `2 conflicts`.
pub(super) fn conflicts(number: usize) -> String {
    match number {
        0 => "no conflict".to_owned(),
        1 => "1 conflict".to_owned(),
        number => format!("{number} conflicts"),
    }
}

/// A network's conflicts in sentences, numbered as their marks are.
pub(super) fn numbered(network: &Network) -> impl Iterator<Item = String> {
    let each = network.conflicts.iter().zip(1_usize..);
    each.map(|(conflict, number)| format!("{number}  {}", conflict.sentence)).chain(more_conflicts(network))
}

/// How many conflicts are not said.
pub(super) fn more_conflicts(network: &Network) -> Option<String> {
    let more = network.more_conflicts;
    (more > 0).then(|| format!("and {more} more; multi-rhoso check says them all"))
}
