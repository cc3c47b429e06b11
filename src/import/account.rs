//! What an import did, in words. Must not know where they are printed.

use std::collections::BTreeMap;

use super::{Imported, Needed, Taken};
use crate::krm::{at_most, listed};

/// How many askers of a Secret a sentence names.
const ASKERS: usize = 2;

impl Imported {
    /// What was left out, by kind, and which Secrets the documents need.
    #[must_use]
    pub fn summary(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.left_out.is_empty() {
            lines.push(format!(
                "left out, as operators or the cluster make them: {} (-v says why of each)",
                listed(&self.counts())
            ));
        }
        if !self.secrets.is_empty() {
            lines.push(
                "no value of a Secret is printed; make those that the instance needs yourself:".to_owned(),
            );
            lines.extend(self.secrets.iter().map(|secret| format!("  {}", needed(secret))));
        }
        lines
    }

    fn counts(&self) -> Vec<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for one in &self.left_out {
            *counts.entry(one.object.kind.as_str()).or_default() += 1;
        }
        counts.into_iter().map(|(kind, count)| format!("{count} {kind}")).collect()
    }

    /// Each object that was left out, with the reason, and of each that stays what was taken out of it.
    #[must_use]
    pub fn details(&self) -> Vec<String> {
        let left_out = self.left_out.iter().map(|one| format!("{}: left out: {}", one.object, one.why));
        let changed = self.documents.iter().filter(|document| !document.taken.is_empty());
        let taken =
            changed.map(|document| format!("{}: taken out: {}", document.object, fields(&document.taken)));
        left_out.chain(taken).collect()
    }
}

/// `Secret openstack/osp-secret (AdminPassword): OpenStackControlPlane openstack/controlplane spec.secret`.
fn needed(secret: &Needed) -> String {
    let namespace = secret.namespace.as_ref().map(|namespace| format!("{namespace}/")).unwrap_or_default();
    let keys = match secret.keys.as_deref() {
        None | Some([]) => String::new(),
        Some(keys) => format!(" (keys: {})", keys.join(", ")),
    };
    let askers = secret.asked_by.iter().map(|(object, field)| format!("{object} {field}"));
    let by = match secret.asked_by.len() {
        0 => "nothing that is imported names it".to_owned(),
        _ => listed(&at_most(ASKERS, askers)),
    };
    format!("Secret {namespace}{}{keys}: {by}", secret.name)
}

/// The fields by who wrote them.
fn fields(taken: &[Taken]) -> String {
    let mut by_writer: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in taken {
        match by_writer.iter_mut().find(|(by, _)| *by == one.by) {
            Some((_, fields)) => fields.push(&one.field),
            None => by_writer.push((one.by, vec![&one.field])),
        }
    }
    let each = by_writer.iter().map(|(by, fields)| format!("{} (by {by})", fields.join(", ")));
    each.collect::<Vec<_>>().join("; ")
}
