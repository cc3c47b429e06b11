//! What becomes of a range or a network under a mapping. Knows blocks, not how they are mapped.

use std::fmt;

use super::Block;

/// Where several addresses together go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome<T> {
    /// All of them there.
    Moved(T),
    /// Nowhere, and that is right.
    Stays,
    /// Nowhere, though some of them move: a person must look.
    Stuck(Reason),
}

/// Why several addresses cannot move together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// They hold this mapped block and more.
    Broader(Block),
    /// They hold a part of this mapped block, and addresses beside it.
    Straddles(Block),
    /// They are in a block that moves, and this block inside goes another way.
    Cut(Block),
    /// This block moves by a distance that would begin the network in the middle of another.
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
