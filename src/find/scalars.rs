//! The string values of an object with their places.

use super::walk::{Shown, walk};
use crate::yaml::{Kind, Node, PointerBuf};

/// A string value.
#[derive(Debug, Clone)]
pub struct Scalar<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// The mapping keys on the way, without list places.
    pub keys: Vec<&'a str>,
    /// Its text.
    pub text: &'a str,
}

/// The string values that are wanted by their keys and text, in the order of the text.
#[must_use]
pub fn scalars<'a>(object: &'a Node<'a>, wanted: impl Fn(&[&'a str], &str) -> bool) -> Vec<Scalar<'a>> {
    let mut found = Vec::new();
    walk(object, Shown::Everything, |trail, node| {
        if let Kind::Scalar { text, typed: None } = &node.kind
            && wanted(trail.keys(), text)
        {
            found.push(Scalar { pointer: trail.pointer(), keys: trail.keys().to_vec(), text });
        }
    });
    found
}
