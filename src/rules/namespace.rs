//! Objects that do not say which namespace they are of.

use crate::catalogue::kinds::{self, ATTACHMENTS};
use crate::find::place;
use crate::krm::{Item, at_most, listed};
use crate::model::Model;
use crate::path;
use crate::rules::Report;

/// How many objects a sentence names.
const NAMED: usize = 6;

/// Objects without a namespace beside OpenStack's own that have one: whoever applies the list puts them into another.
///
/// Where none has one, the list as a whole is put into one namespace, as upstream's samples are.
pub(crate) fn absent(model: &Model<'_>, report: &mut Report) {
    let says_where = |item: &&Item<'_>| kinds::is_openstack(item.group()) || item.group() == ATTACHMENTS;
    let mut spaces: Vec<&str> = model.objects.iter().filter(says_where).filter_map(Item::namespace).collect();
    spaces.sort_unstable();
    spaces.dedup();
    let is_bare = |item: &&Item<'_>| {
        item.namespace().is_none() && kinds::is_namespaced(item.group(), item.kind) && !item.name().is_empty()
    };
    let bare: Vec<&Item<'_>> = model.objects.iter().filter(is_bare).collect();
    let (false, Some((first, others))) = (spaces.is_empty(), bare.split_first()) else { return };
    let message = format!(
        "{} without a namespace, beside others in {}: whoever applies the list puts them into the current project, \
         whichever that is; write metadata.namespace, or let spec.from.unset: true of the function config write it",
        named(&bare),
        spaces.join(", ")
    );
    let place = place(path!("metadata.namespace"));
    let finding = report.finding(message).at(first, &place);
    report.add(others.iter().fold(finding, |finding, item| finding.beside(item, &place)));
}

/// `Secret a and Secret b are`.
fn named(items: &[&Item<'_>]) -> String {
    let words = at_most(NAMED, items.iter().map(|item| item.reference().to_string()));
    format!("{} {}", listed(&words), if items.len() == 1 { "is" } else { "are" })
}
