//! What policies of one node say differently of one thing: who says it, and what is one cause. Knows no thing by name.

use std::collections::{BTreeMap, BTreeSet};

use crate::krm::{Item, listed};
use crate::model::{Model, NodePolicy};
use crate::rules::Report;
use crate::yaml::PointerBuf;

/// What is said of a thing, part by part; equal texts say the same. `None` is a part of which nothing is said.
pub(super) type Says = Vec<Option<String>>;

/// What one policy says of a thing, and where.
pub(super) struct Voice<'m, 'a> {
    pub(super) policy: &'m NodePolicy<'a>,
    pub(super) pointer: &'m PointerBuf,
    pub(super) says: Says,
}

/// Policies by their places in the list, each with the earlier ones that surely are of one of its nodes.
pub(super) struct Neighbours(BTreeMap<usize, Vec<usize>>);

impl Neighbours {
    pub(super) fn new(model: &Model<'_>) -> Self {
        let mut earlier_ones: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (earlier, later) in model.networks.policies_of_one_node() {
            earlier_ones.entry(later.item.index).or_default().push(earlier.item.index);
        }
        Self(earlier_ones)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The voices that are at odds on one node, a group for each cause: nodes of which the same is said are one.
    pub(super) fn fights<'v, 'm, 'a>(
        &self,
        voices: &'v [Voice<'m, 'a>],
        differ: &dyn Fn(&Says, &Says) -> bool,
    ) -> Vec<Vec<&'v Voice<'m, 'a>>> {
        let mut groups: Vec<BTreeSet<usize>> = Vec::new();
        let mut of_policy: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, later) in voices.iter().enumerate() {
            let policies = self.0.get(&later.policy.item.index).into_iter().flatten();
            for other in policies.filter_map(|policy| of_policy.get(policy)).flatten() {
                if voices.get(*other).is_some_and(|earlier| differ(&earlier.says, &later.says)) {
                    join(&mut groups, place, *other);
                }
            }
            of_policy.entry(later.policy.item.index).or_default().push(place);
        }
        let mut causes: BTreeMap<BTreeSet<&Says>, BTreeSet<usize>> = BTreeMap::new();
        for group in groups {
            let mut said = BTreeSet::new();
            for voice in group.iter().filter_map(|place| voices.get(*place)) {
                said.insert(&voice.says);
            }
            causes.entry(said).or_default().extend(group);
        }
        let mut fights: Vec<Vec<&Voice<'m, 'a>>> = causes
            .into_values()
            .map(|cause| cause.into_iter().filter_map(|place| voices.get(place)).collect())
            .collect();
        fights.sort_by_key(|fight| fight.last().map(|last| last.policy.item.index));
        fights
    }
}

/// Puts two places into one group, with all that were with either.
fn join(groups: &mut Vec<BTreeSet<usize>>, one: usize, other: usize) {
    let (with, without): (Vec<_>, Vec<_>) =
        std::mem::take(groups).into_iter().partition(|group| group.contains(&one) || group.contains(&other));
    *groups = without;
    groups.push(with.into_iter().flatten().chain([one, other]).collect());
}

/// Says of the last voice what there is to say of all, and names the others.
pub(super) fn tell(fight: &[&Voice<'_, '_>], message: &str, report: &mut Report) {
    let Some((last, others)) = fight.split_last() else { return };
    let finding = report.finding(message).at(&last.policy.item, last.pointer).without_current();
    let add = |finding: crate::krm::Finding, voice: &&Voice<'_, '_>| {
        finding.beside(&voice.policy.item, voice.pointer)
    };
    report.add(others.iter().fold(finding, add));
}

/// The policies of a fight in a sentence, each once, with their files where these differ.
pub(super) fn policies(fight: &[&Voice<'_, '_>]) -> String {
    let file = |voice: &Voice<'_, '_>| voice.policy.item.file().map(|file| file.path);
    let files: BTreeSet<Option<String>> = fight.iter().map(|voice| file(voice)).collect();
    let mut names: Vec<String> = Vec::new();
    for voice in fight {
        let file = file(voice).filter(|_| files.len() > 1).map(|file| format!(" in {file}"));
        let name = title(&voice.policy.item) + &file.unwrap_or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    format!("the policies {}", listed(&names))
}

/// An object without its kind: `namespace/name`.
fn title(item: &Item<'_>) -> String {
    item.namespace().map_or_else(|| item.name().to_owned(), |space| format!("{space}/{}", item.name()))
}
