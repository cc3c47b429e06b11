//! What becomes of a range or a network under a mapping. Must not know how blocks are mapped.

use std::fmt;

use super::Block;

/// Where a range or network moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome<T> {
    /// All of its addresses move, to here.
    Moved(T),
    /// It stays, as it should.
    Stays,
    /// It stays although some of its addresses move: a person must decide.
    Stuck(Reason),
}

impl<T> Outcome<T> {
    /// The same of something that moves with it.
    pub(super) fn map<U>(self, with: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Moved(to) => Outcome::Moved(with(to)),
            Self::Stays => Outcome::Stays,
            Self::Stuck(reason) => Outcome::Stuck(reason),
        }
    }
}

/// Why a range or network cannot move as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It holds the whole of this source, and more.
    Broader(Block),
    /// It holds a part of this source, and addresses outside.
    Straddles(Block),
    /// It lies in a source that moves, and this smaller source at least partly in it moves elsewhere.
    Cut(Block),
    /// This source moves by a distance that is not a multiple of the network's size.
    Unaligned(Block),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broader(block) => write!(f, "it is broader than {block}, which moves"),
            Self::Straddles(block) => write!(f, "it straddles the edge of {block}, which moves"),
            Self::Cut(block) => write!(f, "{block}, which is inside it or at its edge, goes another way"),
            Self::Unaligned(block) => {
                write!(f, "{block} moves by a distance that is no multiple of the network's size")
            }
        }
    }
}
