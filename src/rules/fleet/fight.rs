//! What policies of one node say differently of one thing: who says it, and what is one cause. Knows no thing by name.

use std::collections::{BTreeMap, BTreeSet};

use crate::krm::{Item, listed};
use crate::model::{Model, NodePolicy, Selections};
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

/// Which policies surely are of one node.
pub(super) struct Neighbours(Selections);

/// The voices that no group has yet: by the selection of their policies, and by what they say.
type Left<'v> = BTreeMap<usize, BTreeMap<&'v Says, Vec<usize>>>;

impl Neighbours {
    pub(super) fn new(model: &Model<'_>) -> Self {
        Self(model.networks.selections())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.are_apart()
    }

    /// The voices that are at odds on one node, a group for each cause: nodes of which the same is said are one.
    pub(super) fn fights<'v, 'm, 'a>(
        &self,
        voices: &'v [Voice<'m, 'a>],
        differ: &dyn Fn(&Says, &Says) -> bool,
    ) -> Vec<Vec<&'v Voice<'m, 'a>>> {
        let mut causes: BTreeMap<BTreeSet<&Says>, BTreeSet<usize>> = BTreeMap::new();
        for group in self.groups(voices, differ) {
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

    /// Voices that are at odds with each other, directly or by others. Each leaves the rest once, so that most pairs are
    /// never compared.
    fn groups(&self, voices: &[Voice<'_, '_>], differ: &dyn Fn(&Says, &Says) -> bool) -> Vec<Vec<usize>> {
        let mut names = voices.iter().map(|voice| voice.policy.name);
        let first = names.next();
        if names.all(|name| Some(name) == first) {
            return Vec::new();
        }
        let mut left = self.left(voices);
        let mut is_taken = vec![false; voices.len()];
        let mut groups = Vec::new();
        for start in 0..voices.len() {
            if is_taken.get(start).copied().unwrap_or(true) {
                continue;
            }
            let mut group = vec![start];
            let mut next = 0;
            while let Some(place) = group.get(next).copied() {
                if let Some(taken) = is_taken.get_mut(place) {
                    *taken = true;
                }
                self.take(voices, place, differ, &mut left, &mut |other| {
                    if is_taken.get_mut(other).is_some_and(|taken| !std::mem::replace(taken, true)) {
                        group.push(other);
                    }
                });
                next += 1;
            }
            groups.extend((group.len() > 1).then_some(group));
        }
        groups
    }

    fn left<'v>(&self, voices: &'v [Voice<'_, '_>]) -> Left<'v> {
        let mut left = Left::new();
        for (place, voice) in voices.iter().enumerate() {
            if let Some(selection) = self.0.of(voice.policy.item.index) {
                left.entry(selection).or_default().entry(&voice.says).or_default().push(place);
            }
        }
        left
    }

    /// Takes out of those that are left the ones with which a voice is at odds.
    fn take<'v>(
        &self,
        voices: &'v [Voice<'_, '_>],
        place: usize,
        differ: &dyn Fn(&Says, &Says) -> bool,
        left: &mut Left<'v>,
        found: &mut dyn FnMut(usize),
    ) {
        let Some(voice) = voices.get(place) else { return };
        let name = |place: &usize| voices.get(*place).map(|voice| voice.policy.name);
        let Some(selection) = self.0.of(voice.policy.item.index) else { return };
        for met in self.0.meeting(selection) {
            let Some(by_says) = left.get_mut(met) else { continue };
            for (_, places) in by_says.iter_mut().filter(|(says, _)| differ(&voice.says, says)) {
                let others = places.extract_if(.., |other| name(other) != Some(voice.policy.name));
                others.for_each(&mut *found);
            }
            by_says.retain(|_, places| !places.is_empty());
            if by_says.is_empty() {
                left.remove(met);
            }
        }
    }
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
    let (mut names, mut known) = (Vec::new(), BTreeSet::new());
    for voice in fight {
        let file = file(voice).filter(|_| files.len() > 1).map(|file| format!(" in {file}"));
        let name = title(&voice.policy.item) + &file.unwrap_or_default();
        if known.insert(name.clone()) {
            names.push(name);
        }
    }
    format!("the policies {}", listed(&names))
}

/// An object without its kind: `namespace/name`.
fn title(item: &Item<'_>) -> String {
    item.namespace().map_or_else(|| item.name().to_owned(), |space| format!("{space}/{}", item.name()))
}
