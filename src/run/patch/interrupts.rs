//! What a step interrupts, and what the proof has measured of it. It must not know how that is printed.

use json_patch::PatchOperation;

use crate::catalogue::annotations::{Key, Meaning};
use crate::catalogue::kinds;
use crate::krm::Item;

/// What a step interrupts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Interrupts {
    /// No Service.
    Nothing,
    /// No Service of the instance: the pool is closed to other namespaces.
    Others,
    /// Every Service that names the pool, until its operator has written the new name.
    Pool,
    /// Services that have another address than they are to have.
    Addresses,
    /// A BGP session: what it announces is withdrawn until it is there again.
    Session,
    /// Who knows: no operator and no node is in the proof.
    Unknown,
}

/// What was measured of a way to change pools, with Services watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// The way, as tables name it.
    pub way: &'static str,
    /// How many Services had an address.
    pub services: usize,
    /// How many of them lost it.
    pub lost: usize,
    /// How many have another one since.
    pub others: usize,
    /// For how many seconds one had none, at most.
    pub seconds: u64,
}

/// What `make prove` has measured, and measures again each time: patched in place, and pools replaced.
pub const MEASURED: [Measured; 2] = [
    Measured { way: "patched in place", services: 7, lost: 0, others: 0, seconds: 0 },
    Measured { way: "pools replaced", services: 7, lost: 7, others: 0, seconds: 10 },
];

const POOL: &str = "IPAddressPool";
const PEER: &str = "BGPPeer";

impl Interrupts {
    /// All of a patch.
    pub(super) fn of_patch(item: &Item<'_>, operations: &[PatchOperation]) -> Vec<Self> {
        let is_below = |key: &str| operations.iter().any(|operation| begins(operation, &["spec", key]));
        let is_spec = operations.iter().any(|operation| !begins(operation, &["metadata"]));
        let of_kind = match (item.group(), item.kind) {
            (kinds::METALLB, POOL) if is_below("addresses") => Self::Addresses,
            (kinds::METALLB, POOL) if is_below("serviceAllocation") => Self::Others,
            (kinds::METALLB, PEER) if is_spec => Self::Session,
            (kinds::METALLB, _) => Self::Nothing,
            (kinds::CORE_OPENSTACK, kinds::CONTROL_PLANE) if operations.iter().all(is_of_override) => {
                Self::Nothing
            }
            _ if is_spec => Self::Unknown,
            _ => Self::Nothing,
        };
        match operations.iter().any(moves_address) {
            true if of_kind == Self::Nothing => vec![Self::Addresses],
            true => vec![Self::Addresses, of_kind],
            false => vec![of_kind],
        }
    }

    /// That of an object in whose stead another is made: of kinds of which no two may be the same but for their names.
    /// None where the new one can be there before the old one goes.
    pub(super) fn of_replacement(item: &Item<'_>) -> Option<Self> {
        match (item.group(), item.kind) {
            (kinds::METALLB, POOL) => Some(Self::Pool),
            (kinds::METALLB, PEER) => Some(Self::Session),
            // An alias stands in one of them only.
            (kinds::METALLB, "Community") => Some(Self::Unknown),
            _ => None,
        }
    }

    /// That of an object which is there under another name before it goes.
    pub(super) fn of_another_name(item: &Item<'_>) -> Self {
        if item.group() == kinds::METALLB { Self::Nothing } else { Self::Unknown }
    }
}

fn keys(operation: &PatchOperation) -> Vec<String> {
    operation.path().tokens().map(|token| token.decoded().into_owned()).collect()
}

fn begins(operation: &PatchOperation, with: &[&str]) -> bool {
    keys(operation).iter().map(String::as_str).take(with.len()).eq(with.iter().copied())
}

/// Whether a Service that has an address is asked to have another one: a pin that was another or was none, and a pool where
/// none was asked for. Another pool's name is of the pool that is replaced.
fn moves_address(operation: &PatchOperation) -> bool {
    let keys = keys(operation);
    let is_new = matches!(operation, PatchOperation::Add(_));
    match keys.last().and_then(|key| Key::recognise(key)).map(|key| key.meaning) {
        Some(Meaning::LoadBalancerIps) => true,
        Some(Meaning::AddressPool) => is_new,
        _ => is_new && keys.iter().any(|key| key == "override") && is_of_metadata(&keys),
    }
}

fn is_of_metadata(keys: &[String]) -> bool {
    keys.last().is_some_and(|key| key == "metadata" || key == "annotations")
}

/// Whether an operation is about how a Service is made, or about the object's own metadata.
fn is_of_override(operation: &PatchOperation) -> bool {
    begins(operation, &["metadata"])
        || keys(operation).iter().any(|key| key == "override" || key == "podOverride")
        || matches!(operation, PatchOperation::Add(add) if is_around_override(&add.value))
}

/// Whether all that is added is a way to an override.
fn is_around_override(value: &serde_json::Value) -> bool {
    value.as_object().is_some_and(|object| {
        !object.is_empty() && object.iter().all(|(key, value)| key == "override" || is_around_override(value))
    })
}
