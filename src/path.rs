//! Paths: where in an object something stands, written as text and parsed at compile time.
//!
//! In `spec.networks.[network].subnets.[].vlan` a word is a key, `[]` any item of a list. `*` is any key, `**` any
//! depth; `{name}` is any key and `[name]` any item, recorded under that name for the caller. This module must not
//! know a tree.

use std::fmt;

/// One step of a path. An empty name means that the match is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// The value of this key.
    Key(&'static str),
    /// The value of any key: `*`, `{name}`.
    AnyKey(&'static str),
    /// Any item of a list: `[]`, `[name]`.
    AnyItem(&'static str),
    /// This place or any below: `**`. At the end of a path, every scalar below.
    Anywhere,
}

/// A parsed path, made by [`path!`](macro@crate::path).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Path(&'static [Segment]);

/// Parses a path at compile time; with two paths, appends the second to the first.
#[macro_export]
macro_rules! path {
    ($text:expr) => {{
        const SEGMENTS: [$crate::path::Segment; $crate::path::count($text)] = $crate::path::compiled($text);
        $crate::path::Path::new(&SEGMENTS)
    }};
    ($above:expr, $below:expr) => {{
        const LENGTH: usize = $above.segments().len() + $below.segments().len();
        const SEGMENTS: [$crate::path::Segment; LENGTH] = $crate::path::joined($above, $below);
        $crate::path::Path::new(&SEGMENTS)
    }};
}

impl Path {
    /// The empty path: the node itself.
    pub const HERE: Self = Self(&[]);

    /// Makes a path of segments.
    #[must_use]
    pub const fn new(segments: &'static [Segment]) -> Self {
        Self(segments)
    }

    /// The segments, from the root down.
    #[must_use]
    pub const fn segments(&self) -> &'static [Segment] {
        self.0
    }

    /// Whether the keys on the way to a place, list items left out, are such as the path has.
    #[must_use]
    pub fn fits(&self, keys: &[&str]) -> bool {
        fits(self.0, keys)
    }

    /// The keys up to the first wildcard.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.0.iter().map_while(|segment| match segment {
            Segment::Key(key) => Some(*key),
            _ => None,
        })
    }
}

fn fits(segments: &[Segment], keys: &[&str]) -> bool {
    let Some((segment, rest)) = segments.split_first() else { return keys.is_empty() };
    match (segment, keys.split_first()) {
        (Segment::AnyItem(_), _) => fits(rest, keys),
        (Segment::Anywhere, behind) => {
            fits(rest, keys) || behind.is_some_and(|(_, behind)| fits(segments, behind))
        }
        (Segment::Key(wanted), Some((key, behind))) => wanted == key && fits(rest, behind),
        (Segment::AnyKey(_), Some((_, behind))) => fits(rest, behind),
        (Segment::Key(_) | Segment::AnyKey(_), None) => false,
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.0.iter().enumerate() {
            f.write_str(if index > 0 { "." } else { "" })?;
            match segment {
                Segment::Key(key) => f.write_str(key)?,
                Segment::AnyKey("") => f.write_str("*")?,
                Segment::AnyKey(name) => write!(f, "{{{name}}}")?,
                Segment::AnyItem(name) => write!(f, "[{name}]")?,
                Segment::Anywhere => f.write_str("**")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The number of segments in a text.
#[must_use]
pub const fn count(text: &str) -> usize {
    let (mut count, mut rest) = (1, text.as_bytes());
    while let [byte, behind @ ..] = rest {
        count += (*byte == b'.') as usize;
        rest = behind;
    }
    count
}

/// The segments of a text.
#[must_use]
pub const fn compiled<const N: usize>(text: &'static str) -> [Segment; N] {
    let mut segments = [Segment::Anywhere; N];
    let (mut free, mut rest) = (segments.as_mut_slice(), text.as_bytes());
    while let [segment, more @ ..] = free {
        let (word, behind) = first(rest);
        *segment = segment_of(word);
        (free, rest) = (more, behind);
    }
    segments
}

/// The segments of `above`, then those of `below`.
#[must_use]
pub const fn joined<const N: usize>(above: Path, below: Path) -> [Segment; N] {
    let mut segments = [Segment::Anywhere; N];
    let (head, tail) = segments.split_at_mut(above.0.len());
    head.copy_from_slice(above.0);
    tail.copy_from_slice(below.0);
    segments
}

/// The bytes before the first dot, and those after it.
const fn first(text: &'static [u8]) -> (&'static [u8], &'static [u8]) {
    let mut rest = text;
    while let [byte, behind @ ..] = rest {
        if *byte == b'.' {
            return (text.split_at(text.len() - rest.len()).0, behind);
        }
        rest = behind;
    }
    (text, rest)
}

const fn segment_of(word: &'static [u8]) -> Segment {
    match word {
        b"**" => Segment::Anywhere,
        b"*" => Segment::AnyKey(""),
        [b'{', name @ .., b'}'] => Segment::AnyKey(text(name)),
        [b'[', name @ .., b']'] => Segment::AnyItem(text(name)),
        key => {
            assert!(!key.is_empty(), "a path has no empty segment");
            Segment::Key(text(key))
        }
    }
}

const fn text(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{Path, Segment};

    #[test]
    fn a_path_is_what_its_text_says() {
        let path = path!("spec.*.[].{name}.[network].**.base-iface");
        let expected = [
            Segment::Key("spec"),
            Segment::AnyKey(""),
            Segment::AnyItem(""),
            Segment::AnyKey("name"),
            Segment::AnyItem("network"),
            Segment::Anywhere,
            Segment::Key("base-iface"),
        ];
        assert_eq!(path.segments(), expected);
        assert_eq!(path.to_string(), "spec.*.[].{name}.[network].**.base-iface");
        assert_eq!(path.keys().collect::<Vec<_>>(), ["spec"]);
        assert_eq!(Path::HERE.to_string(), "");
    }

    #[test]
    fn keys_fit_a_path() {
        for (path, keys, expected) in [
            (
                path!("spec.networks.[network].subnets.[].vlan"),
                vec!["spec", "networks", "subnets", "vlan"],
                true,
            ),
            (path!("spec.networks.[network].subnets.[].vlan"), vec!["spec", "networks", "vlan"], false),
            (path!("spec.*.name"), vec!["spec", "a", "name"], true),
            (path!("spec.*.name"), vec!["spec", "name"], false),
            (path!("spec.**.name"), vec!["spec", "name"], true),
            (path!("spec.**.name"), vec!["spec", "a", "b", "name"], true),
            (path!("spec.**"), vec!["spec", "a", "b"], true),
            (path!("spec.**"), vec!["status"], false),
            (Path::HERE, vec![], true),
        ] {
            assert_eq!(path.fits(&keys), expected, "{path} {keys:?}");
        }
    }
}
