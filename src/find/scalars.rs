//! Finds the string values of an object.

use super::walk::{Shown, walk};
use crate::yaml::{Kind, Node, PointerBuf};

/// A string value with its place.
#[derive(Debug, Clone)]
pub struct Scalar<'a> {
    /// Its pointer in the object.
    pub pointer: PointerBuf,
    /// The mapping keys on the way, without list indexes.
    pub keys: Vec<&'a str>,
    /// Its text.
    pub text: &'a str,
}

/// The string values for which `wanted` is true of keys and text, in document order.
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
