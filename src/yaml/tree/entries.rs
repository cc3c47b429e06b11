//! The entries of a mapping, and its keys while it is read: both are found without going through all of them.
//! It must not know how a mapping is written.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Deref;
use std::{fmt, slice};

use super::{Error, Kind, Node};

/// One key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'t> {
    /// The key: always a scalar.
    pub key: Node<'t>,
    /// The value.
    pub value: Node<'t>,
}

/// From this many entries on it pays to order them before one is looked for.
const MANY: usize = 64;

/// The entries of a mapping, in the order of the text. Keys are unique.
#[derive(Clone, Default)]
pub struct Entries<'t> {
    list: Vec<Entry<'t>>,
    /// The indexes of many entries in the order of their keys, once one was looked for.
    sorted: OnceCell<Box<Sorted>>,
}

#[derive(Clone)]
struct Sorted(Vec<usize>);

impl<'t> Entries<'t> {
    /// Where a key stands.
    #[must_use]
    #[inline]
    pub fn index_of(&self, name: &str) -> Option<usize> {
        if self.list.len() < MANY {
            return self.list.iter().position(|entry| entry.name() == name);
        }
        let Sorted(order) = &**self.sorted.get_or_init(|| Box::new(self.sort()));
        let found = order.binary_search_by(|index| self.name_at(*index).cmp(name)).ok()?;
        order.get(found).copied()
    }

    /// The value of a key.
    #[must_use]
    pub fn value_of(&self, name: &str) -> Option<&Node<'t>> {
        self.list.get(self.index_of(name)?).map(|entry| &entry.value)
    }

    fn sort(&self) -> Sorted {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_by(|one, other| self.name_at(*one).cmp(self.name_at(*other)));
        Sorted(order)
    }

    fn name_at(&self, index: usize) -> &str {
        self.list.get(index).map_or("", Entry::name)
    }
}

impl Entry<'_> {
    /// The key's text.
    #[inline]
    pub(in crate::yaml) fn name(&self) -> &str {
        self.key.text().unwrap_or_default()
    }
}

impl<'t> From<Vec<Entry<'t>>> for Entries<'t> {
    fn from(list: Vec<Entry<'t>>) -> Self {
        Self { list, sorted: OnceCell::new() }
    }
}

impl<'t> Deref for Entries<'t> {
    type Target = [Entry<'t>];

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}

impl<'n, 't> IntoIterator for &'n Entries<'t> {
    type Item = &'n Entry<'t>;
    type IntoIter = slice::Iter<'n, Entry<'t>>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl<'n, 't> IntoIterator for &'n mut Entries<'t> {
    type Item = &'n mut Entry<'t>;
    type IntoIter = slice::IterMut<'n, Entry<'t>>;

    fn into_iter(self) -> Self::IntoIter {
        // Keys may change.
        self.sorted.take();
        self.list.iter_mut()
    }
}

impl fmt::Debug for Entries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.list.fmt(f)
    }
}

impl PartialEq for Entries<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

/// Below this many entries a mapping's keys are compared one by one.
const FEW: usize = 16;

/// The keys of a mapping so far, to find duplicates without quadratic work.
#[derive(Debug, Default)]
pub(in crate::yaml) struct Keys<'t> {
    /// Whether a key came before one that stands ahead of it. Tools sort keys: then a look at the last one is enough.
    unsorted: bool,
    seen: HashSet<Cow<'t, str>>,
}

impl<'t> Keys<'t> {
    /// Notes a key that is about to join the entries; a second one of its name is an error.
    #[inline]
    pub(in crate::yaml) fn add(
        &mut self,
        text: &str,
        entries: &[Entry<'t>],
        key: &Node<'t>,
    ) -> Result<(), Error> {
        let name = key.text().unwrap_or_default();
        let is_next = entries.last().is_none_or(|last| last.key.text() < Some(name));
        if (is_next && !self.unsorted) || self.is_new(entries, key, name) {
            return Ok(());
        }
        Err(Error::at(text, key.span.start, format!("the key {name:?} stands twice in this mapping")))
    }

    fn is_new(&mut self, entries: &[Entry<'t>], key: &Node<'t>, name: &str) -> bool {
        self.unsorted = true;
        if entries.len() < FEW {
            return entries.iter().all(|entry| entry.key.text() != Some(name));
        }
        if self.seen.is_empty() {
            self.seen.extend(entries.iter().map(|entry| name_of(&entry.key)));
        }
        self.seen.insert(name_of(key))
    }
}

/// A key's text, borrowed from the input where the node borrows it.
fn name_of<'t>(key: &Node<'t>) -> Cow<'t, str> {
    match &key.kind {
        Kind::Scalar { text, .. } => text.clone(),
        _ => Cow::Borrowed(""),
    }
}

#[cfg(test)]
mod tests {
    use crate::yaml::tree::{Kind, Node, Style};
    use std::borrow::Cow;

    use super::{Entries, Entry, MANY};

    fn word(text: String) -> Node<'static> {
        let kind = Kind::Scalar { text: Cow::Owned(text), typed: None };
        Node { span: 0..0, style: Style::Plain, anchored: false, tagged: false, kind }
    }

    fn entry(name: String) -> Entry<'static> {
        Entry { value: word(format!("value of {name}")), key: word(name) }
    }

    #[test]
    fn keys_are_found_among_few_and_among_many() {
        for count in [0, 1, MANY - 1, MANY, 3 * MANY] {
            // In no order: seven has no factor with any count.
            let names: Vec<String> = (0..count).map(|index| format!("k{}", index * 7 % 1009)).collect();
            let entries = Entries::from(names.iter().cloned().map(entry).collect::<Vec<_>>());
            for (index, name) in names.iter().enumerate() {
                assert_eq!(entries.index_of(name), Some(index));
                let value = entries.value_of(name).and_then(Node::as_str);
                assert_eq!(value, Some(format!("value of {name}").as_str()));
            }
            assert_eq!(entries.index_of("k"), None);
        }
    }

    #[test]
    fn a_key_that_changes_is_found_by_its_new_name() {
        let mut entries = Entries::from((0..MANY).map(|index| entry(index.to_string())).collect::<Vec<_>>());
        assert_eq!(entries.index_of("5"), Some(5));
        for entry in &mut entries {
            entry.key = word(format!("{}x", entry.name()));
        }
        assert_eq!((entries.index_of("5"), entries.index_of("5x")), (None, Some(5)));
    }
}
