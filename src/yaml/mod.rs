//! Lossless YAML and JSON documents: parse, find, edit, print.
//!
//! Untouched bytes are copied, never printed anew: an edit is a byte range of the input and the text
//! that takes its place. This module must not know Kubernetes, `OpenStack`, or the function's config.

mod build;
mod cursor;
mod edit;
mod error;
mod events;
mod fast;
mod frame;
mod json;
mod lines;
mod node;
mod parse;
mod resolve;
mod tree;

pub use edit::{Draft, Proof, Splice, draft, edit, splice};
pub use error::{Error, Position};
pub use node::{Entry, Kind, Node, Style, Typed};
pub use parse::{MAX_DEPTH, parse};

/// RFC 6901 pointers, as `json-patch` reads them.
pub use json_patch::jsonptr::{Pointer, PointerBuf};
