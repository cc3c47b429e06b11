//! Fields of node policies that nmstate does not have, and values that it does not read there.
//!
//! Walks the desired state along the table of `catalogue::nmstate`. Must not know what a field is for.

use crate::catalogue::nmstate::{ABSENT, INTERFACE, OF_TYPE, Reads, Row, STATE, SWITCHES, TYPE, UNTYPED};
use crate::catalogue::node_policy;
use crate::config::nearest;
use crate::find::{place, value};
use crate::krm::Item;
use crate::model::Model;
use crate::rules::Report;
use crate::yaml::{Kind, Node, PointerBuf, Typed};

/// nmstate reads a policy into types that refuse what they do not have, and then nothing of the policy is applied.
pub(crate) fn fields(model: &Model<'_>, report: &mut Report) {
    for policy in model.networks.written_policies() {
        let Some(state) = value(policy.item.node, node_policy::STATE) else { continue };
        let pointer = place(node_policy::STATE);
        Walk { item: &policy.item, pointer, report }.part(&Rows::of(STATE), state);
    }
}

/// A position in a policy.
struct Walk<'w, 'a> {
    item: &'w Item<'a>,
    pointer: PointerBuf,
    report: &'w mut Report,
}

/// The fields of an object.
struct Rows {
    known: Vec<&'static Row>,
    others: Others,
}

/// The fields that are not among those known.
enum Others {
    /// nmstate refuses them.
    Refused,
    /// One that interfaces of some type have is not looked into.
    OfSomeType,
    /// None is looked at.
    Dropped,
}

impl Rows {
    fn of(rows: &'static [Row]) -> Self {
        Self { known: rows.iter().collect(), others: Others::Refused }
    }

    /// Those of an interface, by its type. What an interface without a type has depends on the node.
    fn of_interface(node: &Node<'_>) -> Self {
        let text = |key| node.get(key).and_then(Node::text).unwrap_or_default();
        if text("state") == "absent" {
            return Self { known: ABSENT.iter().collect(), others: Others::Dropped };
        }
        let own = OF_TYPE.iter().filter(|(kind, _)| *kind == text(TYPE)).flat_map(|(_, rows)| *rows);
        let is_typed = OF_TYPE.iter().any(|(kind, _)| *kind == text(TYPE));
        let others = if is_typed { Others::Refused } else { Others::OfSomeType };
        Self { known: INTERFACE.iter().chain(own).collect(), others }
    }

    fn refuses(&self, name: &str) -> bool {
        match self.others {
            Others::Refused => true,
            Others::OfSomeType => !OF_TYPE.iter().flat_map(|(_, rows)| *rows).any(|row| row.name == name),
            Others::Dropped => false,
        }
    }
}

impl Walk<'_, '_> {
    /// Goes one step down.
    fn below(&mut self, key: &str, look: &mut dyn FnMut(&mut Self)) {
        self.pointer.push_back(key);
        look(self);
        self.pointer.pop_back();
    }

    fn part(&mut self, rows: &Rows, node: &Node<'_>) {
        let Kind::Mapping(entries) = &node.resolved().kind else {
            return self.unread(node, "an object");
        };
        for entry in entries {
            let name = entry.key.text().unwrap_or_default();
            match rows.known.iter().find(|row| row.name == name) {
                Some(row) => self.below(name, &mut |walk| walk.field(row.reads, &entry.value)),
                None if rows.refuses(name) => self.unknown(name, rows),
                None => {}
            }
        }
        let is_missing = |row: &&&Row| row.required && node.get(row.name).is_none_or(Node::is_null);
        for row in rows.known.iter().filter(is_missing) {
            let message =
                format!("nmstate needs {} here, and refuses the policy without it; write it", row.name);
            self.say(message);
        }
    }

    fn field(&mut self, reads: Reads, node: &Node<'_>) {
        // What is null is as if it were not there.
        if node.resolved().is_null() {
            return;
        }
        match reads {
            Reads::Part(rows) => self.part(&Rows::of(rows), node),
            Reads::Parts(rows) => self.each(node, &|walk, node| walk.part(&Rows::of(rows), node)),
            Reads::Interfaces => self.each(node, &Self::interface),
            Reads::Texts => self.each(node, &|walk, node| walk.scalar(Reads::Text, node)),
            _ => self.scalar(reads, node),
        }
    }

    fn each(&mut self, node: &Node<'_>, look: &dyn Fn(&mut Self, &Node<'_>)) {
        let Kind::Sequence(items) = &node.resolved().kind else { return self.unread(node, "a list") };
        for (index, item) in items.iter().enumerate() {
            self.below(&index.to_string(), &mut |walk| look(walk, item));
        }
    }

    fn interface(&mut self, node: &Node<'_>) {
        self.part(&Rows::of_interface(node), node);
        let Some(kind) = node.get(TYPE).and_then(Node::as_str) else { return };
        if UNTYPED.contains(&kind) || OF_TYPE.iter().any(|(known, _)| *known == kind) {
            return;
        }
        let near = nearest(kind, OF_TYPE.iter().map(|(known, _)| *known));
        let cure = near.map_or_else(|| "write one that it has".to_owned(), |near| format!("write {near}"));
        let message = format!("nmstate makes no interface of the type {kind:?}; {cure}");
        self.below(TYPE, &mut |walk| walk.say(message.clone()));
    }

    fn scalar(&mut self, reads: Reads, node: &Node<'_>) {
        let wanted = match reads {
            Reads::Text => "a text, in quotes where it looks like something else".to_owned(),
            Reads::Bool => "true or false, without quotes".to_owned(),
            Reads::Switch => "true or false".to_owned(),
            Reads::Number(most) => format!("a number from 0 to {most}"),
            Reads::Integer => "a number".to_owned(),
            Reads::Word(words) => format!("one of {}", words.join(", ")),
            _ => return,
        };
        if !is_read(reads, node) {
            self.unread(node, &wanted);
        }
    }

    fn unread(&mut self, node: &Node<'_>, wanted: &str) {
        let what = node.text().map_or_else(|| "this".to_owned(), |text| format!("{text:?}"));
        self.say(format!("nmstate cannot read {what} here, and refuses the policy; write {wanted}"));
    }

    fn unknown(&mut self, name: &str, rows: &Rows) {
        let near = nearest(name, rows.known.iter().map(|row| row.name));
        let cure = near.map_or_else(|| "take it out".to_owned(), |near| format!("write {near}"));
        let message = format!("nmstate has no field {name} here, and refuses the policy; {cure}");
        self.below(name, &mut |walk| {
            walk.report.add(walk.report.finding(message.as_str()).at_key(walk.item, &walk.pointer));
        });
    }

    fn say(&mut self, message: String) {
        self.report.at(self.item, &self.pointer, message);
    }
}

/// Whether nmstate reads a scalar so.
fn is_read(reads: Reads, node: &Node<'_>) -> bool {
    let Kind::Scalar { text, typed } = &node.resolved().kind else { return false };
    let number = || match typed {
        None => unsigned(text),
        Some(Typed::Number(number)) => number.as_u64(),
        Some(_) => None,
    };
    match reads {
        Reads::Text => typed.is_none(),
        Reads::Bool => node.as_bool().is_some(),
        Reads::Switch => SWITCHES.iter().any(|(word, _)| text.eq_ignore_ascii_case(word)),
        Reads::Number(most) => number().is_some_and(|number| number <= most),
        Reads::Integer => number().is_some() || text.parse::<i64>().is_ok(),
        Reads::Word(words) => words.contains(&text.as_ref()),
        _ => true,
    }
}

/// A number as nmstate reads it out of a text.
fn unsigned(text: &str) -> Option<u64> {
    text.strip_prefix("0x").map_or_else(|| text.parse().ok(), |digits| u64::from_str_radix(digits, 16).ok())
}
