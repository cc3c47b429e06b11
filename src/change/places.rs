//! Values by their places in an object, in the order in which they came.
//! It must not know what the values are for.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

use crate::yaml::{Pointer, PointerBuf};

/// Values with their places. One object may have a hundred thousand of them, so none is ever searched for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Places<T> {
    entries: Vec<(PointerBuf, T)>,
    /// Which entry is the first of its place.
    first: HashMap<PointerBuf, usize, Seeded>,
}

impl<T> Default for Places<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), first: HashMap::default() }
    }
}

impl<T> Places<T> {
    /// All values, in order.
    pub(super) fn entries(&self) -> &[(PointerBuf, T)] {
        &self.entries
    }

    /// All values, in order; what was alone in its place too.
    pub(super) fn into_entries(self) -> Vec<(PointerBuf, T)> {
        self.entries
    }

    /// The first value of a place.
    pub(super) fn get(&self, place: &Pointer) -> Option<&T> {
        self.entries.get(*self.first.get(place)?).map(|(_, value)| value)
    }

    /// The first value of a place.
    pub(super) fn get_mut(&mut self, place: &Pointer) -> Option<&mut T> {
        self.entries.get_mut(*self.first.get(place)?).map(|(_, value)| value)
    }

    /// Puts a value in the stead of the place's first one, else behind all.
    pub(super) fn put(&mut self, place: PointerBuf, value: T) {
        match self.get_mut(&place) {
            Some(present) => *present = value,
            None => self.push(place, value),
        }
    }

    /// Puts a value behind all: `list/-` is a place of as many values as are appended.
    pub(super) fn push(&mut self, place: PointerBuf, value: T) {
        self.first.entry(place.clone()).or_insert(self.entries.len());
        self.entries.push((place, value));
    }

    /// Puts a value behind all in a place that nobody asks for.
    pub(super) fn push_alone(&mut self, place: PointerBuf, value: T) {
        self.entries.push((place, value));
    }
}

/// A hash of long texts that are much alike, eight bytes at a time: the standard one takes as long as all else that is
/// done to note an edit. Seeded, so that places that all have one hash are not easily written down.
#[derive(Debug, Clone)]
struct Seeded(u64);

impl Default for Seeded {
    fn default() -> Self {
        Self(RandomState::new().hash_one(()))
    }
}

impl BuildHasher for Seeded {
    type Hasher = Mixed;

    fn build_hasher(&self) -> Mixed {
        Mixed(self.0)
    }
}

#[derive(Debug)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        for word in words.iter().map(|word| u64::from_le_bytes(*word)).chain([rest]) {
            let (low, high) = (self.0 ^ word).carrying_mul(0x9e37_79b9_7f4a_7c15, 0);
            self.0 = low ^ high;
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Places;
    use crate::yaml::{Pointer, PointerBuf};

    fn place(text: &str) -> PointerBuf {
        PointerBuf::parse(text).expect("a pointer")
    }

    #[test]
    fn what_is_put_again_keeps_its_turn() {
        let mut places = Places::default();
        for (text, value) in [("/b", 1), ("/a", 2), ("/b", 3), ("/c", 4)] {
            places.put(place(text), value);
        }
        assert_eq!(places.entries(), [(place("/b"), 3), (place("/a"), 2), (place("/c"), 4)]);
        assert_eq!(places.get(Pointer::from_static("/d")), None);
    }

    #[test]
    fn what_is_pushed_comes_behind_and_hides_behind_the_first() {
        let mut places = Places::default();
        for value in [1, 2, 3] {
            places.push(place("/a/-"), value);
        }
        places.put(place("/a/-"), 4);
        assert_eq!(places.get(Pointer::from_static("/a/-")), Some(&4));
        assert_eq!(places.into_entries().iter().map(|(_, value)| *value).collect::<Vec<_>>(), [4, 2, 3]);
    }

    /// What an entry is found by without an index.
    fn searched<'p>(entries: &'p mut [(PointerBuf, u8)], place: &Pointer) -> Option<&'p mut u8> {
        entries.iter_mut().find(|(other, _)| other.as_ptr() == place).map(|(_, value)| value)
    }

    proptest! {
        #[test]
        fn the_index_says_what_a_search_says(steps in prop::collection::vec(("(/[ab-]){0,3}", 0u8..9, any::<bool>()), 0..40)) {
            let (mut places, mut entries) = (Places::default(), Vec::new());
            for (text, value, pushed) in steps {
                let place = place(&text);
                prop_assert_eq!(places.get(&place).copied(), searched(&mut entries, &place).map(|found| *found));
                match searched(&mut entries, &place) {
                    Some(present) if !pushed => *present = value,
                    _ => entries.push((place.clone(), value)),
                }
                if pushed { places.push(place, value) } else { places.put(place, value) }
                prop_assert_eq!(places.entries(), entries.as_slice());
            }
        }
    }
}
