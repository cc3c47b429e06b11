//! Objects that two instances have in common.

use std::collections::BTreeMap;

use crate::catalogue::kinds::{self, METALLB};
use crate::find::place;
use crate::krm::Item;
use crate::model::{Model, content, identity};
use crate::path;
use crate::rules::Report;

/// Of two definitions of one object the later replaces the earlier. Pools and BFD profiles have rules of their
/// own for that.
pub(crate) fn twice(model: &Model<'_>, report: &mut Report) {
    let mut first: BTreeMap<_, &Item<'_>> = BTreeMap::new();
    for item in model.objects.iter().filter(|item| !item.name().is_empty()) {
        let earlier = *first.entry(identity(item)).or_insert(item);
        if earlier.index != item.index && !has_own_rule(item) && content(earlier) != content(item) {
            let path = |item: &Item<'_>| item.file().map(|file| file.path);
            let other = path(earlier).filter(|other| path(item).as_ref() != Some(other));
            let file = other.map(|file| format!(" (the other in {file})")).unwrap_or_default();
            let scoped = !kinds::is_cluster_scoped(item.group(), item.kind);
            let message = format!(
                "the object is defined twice in the list{file} with different content, and the later takes the place of \
                 the earlier; leave one, or give one of them another name{}",
                if scoped { " or namespace" } else { ", as its kind has no namespace" }
            );
            let place = place(path!("metadata.name"));
            report.add(report.finding(message).on(item).beside(earlier, &place));
        }
    }
}

/// Whether `pool-duplicate` or `bfd-profile` says it.
fn has_own_rule(item: &Item<'_>) -> bool {
    item.group() == METALLB && matches!(item.kind, "IPAddressPool" | "BFDProfile")
}
