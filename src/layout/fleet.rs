//! The kustomizations that hold several instances: one more among what they take in, or one less.
//! Must not know plans.

use json_patch::{AddOperation, PatchOperation, RemoveOperation};
use serde_json::json;

use super::fields::{Reference, Role};
use super::own::Own;
use super::paths::{directory, relative};
use super::plan::edited;
use super::tree::{Read, Tree};
use crate::config::{FLEET_CHECK, GROUP};
use crate::yaml::PointerBuf;

impl<'t> Tree<'t> {
    /// The text of a kustomization that takes an instance in, with another behind it.
    pub(super) fn with_one_more(
        &self,
        taker: &Read<'t>,
        own: &Own<'_, 't>,
        name: &str,
    ) -> Result<String, String> {
        self.changed(taker, own, |reference| {
            let target = own.renamed(self.real(&reference.target), name)?;
            let value = json!(relative(directory(&taker.file.path), &target));
            Some(PatchOperation::Add(AddOperation { path: behind(taker, &reference.pointer)?, value }))
        })
    }

    /// The text of a kustomization that takes an instance in, without it.
    pub(super) fn with_one_less(&self, taker: &Read<'t>, own: &Own<'_, 't>) -> Result<String, String> {
        self.changed(taker, own, |reference| {
            Some(PatchOperation::Remove(RemoveOperation { path: reference.pointer.clone() }))
        })
    }

    /// The last first: what comes or goes in a list moves what is behind it.
    fn changed(
        &self,
        taker: &Read<'t>,
        own: &Own<'_, 't>,
        change: impl Fn(&Reference<'_>) -> Option<PatchOperation>,
    ) -> Result<String, String> {
        let Some(node) = taker.kustomization() else { return Ok(taker.text().to_owned()) };
        let references = taker.references().into_iter();
        let is_own = |one: &Reference<'_>| one.role == Role::Takes && own.has(self.real(&one.target));
        let mut patch: Vec<PatchOperation> =
            references.filter(is_own).filter_map(|one| change(&one)).collect();
        patch.reverse();
        edited(taker, node, &patch)
    }

    /// Whether a kustomization checks the instances that it takes in against each other.
    pub(super) fn checks_a_fleet(&self, taker: &Read<'t>) -> bool {
        let mut configs = self.led(taker, Role::Runs).flat_map(|run| self.reached(run));
        configs.any(|config| config.items().iter().any(|item| item.is(GROUP, FLEET_CHECK.kind)))
    }
}

/// The place behind one in a list.
fn behind(taker: &Read<'_>, place: &PointerBuf) -> Option<PointerBuf> {
    let mut list = place.clone();
    let index: usize = list.pop_back()?.decoded().parse().ok()?;
    let is_last = taker.kustomization()?.at(&list)?.items().len() == index + 1;
    if is_last {
        list.push_back("-");
    } else {
        list.push_back(index + 1);
    }
    Some(list)
}
