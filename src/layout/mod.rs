//! The layout of a tree of overlays: which kustomizations lead where, what of it is one instance's, and so what an
//! instance more or less changes in which file.
//!
//! Files are texts with their paths here, and changes of them are data. This room must not know a file system, nor what
//! an instance's manifests say.

mod fields;
mod fleet;
mod fresh;
mod gone;
mod one_more;
mod own;
mod paths;
mod plan;
mod renamed;
mod tree;

use std::path::PathBuf;

pub use fields::{is_kustomization, references};
pub use fresh::{Brought, fresh};
pub use gone::{Gone, gone};
pub use one_more::{OneMore, one_more};
pub use paths::relative;
pub use plan::{Place, free};
pub use tree::Tree;

/// A file of the tree.
#[derive(Debug, Clone)]
pub struct File {
    /// Its path, with no link on the way.
    pub path: PathBuf,
    /// The path as a person reads it.
    pub shown: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    /// Its text, where it is one.
    fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

/// What becomes of the files: all of it, or nothing.
#[derive(Debug, Default)]
pub struct Change {
    /// New files, none of which may be there.
    pub written: Vec<(PathBuf, Vec<u8>)>,
    /// Files that are there, with their new texts.
    pub edited: Vec<(PathBuf, String)>,
    /// Files that go, with the directories that are empty then.
    pub removed: Vec<PathBuf>,
}
