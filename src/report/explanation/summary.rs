//! Changes put together: by what moves them, and by why they are. It must not know how they are printed.

use std::collections::{BTreeMap, BTreeSet};

use crate::krm::ResourceRef;
use crate::run::{Explained, ExplainedChange as Change, Moved};

/// Changes that have one thing in common.
pub(super) struct Group<'e> {
    pub(super) changes: Vec<&'e Change>,
}

impl Group<'_> {
    /// How many fields of which kinds: `12 OpenStackControlPlane, 5 IPAddressPool`.
    pub(super) fn kinds(&self) -> Vec<String> {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for change in &self.changes {
            *kinds.entry(change.object.kind.as_str()).or_default() += 1;
        }
        kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect()
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
pub(super) fn by_reason(explained: &Explained) -> Vec<(&'static str, Group<'_>)> {
    let mut groups: Vec<(&'static str, Group<'_>)> = Vec::new();
    for change in &explained.changes {
        // What a network moves stands there.
        let last = change.reasons.last().copied();
        let own = change.reasons.iter().filter(|reason| change.moved_by.is_empty() || Some(**reason) != last);
        for reason in own {
            match groups.iter_mut().find(|(known, _)| known == reason) {
                Some((_, group)) => group.changes.push(change),
                None => groups.push((reason, Group { changes: vec![change] })),
            }
        }
    }
    groups
}

/// How many objects there are behind changes.
pub(super) fn objects(changes: &[Change]) -> usize {
    let key = |change: &'_ Change| {
        (change.object.to_string(), change.object.api_version.clone(), change.file.clone())
    };
    changes.iter().map(key).collect::<BTreeSet<_>>().len()
}

/// Objects by their kinds: `BGPPeer tor; NodeNetworkConfigurationPolicy worker-0, worker-1`.
pub(super) fn named(objects: &[ResourceRef]) -> String {
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for object in objects {
        kinds.entry(&object.kind).or_default().push(&object.name);
    }
    kinds.iter().map(|(kind, names)| format!("{kind} {}", names.join(", "))).collect::<Vec<_>>().join("; ")
}

/// What stays for one reason: the objects, and the places in them.
pub(super) fn staying(explained: &Explained) -> Vec<(&str, Vec<String>)> {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for one in &explained.stays {
        let object = one.object.as_ref().map(ToString::to_string).unwrap_or_default();
        let place = match &one.field {
            Some(field) => format!("{object} {field}"),
            None => object,
        };
        match groups.iter_mut().find(|(why, _)| *why == one.why) {
            Some((_, places)) if places.contains(&place) => {}
            Some((_, places)) => places.push(place),
            None => groups.push((&one.why, vec![place])),
        }
    }
    groups
}
