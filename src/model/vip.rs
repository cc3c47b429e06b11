//! A Service that MetalLB is to give an address to, whichever object describes it.
//!
//! Source: MetalLB `controller/service.go` (which annotation counts), `internal/allocator/allocator.go` (sharing).

use std::net::IpAddr;

use crate::catalogue::annotations::{Meaning, NEW_DOMAIN, OLD_DOMAIN};
use crate::catalogue::endpoints::{Endpoint, OverrideShape};
use crate::catalogue::ports::Port;
use crate::find::Fact;
use crate::inventory::Annotated;
use crate::krm::Item;
use crate::yaml::PointerBuf;

/// Which endpoint of a control plane it is.
#[derive(Debug, Clone)]
pub struct EndpointOf {
    /// The catalogue's row.
    pub row: &'static Endpoint,
    /// The name with its wildcard filled in: `glance.default`.
    pub name: String,
    /// `internal` or `public` where the row has a map of both, the pod's number where it has a list.
    pub key: Option<String>,
}

/// The addresses that are asked for by an annotation.
#[derive(Debug, Clone)]
pub struct Pin<'a> {
    /// The annotation.
    pub fact: Fact<'a>,
    /// Its words; what is no address is kept as its text.
    pub addresses: Vec<Result<IpAddr, &'a str>>,
}

/// A Service, or an override that makes one.
#[derive(Debug, Clone)]
pub struct Vip<'a> {
    /// The object that describes it.
    pub item: Item<'a>,
    /// Whether the service behind the endpoint runs; a Service of its own always does.
    pub used: bool,
    /// Where in it the Service's own fields begin (`metadata` and `spec` stand below).
    pub carrier: PointerBuf,
    /// The endpoint, where the catalogue knows the place.
    pub endpoint: Option<EndpointOf>,
    /// The Service's namespace.
    pub namespace: Option<&'a str>,
    /// `spec.type`.
    pub service_type: Option<Fact<'a>>,
    /// All of MetalLB's annotations, in the order and spelling of the text.
    pub annotations: Vec<Annotated<'a>>,
    /// `spec.loadBalancerIP`.
    pub load_balancer_ip: Option<Fact<'a>>,
    /// Whether `spec.loadBalancerClass` names whose it is: not MetalLB's, as it is mostly set up.
    pub has_class: bool,
    /// `spec.externalTrafficPolicy`.
    pub traffic_policy: Option<&'a str>,
    /// Its ports, as written or as the catalogue knows them; none where neither does.
    pub ports: Vec<Port>,
}

impl<'a> Vip<'a> {
    /// Whether a Service of type LoadBalancer comes of it.
    #[must_use]
    pub fn is_load_balancer(&self) -> bool {
        let bare =
            self.endpoint.as_ref().is_some_and(|endpoint| endpoint.row.shape == OverrideShape::Annotations);
        bare || self.service_type.as_ref().is_some_and(|fact| fact.text == "LoadBalancer")
    }

    /// Whether a Service that MetalLB looks after is certain to come of it.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.is_load_balancer() && !self.has_class && self.is_used()
    }

    /// Whether a Service that MetalLB looks after may come of it: a certain one, or what may make one.
    #[must_use]
    pub fn may_come(&self) -> bool {
        self.is_used() && (self.is_load_balancer() || !self.is_service())
    }

    /// Whether this is the place of a Service at all, and no annotation of something else.
    #[must_use]
    pub fn is_service(&self) -> bool {
        self.endpoint.is_some() || self.item.is("", "Service")
    }

    /// Whether it is a public endpoint, which a Route serves.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.endpoint
            .as_ref()
            .is_some_and(|endpoint| endpoint.row.public_only || endpoint.key.as_deref() == Some("public"))
    }

    /// Whether the Service is certain to come: an endpoint whose service is switched on, or a Service itself.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.used
    }

    /// The value that MetalLB reads: exact keys only, the new domain before the old, even where it is empty.
    #[must_use]
    pub fn effective(&self, meaning: Meaning) -> Option<Fact<'a>> {
        [NEW_DOMAIN, OLD_DOMAIN].into_iter().find_map(|domain| self.written(domain, meaning))
    }

    /// The value of one domain's key, as MetalLB spells it.
    #[must_use]
    pub fn written(&self, domain: &str, meaning: Meaning) -> Option<Fact<'a>> {
        let annotation = self.annotations.iter().find(|annotation| {
            let key = annotation.key;
            key.domain == domain
                && key.meaning == meaning
                && annotation.written.split_once('/') == Some((domain, meaning.name()))
        })?;
        Some(Fact { pointer: annotation.pointer.clone(), text: annotation.value })
    }

    /// The pool asked for; an empty name asks for none.
    #[must_use]
    pub fn pool(&self) -> Option<Fact<'a>> {
        self.effective(Meaning::AddressPool).filter(|fact| !fact.text.is_empty())
    }

    /// Every pool that an annotation names in whatever spelling.
    pub fn pools_named(&self) -> impl Iterator<Item = Fact<'a>> {
        let named = self.annotations.iter().filter(|annotation| {
            annotation.key.meaning == Meaning::AddressPool && !annotation.value.is_empty()
        });
        named.map(|annotation| Fact { pointer: annotation.pointer.clone(), text: annotation.value })
    }

    /// The sharing key; an empty one shares nothing.
    #[must_use]
    pub fn sharing_key(&self) -> Option<Fact<'a>> {
        self.effective(Meaning::AllowSharedIp).filter(|fact| !fact.text.is_empty())
    }

    /// The addresses asked for by annotation.
    #[must_use]
    pub fn pin(&self) -> Option<Pin<'a>> {
        let fact = self.effective(Meaning::LoadBalancerIps).filter(|fact| !fact.text.is_empty())?;
        let read = |word: &'a str| word.trim().parse().map_err(|_| word);
        Some(Pin { addresses: fact.text.split(',').map(read).collect(), fact })
    }

    /// The addresses asked for in either way, each once, with the place of the first wish.
    ///
    /// The operators take `spec.loadBalancerIP` over from no override, so it counts in a Service alone.
    #[must_use]
    pub fn wanted(&self) -> Vec<(PointerBuf, IpAddr)> {
        let pinned = self.pin().into_iter().flat_map(|pin| {
            let place = pin.fact.pointer;
            pin.addresses.into_iter().filter_map(move |ip| Some((place.clone(), ip.ok()?)))
        });
        let field = self
            .load_balancer_ip
            .iter()
            .filter(|_| self.item.is("", "Service"))
            .filter_map(|fact| Some((fact.pointer.clone(), fact.text.parse().ok()?)));
        let mut wanted: Vec<(PointerBuf, IpAddr)> = Vec::new();
        for (place, ip) in pinned.chain(field) {
            let ip: IpAddr = IpAddr::to_canonical(&ip);
            if !wanted.iter().any(|(_, known)| *known == ip) {
                wanted.push((place, ip));
            }
        }
        wanted
    }

    /// Whether only nodes that run its pods answer; the default is that all do.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.traffic_policy == Some("Local")
    }

    /// What to call it: the endpoint, or the Service.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.endpoint {
            Some(EndpointOf { name, key: Some(key), .. }) => format!("{name} {key}"),
            Some(EndpointOf { name, .. }) => name.clone(),
            None => self.item.reference().to_string(),
        }
    }
}
