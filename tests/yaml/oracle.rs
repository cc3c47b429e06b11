//! A second reader, built on libyaml, which Go's YAML is a port of: its values compared with our trees.
//! It must not know our parser, only our tree.
//!
//! `serde_yaml` is the safe interface to it. It types some plain scalars otherwise than Go (`0123`,
//! `1_000`): where it sees a string only the text is compared, which is the same for both.

use multi_rhoso::yaml::{Kind, Node, Typed};
use serde::Deserialize as _;
use serde_yaml::Value;

/// What libyaml reads, document by document; empty documents left out.
///
/// It takes the byte order mark that starts a text for a letter where it is told the encoding, as it is here; Go does not.
pub(crate) fn documents(text: &str) -> Result<Vec<Value>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read = serde_yaml::Deserializer::from_str(text).map(Value::deserialize);
    let values = read.collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())?;
    Ok(values)
}

/// Where our trees say something else than libyaml; none if both agree or libyaml cannot tell.
pub(crate) fn difference(text: &str, nodes: &[Node<'_>]) -> Option<String> {
    let theirs = match documents(text) {
        Ok(theirs) => theirs,
        // Its own limits, not the text's.
        Err(error) if error.contains("invalid type") || error.contains("out of range") => return None,
        Err(error) => return Some(format!("libyaml refuses it: {error}")),
    };
    let theirs: Vec<&Value> = theirs.iter().filter(|value| !value.is_null()).collect();
    let ours: Vec<&Node<'_>> = nodes.iter().filter(|node| !node.is_null()).collect();
    if ours.len() != theirs.len() {
        return Some(format!("{} documents for {}", ours.len(), theirs.len()));
    }
    ours.iter().zip(theirs).find_map(|(node, value)| compare(node, value, &mut String::new()))
}

fn compare(node: &Node<'_>, value: &Value, path: &mut String) -> Option<String> {
    let node = node.resolved();
    let same =
        match (&node.kind, value) {
            (_, Value::Tagged(tagged)) => return compare(node, &tagged.value, path),
            (Kind::Sequence(items), Value::Sequence(values)) => {
                if items.len() == values.len() {
                    return items.iter().zip(values).enumerate().find_map(|(index, (item, value))| {
                        compare(item, value, &mut format!("{path}/{index}"))
                    });
                }
                false
            }
            (Kind::Mapping(entries), Value::Mapping(values)) => {
                if entries.len() == values.len() {
                    return entries.iter().zip(values).find_map(|(entry, (key, value))| {
                        let path = format!("{path}/{}", entry.key.text().unwrap_or_default());
                        compare(&entry.key, key, &mut format!("{path} (key)"))
                            .or_else(|| compare(&entry.value, value, &mut path.clone()))
                    });
                }
                false
            }
            (Kind::Scalar { text, .. }, Value::String(theirs)) => text == theirs,
            (Kind::Scalar { typed: ours, .. }, Value::Null) => *ours == Some(Typed::Null),
            (Kind::Scalar { typed: ours, .. }, Value::Bool(theirs)) => *ours == Some(Typed::Bool(*theirs)),
            (Kind::Scalar { typed: Some(Typed::Number(ours)), .. }, Value::Number(theirs)) => {
                match (ours.as_f64(), theirs.as_f64()) {
                    (Some(ours), Some(theirs)) => (ours - theirs).abs() <= f64::EPSILON * theirs.abs(),
                    _ => false,
                }
            }
            // Infinities and not-a-number have no place in JSON: they stay text.
            (Kind::Scalar { typed: None, .. }, Value::Number(theirs)) => {
                theirs.as_f64().is_some_and(|theirs| !theirs.is_finite())
            }
            _ => false,
        };
    (!same).then(|| format!("{path}: {:?} for {value:?}", node.kind))
}
