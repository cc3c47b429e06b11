//! Wording that the media share. Must not know positions.

use super::atlas::{Atlas, Conflict, Network, Span, amount, count, spelled};
use super::scale::Scale;

/// The letter of an instance: A to Z, a to z, then `+`; `=` for what all share.
pub(super) fn sign(owner: Option<usize>) -> char {
    let Some(place) = owner else { return '=' };
    ('A'..='Z').chain('a'..='z').nth(place).unwrap_or('+')
}

/// The map's title.
pub(super) fn title(atlas: &Atlas) -> String {
    match atlas.instances.as_slice() {
        [] => "Address space".to_owned(),
        few if few.len() < 5 => format!("Address space of {}", few.join(", ")),
        many => format!("Address space of {} instances", many.len()),
    }
}

/// A span's tooltip.
pub(super) fn sentence(atlas: &Atlas, span: &Span) -> String {
    let which = format!("{} {}", span.kind.word(), span.names.join(", "));
    let mut parts = vec![format!("{which}: {}", spelled(&span.block)), addresses(count(&span.block))];
    if atlas.instances.len() > 1 {
        parts.push(atlas.owner(span.owner).to_owned());
    }
    parts.extend(remarks(span));
    parts.join(", ")
}

/// A span's exclusions and remark.
pub(super) fn remarks(span: &Span) -> Vec<String> {
    let excluded = span.excluded.iter().map(|block| format!("without {}", spelled(block)));
    excluded.chain((!span.note.is_empty()).then(|| span.note.clone())).collect()
}

/// `1 address`, `11 addresses`.
pub(super) fn addresses(number: u128) -> String {
    format!("{} address{}", amount(number), if number == 1 { "" } else { "es" })
}

/// A network in one line.
pub(super) fn summary(network: &Network) -> String {
    let mut parts = vec![addresses(count(&network.block)), format!("{} free", amount(network.free_count()))];
    match network.vlans.as_slice() {
        [] => {}
        [vlan] => parts.insert(0, format!("VLAN {vlan}")),
        vlans => parts.insert(0, format!("VLANs {}", vlans.join(", "))),
    }
    if !network.stated {
        parts.push("no manifest states the subnet: drawn around what is used".to_owned());
    }
    if !network.conflicts.is_empty() {
        parts.push(conflicts(network.conflicts.len()));
    }
    parts.join(" · ")
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
pub(super) fn numbered(conflicts: &[Conflict]) -> impl Iterator<Item = String> {
    conflicts.iter().zip(1_usize..).map(|(conflict, number)| format!("{number}  {}", conflict.sentence))
}
