//! One row of the field table at work on one tree: what changes, and what cannot.

use serde_json::Value;

use crate::address::{Mapping, Outcome, address, respell, rewrite};
use crate::catalogue::fields::{Field, Syntax};
use crate::catalogue::kinds;
use crate::config::{Instance, LONGEST_INTERFACE, NetworkMoves};
use crate::find::{Part, select};
use crate::krm::{Finding, Item};
use crate::path::Path;
use crate::rules::said;
use crate::yaml::{Node, PointerBuf};

use super::{base64, cni, vlan};

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
    kinds::covers((field.group, field.kind), (item.group(), item.kind))
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
            Syntax::Text | Syntax::DnsDomain | Syntax::Base64 => {
                match part.node.as_str().and_then(|_| present(&part)) {
                    None => Vec::new(),
                    Some(coded) if syntax == Syntax::Base64 => self.base64(&coded, &part.pointer),
                    Some(text) => self.text(&text, part.pointer),
                }
            }
            Syntax::Range(first, last) => {
                range(part.node, (first, last), &part.pointer, &self.network.mapping)
            }
            Syntax::Interface => self.interface(part.node, part.pointer),
            Syntax::Vlan => vlan::change(self, part),
            Syntax::Cni => cni::changes(self, part.node, &part.pointer),
        };
        select(root, path).into_iter().flat_map(change).collect()
    }

    fn text(&self, text: &str, pointer: PointerBuf) -> Vec<Change> {
        let (moved, findings) = moved_text(text, self.network);
        let reports = findings.into_iter().map(|finding| Change::Report(Box::new(finding), pointer.clone()));
        let reports: Vec<Change> = reports.collect();
        moved.map(|text| Change::Set(pointer, text.into())).into_iter().chain(reports).collect()
    }

    fn base64(&self, coded: &str, pointer: &PointerBuf) -> Vec<Change> {
        let Some(text) = base64::decoded(coded) else { return Vec::new() };
        let encoded = |change| match change {
            Change::Set(pointer, Value::String(text)) => {
                Change::Set(pointer, base64::encoded(&text, coded).into())
            }
            other => other,
        };
        self.text(&text, pointer.clone()).into_iter().map(encoded).collect()
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

/// A text with its addresses and DNS domains moved; none where nothing is. What could not move is said.
pub(super) fn moved_text(text: &str, network: &NetworkMoves) -> (Option<String>, Vec<Finding>) {
    let rewritten = rewrite(text, &network.mapping);
    let findings = rewritten.stuck.iter().map(|stuck| stuck_finding(&stuck.token, &stuck.reason)).collect();
    let addresses = rewritten.text;
    let domains = moved_domains(addresses.as_deref().unwrap_or(text), network);
    (domains.or(addresses), findings)
}

fn stuck_finding(token: &str, reason: &str) -> Finding {
    let message = format!(
        "{token} stays as it is: {reason}; move the whole of it in spec.networks of the function config, or give the \
         instance its own value here"
    );
    said::ADDRESS_STAYS.finding(message)
}

/// DNS domains as whole names: `a.ctlplane.example.com` too, `myctlplane.example.com` not.
fn moved_domains(text: &str, network: &NetworkMoves) -> Option<String> {
    let is_label = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mut rest = text;
    let mut out = String::new();
    let mut changed = false;
    while let Some(next) = rest.chars().next() {
        let before = out.chars().next_back().is_none_or(|c| !is_label(c));
        let found = network
            .domains
            .iter()
            .find(|(from, _)| before && rest.strip_prefix(from.as_str()).is_some_and(ends_name));
        let (piece, length) = match found {
            Some((from, to)) => (to.as_str(), from.len()),
            None => (rest.get(..next.len_utf8()).unwrap_or_default(), next.len_utf8()),
        };
        changed |= found.is_some();
        out.push_str(piece);
        rest = rest.get(length..).unwrap_or_default();
    }
    changed.then_some(out)
}

/// Whether a name ends here: no further letter, and no further label.
fn ends_name(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some('.') => chars.next().is_none_or(|c| !c.is_ascii_alphanumeric()),
        Some(c) => !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')),
        None => true,
    }
}

/// Both ends of a range move, or neither.
fn range(
    node: &Node<'_>,
    (first, last): (&str, &str),
    pointer: &PointerBuf,
    mapping: &Mapping,
) -> Vec<Change> {
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
    match mapping.map_range(a, b) {
        Outcome::Moved((a, b)) => vec![
            Change::Set(place(first), respell(first_text, a).into()),
            Change::Set(place(last), respell(last_text, b).into()),
        ],
        Outcome::Stays => Vec::new(),
        Outcome::Stuck(reason) => {
            let token = format!("{first_text}-{last_text}");
            vec![Change::Report(Box::new(stuck_finding(&token, &reason.to_string())), place(first))]
        }
    }
}
