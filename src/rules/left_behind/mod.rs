//! What the base has and the config moves, and an object of the instance holds still: no table knows the place.
//!
//! Looks at every string of every object as it will be, whatever its kind, and leaves out what a row of
//! `catalogue::stays` explains and what another finding names already. Must not know which transform should have moved it.

mod traces;

use std::collections::BTreeSet;

use crate::address::rewrite;
use crate::catalogue::endpoints::EXTERNAL_KEYSTONE;
use crate::catalogue::fields::{FIELDS, Field, Syntax};
use crate::catalogue::kinds;
use crate::catalogue::stays::{Kept, NOTES, STAYS, Stay, While};
use crate::change::{Changes, Edit, Edits};
use crate::config::NodePolicies;
use crate::context::{Context, Whose};
use crate::find::{Shown, Trail, value, walk};
use crate::inventory::{MOVES, SHARED};
use crate::krm::{Item, at_most, base64, field_path};
use crate::rules::Report;
use crate::yaml::{Kind, Node, PointerBuf};

use traces::{Trace, Traces, What};

/// One finding for each object, with its places.
pub(crate) fn left_behind(context: &Context<'_>, changes: &Changes, report: &mut Report) {
    tell(
        context,
        changes,
        report,
        |_| true,
        |item, left| !is_back(context, item, left),
        |first, others| {
            format!(
                "{first} is the base's still, in a place that the function does not know{others}; write {}'s own by a patch, or \
             mark the object {SHARED}: \"true\" if all instances use it",
                context.instance.namespace
            )
        },
    );
}

/// What was moved already and is the base's again: somebody wrote it behind the function.
pub(crate) fn moved_back(context: &Context<'_>, changes: &Changes, report: &mut Report) {
    let is_moved = |item: &Item<'_>| context.is_moved(item);
    tell(
        context,
        changes,
        report,
        is_moved,
        |item, left| is_back(context, item, left),
        |first, others| {
            format!(
                "{first} is the base's{others}, in an object that was moved already ({MOVES}), so that nothing of it moves again; \
             write {}'s own, or take that annotation out of it",
                context.instance.namespace
            )
        },
    );
}

/// Whether the function moves what stands at a place, and has moved the object: then what would move there was not there.
/// Where something moves to where something else moves away from, what has moved cannot be told from what has not; and not
/// every text of a ConfigMap or a Secret is one that the function edits.
fn is_back(context: &Context<'_>, item: &Item<'_>, (place, trace): &Left) -> bool {
    let mapping = &context.instance.network.mapping;
    let is_chained = || mapping.moves().any(|one| mapping.moves().any(|other| one.to.overlaps(&other.from)));
    let keys: Vec<String> = place.tokens().map(|token| token.decoded().into_owned()).collect();
    let keys: Vec<&str> =
        keys.iter().map(String::as_str).filter(|key| key.parse::<usize>().is_err()).collect();
    context.is_moved(item)
        && !kinds::is_data(item.kind)
        && match trace.what {
            What::Address => {
                let text = item.node.at(place).and_then(Node::text).unwrap_or_default();
                rewrite(text, mapping).text.is_some() && !is_chained()
            }
            What::Domain | What::Interface => true,
            What::Host | What::Namespace | What::Vlan | What::Node => false,
        }
        && FIELDS.iter().any(|field| item.is(field.group, field.kind) && field.path.fits(&keys))
}

/// One finding for each of some objects, with those of its places that the rule is about.
fn tell(
    context: &Context<'_>,
    changes: &Changes,
    report: &mut Report,
    is_looked_at: impl Fn(&Item<'_>) -> bool,
    is_meant: impl Fn(&Item<'_>, &Left) -> bool,
    message: impl Fn(&str, &str) -> String,
) {
    let items: Vec<_> = context.inventory.own.iter().filter(|item| is_looked_at(item)).collect();
    if items.is_empty() {
        return;
    }
    let traces = Traces::of(context);
    if traces.is_empty() {
        return;
    }
    let said = changes.places_said();
    for item in items {
        if changes.leaves_out(item)
            || matches!(context.whose(item), Whose::Other(_))
            || context.is_of_shared_pools(item)
        {
            continue;
        }
        let meant = context.addresses_of_shared_pools(item);
        let search = Search { item, changes, traces: &traces, stays: stays(context, item), meant };
        let mut left = search.left(&said);
        left.retain(|left| is_meant(item, left));
        if let Some(((place, first), others)) = left.split_first() {
            let finding =
                report.finding(message(&format!("{} {}", first.what.word(), first.word), &also(others)));
            report.add(finding.at(item, place).without_current());
        }
    }
}

/// A place, and what of the base's it holds.
type Left = (PointerBuf, Trace);

/// For a word of a Secret.
const NOT_SHOWN: &str = "(not shown)";

/// The most places that a sentence names.
const NAMED: usize = 12;

/// What there is beside the first place, where the finding stands.
fn also(others: &[Left]) -> String {
    let each = others.iter().map(|(place, trace)| format!("{} ({})", trace.word, field_path(place)));
    match at_most(NAMED, each).join(", ") {
        none if none.is_empty() => none,
        some => format!(", and so are {some}"),
    }
}

/// The rows that hold for an object.
#[must_use]
pub fn stays<'s>(context: &Context<'_>, item: &Item<'_>) -> Vec<&'s Stay> {
    let is = |word: &str, own: &str| word == "*" || word == own;
    let holds = |stay: &&Stay| {
        is(stay.group, item.group())
            && is(stay.kind, item.kind)
            && is(stay.name, item.name())
            && match stay.when {
                While::Always => true,
                While::PeersAreShared => !context.instance.has_own_peers(),
                While::PoliciesAreTheBases => context.instance.node_policies() != NodePolicies::Replace,
                While::KeystoneIsExternal => {
                    value(item.node, EXTERNAL_KEYSTONE).and_then(Node::as_bool) == Some(true)
                }
            }
    };
    STAYS.iter().filter(holds).collect()
}

struct Search<'s, 'a> {
    item: &'s Item<'a>,
    changes: &'s Changes,
    traces: &'s Traces<'a>,
    stays: Vec<&'s Stay>,
    /// Places that stay by the config.
    meant: Vec<PointerBuf>,
}

impl<'a> Search<'_, 'a> {
    fn left(&self, said: &BTreeSet<(usize, usize)>) -> Vec<Left> {
        let mut left = Vec::new();
        walk(self.item.node, Shown::Everything, |trail, node| match &node.kind {
            Kind::Scalar { text, .. } if !said.contains(&(self.item.source, node.span.start)) => {
                left.extend(self.at(trail, text));
            }
            Kind::Mapping(entries) => {
                let keys = entries.iter().filter_map(|entry| entry.key.text());
                let traced = keys.filter(|_| !self.is_note(trail.keys())).filter_map(|key| {
                    let mut place = trail.pointer();
                    place.push_back(key);
                    let renamed = self.changes.edits(self.item).map(Edits::keys).unwrap_or_default();
                    let is_gone = renamed.iter().any(|(from, _)| *from == place)
                        || self.planned(&place).is_some_and(|edit| *edit == Edit::Remove);
                    let trace = self.traces.in_key(key).filter(|_| !is_gone && !self.is_taken_out(&place))?;
                    self.is_left(trail.keys(), trace.what).then_some((place, trace))
                });
                left.extend(traced);
            }
            _ => {}
        });
        left
    }

    /// What a place holds; the present text is asked first, as few have anything.
    fn at(&self, trail: &Trail<'a>, present: &str) -> Option<Left> {
        let keys = trail.keys();
        self.trace(keys, present).filter(|_| !self.is_note(keys))?;
        let place = trail.pointer();
        if self.is_taken_out(&place) || self.meant.contains(&place) {
            return None;
        }
        let trace = match self.planned(&place) {
            None => self.trace(keys, present),
            Some(Edit::Set(value)) => {
                self.trace(keys, &value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            }
            Some(Edit::Remove) => None,
        }?;
        self.is_left(keys, trace.what).then_some((place, trace))
    }

    /// What a text holds; a Secret's data is meant decoded, and its words are not shown.
    fn trace(&self, keys: &[&str], text: &str) -> Option<Trace> {
        let is_secret = self.item.is("", "Secret");
        let decoded = (is_secret && matches!(keys, ["data", _])).then(|| base64::decoded(text)).flatten();
        let trace = self.traces.within(keys, decoded.as_deref().unwrap_or(text))?;
        if trace.what == What::Node && !trace.word.contains('.') && self.is_known() {
            return None;
        }
        Some(if is_secret { Trace { word: NOT_SHOWN.to_owned(), ..trace } } else { trace })
    }

    /// Whether the function knows where objects of the kind name nodes: elsewhere there a word is something else's name.
    fn is_known(&self) -> bool {
        let (group, kind) = (self.item.group(), self.item.kind);
        group.is_empty() || kinds::is_of_an_instance(group, kind)
    }

    fn planned(&self, place: &PointerBuf) -> Option<&Edit> {
        self.changes.planned(self.item, place)
    }

    /// Whether something above the place is taken out, or written anew.
    fn is_taken_out(&self, place: &PointerBuf) -> bool {
        let mut above = std::iter::successors(place.parent(), |place| place.parent());
        above.any(|place| self.changes.planned(self.item, place).is_some())
    }

    /// Whether no row of the table explains it. Whose a VLAN is, was decided where a field of the table holds one.
    fn is_left(&self, keys: &[&str], what: What) -> bool {
        let holds_vlan = |field: &&Field| matches!(field.syntax, Syntax::Vlan | Syntax::Cni);
        let is_here = |field: &Field| self.item.is(field.group, field.kind) && field.path.fits(keys);
        // What stands there is nothing to the API server.
        let is_nothing =
            keys == ["metadata", "namespace"] && kinds::is_cluster_scoped(self.item.group(), self.item.kind);
        if is_nothing || what == What::Vlan && FIELDS.iter().filter(holds_vlan).any(is_here) {
            return false;
        }
        !self.stays.iter().any(|stay| {
            let covers = match stay.kept {
                Kept::All => true,
                Kept::Interfaces => what == What::Interface,
                Kept::Hosts => what == What::Host,
                Kept::Nodes => what == What::Node,
            };
            covers && stay.path.fits(keys)
        })
    }

    /// Whether the place is an annotation in which some program notes something.
    fn is_note(&self, keys: &[&str]) -> bool {
        let is_data = kinds::is_data(self.item.kind) && keys.first() != Some(&"metadata");
        let note = keys.windows(2).find_map(|pair| match pair {
            ["annotations", key] if !is_data => Some(key),
            _ => None,
        });
        note.is_some_and(|key| NOTES.iter().any(|known| key.starts_with(known)))
    }
}
