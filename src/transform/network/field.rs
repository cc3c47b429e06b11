//! One row of the field table at work on one tree: what changes, and what cannot.

use serde_json::Value;

use crate::address::{Outcome, address, respell, rewrite};
use crate::catalogue::fields::{Field, Syntax};
use crate::catalogue::kinds;
use crate::config::{Instance, LONGEST_INTERFACE, NetworkMoves};
use crate::find::{Part, select};
use crate::krm::{Finding, Item, base64};
use crate::path::Path;
use crate::rules::said;
use crate::yaml::{Node, PointerBuf};

use super::{cni, vlan};

/// What a row does to a tree.
#[derive(Debug)]
pub(super) enum Change {
    /// A value in a place.
    Set(PointerBuf, Value),
    /// Something to say of a place.
    Report(Box<Finding>, PointerBuf),
}

/// Rows at work for one object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Editor<'a> {
    /// What moves.
    pub(super) network: &'a NetworkMoves,
    /// The object: it tells which network a VLAN belongs to.
    pub(super) item: &'a Item<'a>,
}

/// Whether a row is about this object.
pub(crate) fn applies(field: &Field, item: &Item<'_>) -> bool {
    kinds::is_one_of(field.group, field.kind, item.group(), item.kind)
}

impl<'a> Editor<'a> {
    /// For one object.
    pub(super) fn of(instance: &'a Instance, item: &'a Item<'a>) -> Self {
        Self { network: &instance.network, item }
    }

    /// What a row changes below `root`; `present` is the text in a place, as earlier transforms leave it.
    pub(super) fn changes(
        &self,
        root: &Node<'_>,
        path: Path,
        syntax: Syntax,
        present: impl Fn(&Part<'_>) -> Option<String>,
    ) -> Vec<Change> {
        let change = |part: Part<'_>| match syntax {
            Syntax::Text | Syntax::DnsDomain => self.text(&part, &present, moved_text),
            Syntax::Settings => match vlan::by_key(self, &part) {
                Some(changes) => changes,
                None => self.text(&part, &present, moved_settings),
            },
            Syntax::Base64 => self.text(&part, &present, moved_base64),
            Syntax::Range(first, last) => self.range(part.node, (first, last), &part.pointer),
            Syntax::Interface => self.interface(part.node, part.pointer),
            Syntax::Vlan => vlan::change(self, &part),
            Syntax::VlanOf(name) => vlan::of(&part, self.network.network(name)),
            Syntax::Cni => cni::changes(self, part.node, &part.pointer),
        };
        select(root, path).into_iter().flat_map(change).collect()
    }

    fn text(
        &self,
        part: &Part<'_>,
        present: impl Fn(&Part<'_>) -> Option<String>,
        moved: fn(&str, &NetworkMoves) -> Moved,
    ) -> Vec<Change> {
        let Some(text) = part.node.as_str().and_then(|_| present(part)) else { return Vec::new() };
        let (moved, findings) = moved(&text, self.network);
        let reports =
            findings.into_iter().map(|finding| Change::Report(Box::new(finding), part.pointer.clone()));
        let set = moved.map(|text| Change::Set(part.pointer.clone(), text.into()));
        set.into_iter().chain(reports).collect()
    }

    /// Both ends of a range move, or neither.
    fn range(&self, node: &Node<'_>, (first, last): (&str, &str), pointer: &PointerBuf) -> Vec<Change> {
        let end = |key: &str| {
            let text = node.get(key)?.as_str()?;
            Some((text, address(text).ok()?))
        };
        let place = |key: &str| {
            let mut place = pointer.clone();
            place.push_back(key);
            place
        };
        let (Some((first_text, a)), Some((last_text, b))) = (end(first), end(last)) else {
            return Vec::new();
        };
        match self.network.mapping.map_range(a, b) {
            Outcome::Moved((a, b)) => vec![
                Change::Set(place(first), respell(first_text, a).into()),
                Change::Set(place(last), respell(last_text, b).into()),
            ],
            Outcome::Stays => Vec::new(),
            Outcome::Stuck(reason) => {
                let token = format!("{first_text}-{last_text}");
                let finding = stuck_finding(&token, &reason.to_string());
                // Of a range in a text the object itself knows no place.
                let is_here = self.item.node.at(&place(last)).is_some();
                let finding = if is_here { finding.beside(self.item, &place(last)) } else { finding };
                vec![Change::Report(Box::new(finding), place(first))]
            }
        }
    }

    fn interface(&self, node: &Node<'_>, pointer: PointerBuf) -> Vec<Change> {
        let Some(moved) = node.text().and_then(|name| self.network.interface(name)) else {
            return Vec::new();
        };
        if moved.len() > LONGEST_INTERFACE {
            let message = format!(
                "the host interface would be {moved:?}, of {} bytes, and {LONGEST_INTERFACE} are the most; name it in \
                 spec.interfaces of the function config",
                moved.len()
            );
            return vec![Change::Report(Box::new(said::INTERFACE_NAME.finding(message)), pointer)];
        }
        vec![Change::Set(pointer, moved.into())]
    }
}

/// A text after the move, none where nothing moves, and what is to be said of it.
pub(super) type Moved = (Option<String>, Vec<Finding>);

/// A text with its addresses and DNS domains moved; none where nothing is. What could not move is said.
pub(super) fn moved_text(text: &str, network: &NetworkMoves) -> Moved {
    let rewritten = rewrite(text, &network.mapping);
    let findings = rewritten.stuck.iter().map(|stuck| stuck_finding(&stuck.token, &stuck.reason)).collect();
    let addresses = rewritten.text;
    let domains = moved_domains(addresses.as_deref().unwrap_or(text), network);
    (domains.or(addresses), findings)
}

/// The same of settings, with their VLAN IDs.
fn moved_settings(text: &str, network: &NetworkMoves) -> Moved {
    let (moved, mut findings) = moved_text(text, network);
    let (vlans, more) = vlan::in_text(moved.as_deref().unwrap_or(text), network);
    findings.extend(more);
    (vlans.or(moved), findings)
}

/// The same of settings in base64; what is none, or not of a text, stays.
fn moved_base64(coded: &str, network: &NetworkMoves) -> Moved {
    let Some(text) = base64::decoded(coded) else { return (None, Vec::new()) };
    let (moved, findings) = moved_settings(&text, network);
    (moved.map(|text| base64::encoded(&text, coded)), findings)
}

fn stuck_finding(token: &str, reason: &str) -> Finding {
    let message = format!(
        "{token} stays as it is: {reason}; move the whole of it in spec.networks of the function config, or give the \
         instance its own value here"
    );
    said::ADDRESS_STAYS.finding(message)
}

/// DNS domains as whole names in any case: `a.ctlplane.example.com` too, `myctlplane.example.com` not.
fn moved_domains(text: &str, network: &NetworkMoves) -> Option<String> {
    let at_start = |rest: &str| {
        let starts = |from: &str| behind(from, rest).is_some_and(ends_name);
        network.domains.iter().find(|(from, _)| starts(from))
    };
    if network.domains.is_empty() {
        return None;
    }
    let (mut out, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some((from, to)) = at_start(rest) else {
            at += to_next_name(rest);
            continue;
        };
        out.push_str(text.get(copied..at).unwrap_or_default());
        out.push_str(to);
        at += from.len();
        copied = at;
        if out.ends_with(is_label) {
            at += to_next_name(text.get(at..).unwrap_or_default());
        }
    }
    (copied > 0).then(|| out + text.get(copied..).unwrap_or_default())
}

/// How far it is from inside a name to where the next one, or its next label, may begin.
fn to_next_name(rest: &str) -> usize {
    let end = rest.find(|c| !is_label(c)).unwrap_or(rest.len());
    end + rest.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

fn is_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// What follows a domain that a text begins with.
fn behind<'t>(domain: &str, text: &'t str) -> Option<&'t str> {
    let (written, rest) = text.split_at_checked(domain.len())?;
    written.eq_ignore_ascii_case(domain).then_some(rest)
}

/// Whether a name ends here: no further letter, and no further label.
fn ends_name(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some('.') => chars.next().is_none_or(|c| !c.is_ascii_alphanumeric()),
        Some(c) => !is_label(c),
        None => true,
    }
}
