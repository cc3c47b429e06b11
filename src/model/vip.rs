//! A Service that is to get an address from MetalLB, whichever object describes it.
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

/// An endpoint of a control plane.
#[derive(Debug, Clone)]
pub struct EndpointOf {
    /// The catalogue's row.
    pub row: &'static Endpoint,
    /// The name, wildcard filled in: `glance.default`.
    pub name: String,
    /// `internal` or `public` if the row has a map of both; the pod's number if it has a list.
    pub key: Option<String>,
}

/// The addresses asked for by annotation.
#[derive(Debug, Clone)]
pub struct Pin<'a> {
    /// The annotation.
    pub fact: Fact<'a>,
    /// Its words as addresses; a word that is not one is kept as text.
    pub addresses: Vec<Result<IpAddr, &'a str>>,
}

/// A Service, or an override that makes one.
#[derive(Debug, Clone)]
pub struct Vip<'a> {
    /// The object that describes it.
    pub item: Item<'a>,
    /// Whether the service behind the endpoint runs; true for a Service object.
    pub used: bool,
    /// The place below which the Service's `metadata` and `spec` stand.
    pub carrier: PointerBuf,
    /// The endpoint, if the catalogue knows the place.
    pub endpoint: Option<EndpointOf>,
    /// The Service's namespace.
    pub namespace: Option<&'a str>,
    /// `spec.type`.
    pub service_type: Option<Fact<'a>>,
    /// All MetalLB annotations, in the order and spelling of the text.
    pub annotations: Vec<Annotated<'a>>,
    /// `spec.loadBalancerIP`.
    pub load_balancer_ip: Option<Fact<'a>>,
    /// Whether `spec.loadBalancerClass` is set: MetalLB, as usually deployed, then ignores the Service.
    pub has_class: bool,
    /// `spec.externalTrafficPolicy`.
    pub traffic_policy: Option<&'a str>,
    /// Its ports, as written or by the catalogue; empty if unknown.
    pub ports: Vec<Port>,
}

impl<'a> Vip<'a> {
    /// Whether it makes a Service of type LoadBalancer.
    #[must_use]
    pub fn is_load_balancer(&self) -> bool {
        let bare =
            self.endpoint.as_ref().is_some_and(|endpoint| endpoint.row.shape == OverrideShape::Annotations);
        bare || self.service_type.as_ref().is_some_and(|fact| fact.text == "LoadBalancer")
    }

    /// Whether it certainly makes a Service that MetalLB serves.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.is_load_balancer() && !self.has_class && self.used
    }

    /// Whether it may make a Service that MetalLB serves: certainly, or as an annotated place that no table knows.
    #[must_use]
    pub fn may_come(&self) -> bool {
        self.used && (self.is_load_balancer() || !self.is_service())
    }

    /// Whether this place makes a Service: a known endpoint or a Service object, and not just an annotated map.
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

    /// The value that MetalLB reads: exact keys only, `metallb.io` before `metallb.universe.tf`, even if it is empty.
    #[must_use]
    pub fn effective(&self, meaning: Meaning) -> Option<Fact<'a>> {
        [NEW_DOMAIN, OLD_DOMAIN].into_iter().find_map(|domain| self.written(domain, meaning))
    }

    /// The value under one domain's key, in MetalLB's exact spelling.
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

    /// The pool asked for; an empty name counts as none.
    #[must_use]
    pub fn pool(&self) -> Option<Fact<'a>> {
        self.effective(Meaning::AddressPool).filter(|fact| !fact.text.is_empty())
    }

    /// Every pool named by an annotation, in any spelling of the key.
    pub fn pools_named(&self) -> impl Iterator<Item = Fact<'a>> {
        let named = self.annotations.iter().filter(|annotation| {
            annotation.key.meaning == Meaning::AddressPool && !annotation.value.is_empty()
        });
        named.map(|annotation| Fact { pointer: annotation.pointer.clone(), text: annotation.value })
    }

    /// The sharing key; an empty one counts as none.
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

    /// The addresses asked for by annotation or field, once each, with the first place.
    ///
    /// `spec.loadBalancerIP` counts in a Service object only: the operators do not apply it from overrides.
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

    /// Whether only nodes with its pods answer (`externalTrafficPolicy: Local`); by default all nodes do.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.traffic_policy == Some("Local")
    }

    /// Its name for people: the endpoint, or the Service object.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.endpoint {
            Some(EndpointOf { name, key: Some(key), .. }) => format!("{name} {key}"),
            Some(EndpointOf { name, .. }) => name.clone(),
            None => self.item.reference().to_string(),
        }
    }
}
