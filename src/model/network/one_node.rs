//! Finds node policies that certainly apply to one node.

use std::collections::{BTreeMap, BTreeSet};

use super::Networks;

/// The labels by which a policy selects its nodes.
type Labels<'a> = BTreeMap<&'a str, &'a str>;

/// Node policies by their selectors: policies of one selector are of the same nodes. There may be thousands of policies of
/// all nodes, so pairs of them are listed nowhere.
#[derive(Debug, Default)]
pub struct Selections {
    /// The selection of each policy, by its place in the list.
    of_policy: BTreeMap<usize, usize>,
    /// For each selection those that certainly share a node with it, itself among them.
    meeting: Vec<Vec<usize>>,
    /// Whether two policies of different names certainly are of one node.
    any: bool,
}

impl Selections {
    /// Whether no two policies of different names certainly are of one node.
    #[must_use]
    pub fn are_apart(&self) -> bool {
        !self.any
    }

    /// The selection of the policy at a place in the list.
    #[must_use]
    pub fn of(&self, policy: usize) -> Option<usize> {
        self.of_policy.get(&policy).copied()
    }

    /// The selections that certainly share a node with this one.
    #[must_use]
    pub fn meeting(&self, selection: usize) -> &[usize] {
        self.meeting.get(selection).map_or(&[], Vec::as_slice)
    }
}

impl<'a> Networks<'a> {
    /// Which policies certainly are of one node: one selects every node that the other selects.
    ///
    /// Selectors that only might share a node (`rack: a` and `role: worker`) do not meet: the list has no node labels.
    #[must_use]
    pub fn selections(&self) -> Selections {
        let mut numbers: BTreeMap<&Labels<'a>, usize> = BTreeMap::new();
        let mut names: Vec<BTreeSet<&str>> = Vec::new();
        let mut found = Selections::default();
        for policy in &self.node_policies {
            let number = *numbers.entry(&policy.selector).or_insert(names.len());
            match names.get_mut(number) {
                None => names.push(BTreeSet::from([policy.name])),
                Some(names) => _ = names.insert(policy.name),
            }
            found.of_policy.insert(policy.item.index, number);
        }
        found.meeting = meeting(&numbers);
        let differ = |one: usize, other: usize| {
            let (one, other) = (names.get(one), names.get(other));
            one.zip(other).is_some_and(|(one, other)| one.len() > 1 || other.len() > 1 || one != other)
        };
        let mut met = found.meeting.iter().enumerate();
        found.any = met.any(|(one, others)| others.iter().any(|other| differ(one, *other)));
        found
    }
}

/// For each selector those that hold all of its labels, or of whose labels it holds all.
fn meeting(numbers: &BTreeMap<&Labels<'_>, usize>) -> Vec<Vec<usize>> {
    let by_label = by_label(numbers);
    let mut meeting: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); numbers.len()];
    let mut meet = |one: usize, other: usize| {
        for (one, other) in [(one, other), (other, one)] {
            meeting.get_mut(one).map(|others| others.insert(other));
        }
    };
    for (labels, number) in numbers {
        let own = labels.iter().map(|(key, value)| Some((*key, *value)));
        for (wider, other) in own.chain([None]).filter_map(|label| by_label.get(&label)).flatten() {
            if wider.iter().all(|(key, value)| labels.get(key) == Some(value)) {
                meet(*number, *other);
            }
        }
    }
    meeting.into_iter().map(|others| others.into_iter().collect()).collect()
}

/// Selectors by a label, and their numbers.
type ByLabel<'n, 'a> = BTreeMap<Option<(&'a str, &'a str)>, Vec<(&'n Labels<'a>, usize)>>;

/// Each selector by the rarest of its labels: who holds all of its labels holds that one.
fn by_label<'n, 'a>(numbers: &BTreeMap<&'n Labels<'a>, usize>) -> ByLabel<'n, 'a> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (key, value) in numbers.keys().flat_map(|labels| labels.iter()) {
        *counts.entry((key, value)).or_default() += 1;
    }
    let mut by_label = ByLabel::new();
    for (labels, number) in numbers {
        let labels: &'n Labels<'a> = labels;
        let each = labels.iter().map(|(key, value)| (*key, *value));
        let rarest = each.min_by_key(|label| counts.get(label).copied());
        by_label.entry(rarest).or_default().push((labels, *number));
    }
    by_label
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Labels, meeting};

    #[test]
    fn selectors_meet_where_one_holds_the_others_labels() {
        let texts = ["", "rack=a", "rack=b", "rack=a role=c", "role=c", "host=x rack=a role=c", "host=y"];
        let labels: Vec<Labels<'_>> = texts
            .iter()
            .map(|text| text.split_whitespace().map(|label| label.split_once('=').unwrap()).collect())
            .collect();
        let numbers: BTreeMap<&Labels<'_>, usize> = labels.iter().zip(0..).collect();
        let within = |one: &Labels<'_>, other: &Labels<'_>| {
            one.iter().all(|(key, value)| other.get(key) == Some(value))
        };
        for (number, met) in meeting(&numbers).into_iter().enumerate() {
            let all = labels.iter().enumerate();
            let expected: Vec<usize> = all
                .filter(|(_, other)| within(&labels[number], other) || within(other, &labels[number]))
                .map(|(other, _)| other)
                .collect();
            assert_eq!(met, expected, "{}", texts[number]);
        }
    }
}
