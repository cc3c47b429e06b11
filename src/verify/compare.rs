//! What a live object has otherwise than the rendered one: a comparison of what is rendered, and of nothing else. What the
//! API server, webhooks and operators add is no difference.
//!
//! Must not know who asks, nor what a field is for.

use crate::find::{place, under};
use crate::krm::Item;
use crate::model::is_bookkeeping;
use crate::path;
use crate::yaml::{Kind, Node, PointerBuf};

use super::scalar::{are_same, is_nothing};

/// A field that is otherwise.
#[derive(Debug, Clone)]
pub(super) struct Difference<'a> {
    /// Where it stands in the rendered object; of what is live alone, its list.
    pub(super) pointer: PointerBuf,
    /// What is rendered; none of what is live alone.
    pub(super) rendered: Option<&'a Node<'a>>,
    /// What the live object has.
    pub(super) live: Option<&'a Node<'a>>,
}

/// What tells the items of a list of maps from each other.
///
/// Source: `x-kubernetes-list-map-keys` in the operators' CRDs (`name`, `type`, `port`), Kubernetes' own (`key` of tolerations
/// and items), nmstate's interfaces and addresses (`name`, `ip`).
const LIST_KEYS: [&str; 5] = ["name", "ip", "key", "type", "port"];

/// Compares an object. A list of one that `is_whole` has no item beside those that are rendered.
pub(super) fn differences<'a>(rendered: &Item<'a>, live: &Item<'a>, is_whole: bool) -> Vec<Difference<'a>> {
    let mut walk = Walk { is_whole, found: Vec::new() };
    for entry in rendered.node.entries() {
        match entry.key.text().unwrap_or_default() {
            "apiVersion" | "kind" | "status" | "metadata" => {}
            key => walk.value(under(&PointerBuf::root(), &[key]), &entry.value, live.node.get(key)),
        }
    }
    for map in ["labels", "annotations"] {
        let of = |item: &Item<'a>| item.node.get("metadata").and_then(|metadata| metadata.get(map));
        for entry in of(rendered).map(Node::entries).unwrap_or_default() {
            let key = entry.key.text().unwrap_or_default();
            if !is_bookkeeping(key) {
                let pointer = under(&place(path!("metadata")), &[map, key]);
                walk.value(pointer, &entry.value, of(live).and_then(|map| map.get(key)));
            }
        }
    }
    walk.found
}

struct Walk<'a> {
    is_whole: bool,
    found: Vec<Difference<'a>>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, pointer: PointerBuf, rendered: &'a Node<'a>, live: Option<&'a Node<'a>>) {
        let Some(found) = live.filter(|live| !is_nothing(live)) else {
            if !is_nothing(rendered) {
                self.found.push(Difference { pointer, rendered: Some(rendered), live });
            }
            return;
        };
        match (&rendered.resolved().kind, &found.resolved().kind) {
            (Kind::Mapping(_), Kind::Mapping(_)) => {
                for entry in rendered.entries() {
                    self.value(
                        under(&pointer, &[entry.key.text().unwrap_or_default()]),
                        &entry.value,
                        found.get(entry.key.text().unwrap_or_default()),
                    );
                }
            }
            (Kind::Sequence(_), Kind::Sequence(_)) => self.list(&pointer, rendered, found),
            _ if are_same(rendered, found) || (is_nothing(rendered) && is_nothing(found)) => {}
            _ => self.found.push(Difference { pointer, rendered: Some(rendered), live }),
        }
    }

    /// A list of maps item by item, in any order; any other as a whole.
    fn list(&mut self, pointer: &PointerBuf, rendered: &'a Node<'a>, live: &'a Node<'a>) {
        let is_map = |node: &Node<'_>| matches!(node.resolved().kind, Kind::Mapping(_));
        let (items, others) = (rendered.items(), live.items());
        if !items.iter().chain(others).all(is_map) {
            let is_same = items.len() == others.len() && items.iter().zip(others).all(|(a, b)| equal(a, b));
            if !is_same {
                let (rendered, live) = (Some(rendered), Some(live));
                self.found.push(Difference { pointer: pointer.clone(), rendered, live });
            }
            return;
        }
        let pairs = pairs(items, others);
        for (index, (item, other)) in items.iter().zip(&pairs).enumerate() {
            let at = under(pointer, &[&index.to_string()]);
            self.value(at, item, other.and_then(|place| others.get(place)));
        }
        let alone = others.iter().enumerate().filter(|(place, _)| !pairs.contains(&Some(*place)));
        if self.is_whole {
            let alone = alone.map(|(_, live)| Difference {
                pointer: pointer.clone(),
                rendered: None,
                live: Some(live),
            });
            self.found.extend(alone);
        }
    }
}

/// Whether the second holds all that the first does.
fn equal<'a>(rendered: &'a Node<'a>, live: &'a Node<'a>) -> bool {
    let mut walk = Walk { is_whole: true, found: Vec::new() };
    walk.value(PointerBuf::root(), rendered, Some(live));
    walk.found.is_empty()
}

/// The place of each item's counterpart: by the key that tells all of them apart, else the first that is equal, else the
/// one at the same place.
fn pairs<'a>(items: &'a [Node<'a>], others: &'a [Node<'a>]) -> Vec<Option<usize>> {
    let tells = |key: &&str| is_told_by(items, key) && is_told_by(others, key);
    if let Some(key) = LIST_KEYS.into_iter().find(tells) {
        let text = |node: &'a Node<'a>| node.get(key).and_then(Node::text);
        return items.iter().map(|item| others.iter().position(|other| text(other) == text(item))).collect();
    }
    let mut taken = vec![false; others.len()];
    let mut take = |place: Option<usize>| {
        let free = place.and_then(|place| taken.get_mut(place)).filter(|taken| !**taken)?;
        *free = true;
        place
    };
    let same: Vec<Option<usize>> = items
        .iter()
        .map(|item| {
            let mut equals = others.iter().enumerate().filter(|(_, other)| equal(item, other));
            equals.find_map(|(place, _)| take(Some(place)))
        })
        .collect();
    same.into_iter().enumerate().map(|(index, place)| place.or_else(|| take(Some(index)))).collect()
}

fn is_told_by(items: &[Node<'_>], key: &str) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    items.iter().all(|item| {
        let text = item.get(key).and_then(Node::text).filter(|text| !seen.contains(text));
        seen.extend(text);
        text.is_some()
    })
}
