//! Changes put together: by what moves them, and by why they are. It must not know how they are printed.

use crate::krm::ResourceRef;
use crate::run::{Explained, ExplainedChange as Change, Moved, Staying};

/// Changes that have one thing in common.
pub(super) struct Group<'e> {
    pub(super) changes: Vec<&'e Change>,
}

impl Group<'_> {
    /// How many fields of which kinds: `12 OpenStackControlPlane, 5 IPAddressPool`.
    pub(super) fn kinds(&self) -> Vec<String> {
        let kinds = gathered(self.changes.iter().map(|change| (change.object.kind.as_str(), ())));
        kinds.iter().map(|(kind, all)| format!("{} {kind}", all.len())).collect()
    }
}

/// What each network and interface of the config moves.
pub(super) fn by_network(explained: &Explained) -> impl Iterator<Item = (&Moved, Group<'_>)> {
    explained.moved.iter().map(|moved| {
        let of = |change: &&Change| change.moved_by.contains(&moved.name);
        (moved, Group { changes: explained.changes.iter().filter(of).collect() })
    })
}

/// What is changed for each other reason, in the order in which they come first.
pub(super) fn by_reason(explained: &Explained) -> Vec<(&str, Group<'_>)> {
    let others = explained.changes.iter().flat_map(|change| {
        // What a network moves stands there.
        let last = change.reasons.last().copied().filter(|_| !change.moved_by.is_empty());
        let own = change.reasons.iter().copied().filter(move |reason| Some(*reason) != last);
        own.map(move |reason| (reason, change))
    });
    gathered(others).into_iter().map(|(reason, changes)| (reason, Group { changes })).collect()
}

/// How many objects there are behind changes, which stand together.
pub(super) fn objects(changes: &[Change]) -> usize {
    let is_other = |pair: &&[Change]| matches!(pair, [one, other] if (&one.object, &one.file) != (&other.object, &other.file));
    changes.windows(2).filter(is_other).count() + usize::from(!changes.is_empty())
}

/// Objects by their kinds: `BGPPeer tor; NodeNetworkConfigurationPolicy worker-0, worker-1`.
pub(super) fn named(objects: &[ResourceRef]) -> String {
    let kinds = gathered(objects.iter().map(|object| (object.kind.as_str(), object.name.as_str())));
    kinds.iter().map(|(kind, names)| format!("{kind} {}", names.join(", "))).collect::<Vec<_>>().join("; ")
}

/// What belongs to equal words, in the order in which those come first: there are few.
fn gathered<'e, T>(all: impl Iterator<Item = (&'e str, T)>) -> Vec<(&'e str, Vec<T>)> {
    let mut groups: Vec<(&str, Vec<T>)> = Vec::new();
    for (word, one) in all {
        match groups.iter_mut().find(|(known, _)| *known == word) {
            Some((_, group)) => group.push(one),
            None => groups.push((word, vec![one])),
        }
    }
    groups
}

/// What stays for one reason: the objects, and the places in them.
pub(super) fn staying(explained: &Explained) -> Vec<(&str, Vec<String>)> {
    let place = |one: &Staying| {
        let object = one.object.as_ref().map(ToString::to_string).unwrap_or_default();
        one.field.as_ref().map_or_else(|| object.clone(), |field| format!("{object} {field}"))
    };
    let mut groups = gathered(explained.stays.iter().map(|one| (one.why.as_str(), place(one))));
    for (_, places) in &mut groups {
        places.dedup();
    }
    groups
}
