//! In which order steps are done, so that what an object asks for is there before it, and goes after it.

use super::Action;
use crate::catalogue::kinds;
use crate::krm::Item;

/// When a step comes; within one, objects keep their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// What advertisements and peers name comes first.
    NamedByOthers,
    /// What is there under another name before the old one goes: advertisements that wait for their pools.
    Made,
    /// Pools, networks, and all else that has no Service.
    InPlace,
    /// What cannot be there twice, as late as can be: from here on Services may be without an address.
    Replaced,
    /// The control plane, by whose words operators write Services; and such that nobody owns.
    AsksForPools,
    /// The data plane, which reads networks and the control plane.
    DataPlane,
    /// What nobody names any more.
    Gone,
}

/// That of a step.
pub(super) fn phase(item: &Item<'_>, action: &Action) -> Phase {
    let (group, kind) = (item.group(), item.kind);
    match action {
        Action::Create(_) if group == kinds::METALLB && kind == "BFDProfile" => Phase::NamedByOthers,
        Action::Create(_) => Phase::Made,
        Action::Replace { .. } => Phase::Replaced,
        Action::Delete { .. } => Phase::Gone,
        Action::Patch(_) if group == "dataplane.openstack.org" => Phase::DataPlane,
        Action::Patch(_) if kind == kinds::CONTROL_PLANE || (group.is_empty() && kind == "Service") => {
            Phase::AsksForPools
        }
        Action::Patch(_) => Phase::InPlace,
    }
}
