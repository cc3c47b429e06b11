//! What the cluster wrote into an object, taken out of it. Where and when stands in `catalogue::written`.

use serde_json::Value;

use crate::catalogue::kinds::is_one_of;
use crate::catalogue::written::{
    BARE_METAL_CONSUMER, FINALIZERS_OF_PEOPLE, HOST_IS_GENERATED, WRITTEN, WRITTEN_ANNOTATIONS,
    WRITTEN_LABELS, When, Written, WrittenKey,
};
use crate::find::{Part, place, under, value};
use crate::krm::{Item, field_path};
use crate::path;
use crate::path::Path;
use crate::yaml::{Node, Pointer, PointerBuf};

/// A field that was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Where it stood: `spec.clusterIP`.
    pub field: String,
    /// Who wrote it.
    pub by: &'static str,
}

/// An object's value without what the cluster wrote, and what that was.
pub(super) fn without(item: &Item<'_>) -> (Value, Vec<Taken>) {
    let mut going: Vec<(PointerBuf, &'static str)> = Vec::new();
    for row in WRITTEN.iter().filter(|row| is_one_of(row.group, row.kind, item.group(), item.kind)) {
        let parts = item.part().each(row.path).into_iter().filter(|part| is_written(item, row, part));
        going.extend(parts.map(|part| (part.pointer, row.by)));
    }
    going.extend(keys(item, path!("metadata.annotations"), WRITTEN_ANNOTATIONS));
    going.extend(keys(item, path!("metadata.labels"), WRITTEN_LABELS));
    let mut value = item.node.to_value();
    // Last first: taking an item out of a list moves those behind it.
    for (pointer, _) in going.iter().rev() {
        take(&mut value, pointer);
    }
    let taken = |(pointer, by): &(PointerBuf, &'static str)| Taken { field: field_path(pointer), by };
    (value, going.iter().map(taken).collect())
}

fn keys(
    item: &Item<'_>,
    path: Path,
    rows: &'static [WrittenKey],
) -> impl Iterator<Item = (PointerBuf, &'static str)> {
    let entries = value(item.node, path).map(Node::entries).unwrap_or_default();
    entries.iter().filter_map(move |entry| {
        let key = entry.key.text()?;
        let row = rows.iter().find(|row| row.fits(item.kind, key))?;
        Some((under(&place(path), &[key]), row.by))
    })
}

/// Takes a value out, and what is empty without it.
fn take(value: &mut Value, pointer: &Pointer) {
    let (Some(above), Some(last)) = (pointer.parent(), pointer.last()) else { return };
    let key = last.decoded();
    let is_empty = match value.pointer_mut(above.as_str()) {
        Some(Value::Object(map)) => map.shift_remove(key.as_ref()).is_some() && map.is_empty(),
        Some(Value::Array(list)) => match key.parse::<usize>() {
            Ok(index) if index < list.len() => {
                list.remove(index);
                list.is_empty()
            }
            _ => false,
        },
        _ => false,
    };
    if is_empty {
        take(value, above);
    }
}

fn is_written(item: &Item<'_>, row: &Written, part: &Part<'_>) -> bool {
    match row.when {
        When::Always => true,
        When::UnlessOfPeople => !is_of_people(part.node),
        When::UnlessNone => !says_none(part.node),
        When::HostGenerated => item.annotation(HOST_IS_GENERATED) == Some("true"),
        When::Consumed => is_consumed(item),
        When::NoManualSelector => item.part().bool(path!("spec.manualSelector")) != Some(true),
        When::OfAccount => is_of_account(item.name(), part.node),
        When::OfUid => is_of_uid(item, part.node),
        When::OwnZone => is_own_zone(item, part.node),
        When::OwnUrl => is_own_url(item, part.node),
    }
}

fn is_of_people(finalizer: &Node<'_>) -> bool {
    finalizer.text().is_some_and(|text| text.starts_with(FINALIZERS_OF_PEOPLE))
}

/// `None`, alone or in a list.
fn says_none(node: &Node<'_>) -> bool {
    let first = node.items().first().unwrap_or(node);
    first.text() == Some("None")
}

fn is_consumed(item: &Item<'_>) -> bool {
    item.part().text(path!("spec.consumerRef.kind")) == Some(BARE_METAL_CONSUMER)
}

fn is_of_account(account: &str, secret: &Node<'_>) -> bool {
    let name = secret.get("name").and_then(Node::text).unwrap_or_default();
    let rest = name.strip_prefix(account).unwrap_or_default();
    rest.starts_with("-dockercfg-") || rest.starts_with("-token-")
}

/// A name with the UID's first five digits at its end. Without the UID nobody knows.
fn is_of_uid(item: &Item<'_>, name: &Node<'_>) -> bool {
    let uid = item.part().text(path!("metadata.uid")).and_then(|uid| uid.get(..5));
    let end = name.text().and_then(|name| name.rsplit_once('-')).map(|(_, end)| end);
    uid.is_some() && end == uid
}

/// `local: /NAMESPACE.svc/` and nothing else.
fn is_own_zone(item: &Item<'_>, option: &Node<'_>) -> bool {
    let (Some(namespace), Some(values)) = (item.namespace(), option.get("values")) else { return false };
    let is_local = option.get("key").and_then(Node::text) == Some("local");
    let zone = format!("/{namespace}.svc/");
    is_local && matches!(values.items(), [only] if only.text() == Some(&zone))
}

/// `https://SERVICE-internal.NAMESPACE.svc:5000`, `https://SERVICE-public-NAMESPACE.apps.example.com`: the names of a
/// Service and of a Route that nobody chose.
fn is_own_url(item: &Item<'_>, url: &Node<'_>) -> bool {
    let (Some(namespace), Some(url)) = (item.namespace(), url.text()) else { return false };
    let Some((_, rest)) = url.split_once("://") else { return false };
    let host = rest.split([':', '/']).next().unwrap_or_default();
    let (first, domain) = host.split_once('.').unwrap_or((host, ""));
    let is_service =
        domain == format!("{namespace}.svc") || domain == format!("{namespace}.svc.cluster.local");
    let ends = [format!("-public-{namespace}"), format!("-internal-{namespace}")];
    let is_named = ends.iter().any(|end| first.ends_with(end)) || first == format!("horizon-{namespace}");
    let is_route = is_named && domain.starts_with("apps.");
    is_service || is_route
}
