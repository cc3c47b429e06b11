//! kustomize's memory of names: what lets references still resolve after our renames.
//!
//! kustomize finds what a name refers to by three lists of equal length in the object's annotations. Source:
//! kustomize `api/resource/resource.go` (`StorePreviousId`), `api/internal/utils/annotations.go`.

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::context::Context;
use crate::find::{place, under};
use crate::inventory::Inventory;
use crate::krm::Item;
use crate::path;

const NAMES: &str = "internal.config.kubernetes.io/previousNames";
const NAMESPACES: &str = "internal.config.kubernetes.io/previousNamespaces";
const KINDS: &str = "internal.config.kubernetes.io/previousKinds";

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for item in context.inventory.own.iter().filter(|item| Inventory::is_from_kustomize(item)) {
        let renamed = changes.name(item) != item.name() || changes.namespace(item) != item.namespace();
        if renamed {
            for (list, word) in [(NAMES, item.name()), (NAMESPACES, namespace(item)), (KINDS, item.kind)] {
                let words = item.annotation(list).filter(|words| !words.is_empty());
                let words = words.map_or_else(|| word.to_owned(), |words| format!("{words},{word}"));
                changes.set(item, under(&place(path!("metadata.annotations")), &[list]), words);
            }
        }
    }
}

/// The namespace as kustomize notes it down.
fn namespace<'a>(item: &Item<'a>) -> &'a str {
    let cluster = kinds::is_cluster_scoped_to_kustomize(item.group(), item.kind);
    if cluster { "_non_namespaceable_" } else { item.namespace().unwrap_or("default") }
}
