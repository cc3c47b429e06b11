//! Data plane nodes get the instance's own names, in every field of the table: as keys, as names of objects, in text.
//!
//! Whole host names only, with or without a domain behind: `edpm-compute-0` stands in `edpm-compute-0.example.com:22`, and
//! neither in `edpm-compute-01` nor in `my-edpm-compute-0`.

use crate::catalogue::hosts::{HOSTS, Holds, HostField};
use crate::catalogue::kinds;
use crate::change::Changes;
use crate::config::HostMoves;
use crate::context::Context;
use crate::find::{Part, Shown, select, under, walk};
use crate::krm::{Item, base64};
use crate::yaml::PointerBuf;

use super::network::is_shared_text;
use super::ownership::mark_moved;

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    let hosts = &context.instance.network.hosts;
    if hosts.is_empty() {
        return;
    }
    let items = context.inventory.own.iter().filter(|item| !context.is_moved(item));
    for item in items.filter(|item| !is_shared_text(context, item)) {
        let is_of = |row: &&HostField| kinds::is_one_of(row.group, row.kind, item.group(), item.kind);
        let changed = HOSTS.iter().filter(is_of).filter(|row| renamed(hosts, row, item, changes)).count();
        if changed > 0 {
            mark_moved(context, item, changes);
        }
    }
}

/// Whether a row's field of an object changes.
fn renamed(hosts: &HostMoves, row: &HostField, item: &Item<'_>, changes: &mut Changes) -> bool {
    let mut changed = false;
    for part in select(item.node, row.path) {
        match row.holds {
            Holds::Keys => {
                for (place, key) in keys(hosts, &part) {
                    changes.rename_key(item, place, key);
                    changed = true;
                }
            }
            Holds::Text | Holds::Base64 => {
                if let Some(text) = value(hosts, row, item, &part, changes) {
                    changes.set(item, part.pointer, text);
                    changed = true;
                }
            }
        }
    }
    changed
}

/// The keys below a part that are names of nodes, with their new names.
fn keys(hosts: &HostMoves, part: &Part<'_>) -> Vec<(PointerBuf, String)> {
    let mut found = Vec::new();
    walk(part.node, Shown::NoScalars, |trail, node| {
        for key in node.entries().iter().filter_map(|entry| entry.key.text()) {
            if let Some(new) = hosts.renamed(key) {
                let mut place = part.pointer.clone();
                place.append(trail.pointer());
                found.push((under(&place, &[key]), new));
            }
        }
    });
    found
}

/// The new text of a part; none where it stays.
fn value(
    hosts: &HostMoves,
    row: &HostField,
    item: &Item<'_>,
    part: &Part<'_>,
    changes: &Changes,
) -> Option<String> {
    let present = part.node.as_str().and_then(|_| changes.text_here(item, &part.pointer, part.node))?;
    match row.holds {
        Holds::Base64 => Some(base64::encoded(&moved(hosts, &base64::decoded(present)?)?, present)),
        Holds::Text | Holds::Keys => moved(hosts, present),
    }
}

/// A text with the nodes in it renamed; none where there is no such node.
fn moved(hosts: &HostMoves, text: &str) -> Option<String> {
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let (mut out, mut rest, mut changed) = (String::new(), text, false);
    while !rest.is_empty() {
        let (between, more) = rest.split_at(rest.find(is_of_name).unwrap_or(rest.len()));
        let (name, after) = more.split_at(more.find(|c| !is_of_name(c)).unwrap_or(more.len()));
        let new = hosts.renamed(name);
        changed |= new.is_some();
        out.push_str(between);
        out.push_str(new.as_deref().unwrap_or(name));
        rest = after;
    }
    changed.then_some(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::moved;
    use crate::config::{Host, HostMoves, NetworkMoves, Spec};

    fn hosts(pairs: &[(&str, &str)]) -> HostMoves {
        let host = |(from, to): &(&str, &str)| Host { from: (*from).to_owned(), to: (*to).to_owned() };
        let hosts = pairs.iter().map(host).collect();
        NetworkMoves::new(&Spec { hosts, ..Spec::default() }).expect("moves").hosts
    }

    #[test]
    fn whole_host_names_are_renamed() {
        let hosts = hosts(&[("node-0", "two-0"), ("node-1", "node-10")]);
        for (text, expected) in [
            ("node-0", Some("two-0")),
            ("node-0.", Some("two-0.")),
            ("NODE-0.Example.com:22", Some("two-0.Example.com:22")),
            ("node-0,node-1:!node-0", Some("two-0,node-10:!two-0")),
            (
                "ssh://u@node-0/x 'node-1' \"node-0\"\n[node-1]",
                Some("ssh://u@two-0/x 'node-10' \"two-0\"\n[node-10]"),
            ),
            ("{\"node-0\":1}", Some("{\"two-0\":1}")),
            ("é node-0 é", Some("é two-0 é")),
            ("node-01 my-node-0 node-0-bmc node_0 node-0_x _node-0 xnode-0 énode-0", None),
            ("x.node-0.example.com .node-0 node-*", None),
            ("", None),
        ] {
            assert_eq!(moved(&hosts, text).as_deref(), expected, "{text}");
        }
    }

    /// The same, name by name at each place of the text.
    fn searched(pairs: &[(&str, &str)], text: &str) -> String {
        let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let (mut out, mut rest) = (String::new(), text);
        while let Some(first) = rest.chars().next() {
            let begins = !out.ends_with(is_of_name) && !text[..text.len() - rest.len()].ends_with(is_of_name);
            let ends = |end: &str| end.chars().next().is_none_or(|c| c == '.' || !is_of_name(c));
            let found = pairs.iter().filter(|(from, _)| {
                let (head, tail) = rest.split_at_checked(from.len()).unwrap_or((rest, "x"));
                begins && head.eq_ignore_ascii_case(from) && ends(tail)
            });
            let (old, new) = found
                .max_by_key(|(from, _)| from.len())
                .map_or((&rest[..first.len_utf8()], &rest[..first.len_utf8()]), |(from, to)| {
                    (&rest[..from.len()], *to)
                });
            out.push_str(new);
            rest = &rest[old.len()..];
        }
        out
    }

    proptest! {
        #[test]
        fn a_text_is_gone_through_once(text in "([abAB]|a-0|A-0|[-._ ,/:é\\n]){0,12}") {
            let pairs = [("a", "b-a"), ("a-0", "a-00"), ("b.a", "ab.a"), ("a-0-b", "bb")];
            let new = moved(&hosts(&pairs), &text);
            prop_assert_eq!(new.as_deref().unwrap_or(&text), searched(&pairs, &text));
        }
    }
}
