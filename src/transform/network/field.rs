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
    let group = match field.group {
        "*.openstack.org" => kinds::is_openstack(item.group()),
        group => item.group() == group,
    };
    group && (field.kind == "*" || field.kind == item.kind)
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
            Syntax::Text | Syntax::DnsDomain => {
                let text = part.node.as_str().and_then(|_| present(&part));
                text.map(|text| self.text(&text, part.pointer)).unwrap_or_default()
            }
            Syntax::Base64 => self.base64(part.node, &part.pointer),
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

    fn base64(&self, node: &Node<'_>, pointer: &PointerBuf) -> Vec<Change> {
        let Some(coded) = node.as_str() else { return Vec::new() };
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
    let at_start = |rest: &str| {
        let starts = |from: &str| rest.strip_prefix(from).is_some_and(ends_name);
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

/// Whether a name ends here: no further letter, and no further label.
fn ends_name(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some('.') => chars.next().is_none_or(|c| !c.is_ascii_alphanumeric()),
        Some(c) => !is_label(c),
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
