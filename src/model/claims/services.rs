//! How MetalLB decides on an address that a Service asks for: whether a pool has it, and who may share it.
//!
//! Source: MetalLB `internal/allocator/allocator.go`, `internal/allocator/k8salloc/k8salloc.go` (sharing).

use std::net::IpAddr;

use crate::catalogue::ports::Port;
use crate::find::value;
use crate::path;
use crate::yaml::Node;

use super::super::{Model, Pool, Vip};
use super::Claim;

/// The names of the rules of [`Outside`].
pub(super) const OUTSIDE: [&str; 2] = ["vip-outside-pools", "vip-outside-its-pool"];

/// Why no pool can give a Service the address that it asks for.
#[derive(Debug, Clone, Copy)]
pub enum Outside<'m, 'a> {
    /// The pool that it names does not have the address.
    ItsPool(&'m Pool<'a>),
    /// It names no pool, and none has the address.
    EveryPool,
}

/// Why MetalLB does not let two Services share an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Both listen on this port, which no sharing key allows.
    Port(Port),
    /// One of them has no sharing key.
    NoKey,
    /// Their sharing keys differ.
    Keys,
    /// Their external traffic policies differ.
    Policies,
    /// Both have the policy `Local` and select different pods.
    Pods,
}

impl Outside<'_, '_> {
    /// The name of its rule.
    pub(super) fn rule(self) -> &'static str {
        let [every, its] = OUTSIDE;
        match self {
            Self::EveryPool => every,
            Self::ItsPool(_) => its,
        }
    }
}

impl<'a> Model<'a> {
    /// Why no pool of the list can give a Service an address. Says nothing where a pool outside of the list may.
    #[must_use]
    pub fn outside(&self, vip: &Vip<'_>, address: IpAddr) -> Option<Outside<'_, 'a>> {
        if let Some(named) = vip.pool() {
            return self.pool(named.text).filter(|pool| !pool.contains(address)).map(Outside::ItsPool);
        }
        let is_known =
            !self.pools.is_empty() && self.known_pools.iter().all(|name| self.pool(name).is_some());
        (is_known && self.pool_of(address).is_none()).then_some(Outside::EveryPool)
    }
}

/// Why MetalLB does not give two Services one address; `None` if it does.
#[must_use]
pub fn refusal(one: &Vip<'_>, other: &Vip<'_>) -> Option<Refusal> {
    Asking::of(one).refusal(&Asking::of(other))
}

/// What decides whether a Service may share an address: read once, because it is compared with every other Service
/// there.
struct Asking<'m, 'a> {
    vip: &'m Vip<'a>,
    key: Option<&'a str>,
    local: bool,
}

impl<'m, 'a> Asking<'m, 'a> {
    fn of(vip: &'m Vip<'a>) -> Self {
        Self { vip, key: vip.sharing_key().map(|fact| fact.text), local: vip.is_local() }
    }

    fn refusal(&self, other: &Self) -> Option<Refusal> {
        if let Some(port) = other.vip.ports.iter().find(|port| self.vip.ports.contains(port)) {
            return Some(Refusal::Port(*port));
        }
        match (self.key, other.key) {
            (None, _) | (_, None) => Some(Refusal::NoKey),
            (Some(key), Some(same)) if key != same => Some(Refusal::Keys),
            _ if self.local != other.local => Some(Refusal::Policies),
            _ if self.local && select_other_pods(self.vip, other.vip) => Some(Refusal::Pods),
            _ => None,
        }
    }
}

/// The Services of a list, for the conditions in the sharing table.
pub(super) struct Services<'m, 'a> {
    model: &'m Model<'a>,
    asking: Vec<Asking<'m, 'a>>,
}

impl<'m, 'a> Services<'m, 'a> {
    pub(super) fn new(model: &'m Model<'a>) -> Self {
        Self { model, asking: model.vips.iter().map(Asking::of).collect() }
    }

    fn asking(&self, claim: &Claim<'_>) -> Option<&Asking<'m, 'a>> {
        self.asking.get(claim.vip?)
    }

    /// Why the Services of two claims may not share an address.
    pub(super) fn refusal(&self, one: &Claim<'_>, other: &Claim<'_>) -> Option<Refusal> {
        self.asking(one)?.refusal(self.asking(other)?)
    }

    /// Whether two claims describe one Service.
    pub(super) fn are_one(&self, one: &Claim<'_>, other: &Claim<'_>) -> bool {
        let carrier = |claim: &Claim<'_>| self.asking(claim).map(|asking| &asking.vip.carrier);
        carrier(one) == carrier(other) && one.is_of_the_object(other)
    }

    /// Whether a pool of the list has the claim's address.
    pub(super) fn is_in_a_pool(&self, claim: &Claim<'_>) -> bool {
        self.model.pool_of(claim.block.first()).is_some()
    }
}

/// Whether two Services certainly select different pods: as different endpoints, or by selectors that are written.
fn select_other_pods(one: &Vip<'_>, other: &Vip<'_>) -> bool {
    match (&one.endpoint, &other.endpoint) {
        (Some(one), Some(other)) => one.name != other.name,
        (None, None) => {
            let selector = |vip: &Vip<'_>| value(vip.item.node, path!("spec.selector")).map(Node::to_value);
            selector(one) != selector(other)
        }
        _ => false,
    }
}
