//! Why MetalLB gives a Service no address, as its allocator decides it, asked of the live pools and the Service's live
//! annotations.
//!
//! Source: MetalLB `controller/service.go` (`allocateIPs`), `internal/allocator/allocator.go` (`Assign`,
//! `AllocateFromPool`, `Allocate`: the pool that holds what is asked for, else the one that is named, else one of those
//! that are open to the namespace).

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::model::{Model, Pool, Refusal, Vip, refusal};

use super::command::{apply, kubectl};
use super::live::{Live, Service};

/// Why a Service waits, and what ends it.
pub(super) struct Cause {
    pub(super) text: String,
    pub(super) remedy: &'static str,
    pub(super) command: String,
}

const APPLY: &str = "apply what is rendered";
const ANNOTATE: &str = "make its annotations those that are rendered";
const LOOK: &str = "see what is there";

/// What is asked of the cluster about one Service.
struct Question<'m, 'a> {
    rendered: &'m Model<'a>,
    live: &'m Live<'a>,
    service: &'m Service<'a>,
    vip: &'m Vip<'a>,
    /// The command that makes the Service's annotations those that are rendered, where they are not.
    mend: Option<String>,
}

/// Why a Service waits.
pub(super) fn cause<'m, 'a>(
    rendered: &'m Model<'a>,
    live: &'m Live<'a>,
    service: &'m Service<'a>,
    vip: &'m Vip<'a>,
    mend: Option<String>,
) -> Cause {
    let question = Question { rendered, live, service, vip, mend };
    if vip.has_class {
        let text = "spec.loadBalancerClass is set, and MetalLB leaves such a Service alone".to_owned();
        return question.look(text);
    }
    let wanted: Vec<IpAddr> = vip.wanted().into_iter().map(|(_, address)| address).collect();
    let asked = wanted.iter().find_map(|address| question.asked(*address));
    asked
        .or_else(|| vip.pool().and_then(|named| question.named(named.text, wanted.is_empty())))
        .or_else(|| question.automatic(wanted.is_empty()))
        .unwrap_or_else(|| question.unexplained())
}

impl<'a> Question<'_, 'a> {
    /// An address that is asked for.
    fn asked(&self, address: IpAddr) -> Option<Cause> {
        let named = self.vip.pool().map(|fact| fact.text);
        let Some(pool) = self.live.model.pool_of(address) else {
            // A pool that is named and not there is the better reason.
            let is_there = named.is_none_or(|named| self.live.model.pool(named).is_some());
            let text = format!("no live pool holds {address}, which is asked for");
            return is_there.then(|| self.of_a_pool(text, self.rendered.pool_of(address)));
        };
        if let Some(closed) = self.closed(pool) {
            return Some(closed);
        }
        if let Some(named) = named.filter(|named| *named != pool.name) {
            self.live.model.pool(named)?;
            let text =
                format!("{address} is asked for, which is of pool {}, together with pool {named}", pool.name);
            return Some(self.look(text));
        }
        let holder = self.live.holder(address, self.service)?;
        let refused = self.live.vip(holder).and_then(|other| refusal(self.vip, other))?;
        let (namespace, name) = (holder.namespace, holder.item.name());
        let text =
            format!("{address}, which is asked for, is that of {namespace}/{name}, and {}", why(&refused));
        let command = kubectl(&["describe", "service", "-n", namespace, name]);
        Some(self.mended(Cause { text, remedy: LOOK, command }))
    }

    /// The pool that is named; `is_any` where any of its addresses will do.
    fn named(&self, name: &str, is_any: bool) -> Option<Cause> {
        let Some(pool) = self.live.model.pool(name) else {
            let text = format!("IPAddressPool {name}, which is asked for, is not on the cluster");
            return Some(self.of_a_pool(text, self.rendered.pool(name)));
        };
        self.closed(pool).or_else(|| is_any.then(|| self.full(pool))?)
    }

    /// No pool and no address is asked for.
    fn automatic(&self, is_any: bool) -> Option<Cause> {
        let is_open =
            |pool: &&Pool<'_>| pool.auto_assign && pool.admits(self.service.namespace) != Some(false);
        let is_asked = self.vip.pool().is_some() || !is_any;
        let text = format!(
            "it names no pool, and no live pool gives addresses to {} unasked (autoAssign)",
            self.service.namespace
        );
        (!is_asked && !self.live.model.pools.iter().any(|pool| is_open(&pool))).then(|| self.look(text))
    }

    /// A pool that is closed to the Service's namespace.
    fn closed(&self, pool: &Pool<'_>) -> Option<Cause> {
        let text = format!(
            "IPAddressPool {} is for Services of {} only (spec.serviceAllocation), and this is one of {}",
            pool.name,
            pool.scope().unwrap_or_default().join(", "),
            self.service.namespace
        );
        let is_closed = pool.admits(self.service.namespace) == Some(false);
        // The pool that is rendered may be open to it.
        let rendered = self.rendered.pool(pool.name);
        let rendered = rendered.filter(|pool| pool.admits(self.service.namespace) == Some(true));
        is_closed.then(|| self.of_a_pool(text, rendered))
    }

    /// A pool whose addresses are all in use.
    fn full(&self, pool: &Pool<'_>) -> Option<Cause> {
        let all = self.live.services.iter().flat_map(|service| &service.addresses);
        let used: BTreeSet<&IpAddr> = all.filter(|address| pool.contains(**address)).collect();
        let size =
            pool.blocks().fold(0, |sum: u128, (_, block)| block.size().saturating_add(1).saturating_add(sum));
        let is_full = u128::try_from(used.len()).is_ok_and(|used| used >= size);
        let text = format!("every address of IPAddressPool {} is in use ({size}); widen it", pool.name);
        is_full.then(|| self.look(text))
    }

    fn unexplained(&self) -> Cause {
        let namespace = &self.live.model.pools.first().and_then(|pool| pool.item.namespace());
        let namespace = namespace.unwrap_or(&self.live.model.metallb_namespace);
        let text = "the live pools could give it one, so MetalLB's controller has not come to it, or refuses its whole \
                    configuration";
        let command = kubectl(&["logs", "-n", namespace, "deployment/controller", "--tail=200"]);
        self.mended(Cause { text: text.to_owned(), remedy: "see what the controller says", command })
    }

    /// A cause that ends when a rendered pool is applied, where there is one.
    fn of_a_pool(&self, text: String, rendered: Option<&Pool<'a>>) -> Cause {
        match rendered.filter(|_| self.mend.is_none()) {
            Some(pool) => Cause { text, remedy: APPLY, command: apply(&pool.item, true) },
            None => self.look(text),
        }
    }

    /// A cause about which nothing rendered says more.
    fn look(&self, text: String) -> Cause {
        let kinds = "IPAddressPool.v1beta1.metallb.io,Service";
        let command = kubectl(&["get", kinds, "--all-namespaces"]);
        self.mended(Cause { text, remedy: LOOK, command })
    }

    /// Annotations that are not the rendered ones come first.
    fn mended(&self, cause: Cause) -> Cause {
        match &self.mend {
            Some(command) => Cause { remedy: ANNOTATE, command: command.clone(), ..cause },
            None => cause,
        }
    }
}

/// Why two Services do not share an address.
fn why(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Port((protocol, port)) => format!("both listen on {protocol} {port}"),
        Refusal::NoKey => "one of them has no annotation allow-shared-ip".to_owned(),
        Refusal::Keys => "their annotations allow-shared-ip differ".to_owned(),
        Refusal::Policies => "their externalTrafficPolicy differs".to_owned(),
        Refusal::Pods => "both have externalTrafficPolicy Local and select other pods".to_owned(),
    }
}
