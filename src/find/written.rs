//! Pointers written in one piece. Token by token, each would be a value of its own in a text that grows by it.

use crate::yaml::{Pointer, PointerBuf};

/// A pointer that is being written.
#[derive(Debug, Default)]
pub(super) struct Written(String);

impl Written {
    /// What is written starts with a pointer; `more` is how many bytes may follow.
    pub(super) fn behind(pointer: &Pointer, more: usize) -> Self {
        let mut text = String::with_capacity(pointer.as_str().len() + more);
        text.push_str(pointer.as_str());
        Self(text)
    }

    /// Adds a key, or an index in decimal.
    pub(super) fn key(&mut self, key: &str) {
        self.0.push('/');
        if !key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
            return self.0.push_str(key);
        }
        for letter in key.chars() {
            match letter {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                other => self.0.push(other),
            }
        }
    }

    /// Adds an index.
    pub(super) fn index(&mut self, index: usize) {
        self.0.push('/');
        self.digits(index);
    }

    fn digits(&mut self, number: usize) {
        if number > 9 {
            self.digits(number / 10);
        }
        self.0.extend(u32::try_from(number % 10).ok().and_then(|digit| char::from_digit(digit, 10)));
    }

    /// How many bytes are written.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes all back but these bytes.
    pub(super) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// The pointer so far.
    pub(super) fn pointer(&self) -> PointerBuf {
        pointer(self.0.clone())
    }

    /// The pointer.
    pub(super) fn into_pointer(self) -> PointerBuf {
        pointer(self.0)
    }
}

/// The text as a pointer, which it is by how it was made.
fn pointer(text: String) -> PointerBuf {
    PointerBuf::parse(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Written;
    use crate::yaml::{Pointer, PointerBuf};

    proptest! {
        #[test]
        fn a_pointer_is_that_of_its_tokens(keys in prop::collection::vec("[a/~0é]{0,4}", 0..5), index: usize) {
            let mut written = Written::behind(Pointer::from_static("/~1"), 0);
            let mut pointer = PointerBuf::from_tokens(["/"]);
            for key in &keys {
                written.key(key);
                pointer.push_back(key);
            }
            written.index(index);
            pointer.push_back(index);
            prop_assert_eq!(&written.pointer(), &pointer);
            prop_assert_eq!(written.into_pointer(), pointer);
        }
    }
}
