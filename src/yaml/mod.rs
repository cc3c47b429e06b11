//! Lossless YAML and JSON documents: parse, find, edit, print.
//!
//! Untouched bytes are copied, never printed anew: an edit is a byte range of the input and the text
//! that takes its place. This module must not know Kubernetes, `OpenStack`, or the function's config.
//!
//! Three rooms, each of which uses those before it and nothing after it: `tree`, `reading`, `editing`.

mod editing;
mod reading;
mod tree;

pub use editing::{
    Around, Draft, Proof, Renewed, Splice, Splices, Unjoinable, document, draft, edit, joined, scalar, splice,
};
pub use reading::parse;
pub use tree::{Entries, Entry, Error, Kind, MAX_DEPTH, Node, Position, Style, Typed};

/// RFC 6901 pointers, as `json-patch` reads them.
pub use json_patch::jsonptr::{Pointer, PointerBuf};
