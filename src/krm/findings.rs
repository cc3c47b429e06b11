//! Findings in the order in which they were said, each once. Must not know who says them.

use std::collections::HashMap;
use std::hash::BuildHasher;

use super::Finding;

/// Findings without a second one of any.
#[derive(Debug, Default)]
pub struct Findings {
    said: Vec<Finding>,
    /// Where those stand that have a rule, an object, a place and a message in common: only they are compared.
    alike: HashMap<u64, Vec<usize>>,
}

impl Findings {
    /// Adds a finding, unless an equal one is there.
    pub fn add(&mut self, finding: Finding) {
        let place = finding.place.as_ref().map(|place| (place.source, &place.span));
        let mark = self.alike.hasher().hash_one((finding.rule, &finding.message, place, &finding.resource));
        let alike = self.alike.entry(mark).or_default();
        if alike.iter().all(|index| self.said.get(*index) != Some(&finding)) {
            alike.push(self.said.len());
            self.said.push(finding);
        }
    }

    /// All of them, to look at.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.said.iter()
    }

    /// All of them.
    #[must_use]
    pub fn into_vec(self) -> Vec<Finding> {
        self.said
    }
}
