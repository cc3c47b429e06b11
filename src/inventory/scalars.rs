//! Every scalar value of an object with its place.

use crate::yaml::{Kind, Node, PointerBuf};

/// A scalar value.
#[derive(Debug, Clone)]
pub struct Scalar<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// The mapping keys on the way, without list places.
    pub keys: Vec<&'a str>,
    /// Its text.
    pub text: &'a str,
}

/// The string scalars of an object, in the order of the text. Aliases are not followed.
#[must_use]
pub fn scalars<'a>(object: &'a Node<'a>) -> Vec<Scalar<'a>> {
    let mut found = Vec::new();
    visit(object, &mut PointerBuf::root(), &mut Vec::new(), &mut found);
    found
}

fn visit<'a>(
    node: &'a Node<'a>,
    pointer: &mut PointerBuf,
    keys: &mut Vec<&'a str>,
    found: &mut Vec<Scalar<'a>>,
) {
    match &node.kind {
        Kind::Mapping(entries) => {
            for entry in entries {
                let key = entry.key.text().unwrap_or_default();
                pointer.push_back(key);
                keys.push(key);
                visit(&entry.value, pointer, keys, found);
                keys.pop();
                pointer.pop_back();
            }
        }
        Kind::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_back(index);
                visit(item, pointer, keys, found);
                pointer.pop_back();
            }
        }
        Kind::Scalar { text, typed: None } => {
            found.push(Scalar { pointer: pointer.clone(), keys: keys.clone(), text });
        }
        _ => {}
    }
}
