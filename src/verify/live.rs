//! The live list, made ready to be asked: objects by identity, Services with their addresses. Must not know what is rendered.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::krm::Item;
use crate::model::{Identity, Model, Vip, identity};
use crate::path;

/// What the cluster holds.
pub(super) struct Live<'a> {
    pub(super) model: Model<'a>,
    /// Services of any type.
    pub(super) services: Vec<Service<'a>>,
    objects: BTreeMap<Identity<'a>, Item<'a>>,
}

/// A live Service.
pub(super) struct Service<'a> {
    pub(super) item: Item<'a>,
    pub(super) namespace: &'a str,
    /// `status.loadBalancer.ingress[].ip`.
    pub(super) addresses: Vec<IpAddr>,
}

impl<'a> Live<'a> {
    pub(super) fn new(items: &[Item<'a>]) -> Self {
        let model = Model::new(items);
        let objects = items.iter().rev().map(|item| (identity(item), *item)).collect();
        let services = items.iter().filter(|item| item.is("", "Service")).map(Service::read).collect();
        Self { model, services, objects }
    }

    /// The live object of a rendered one. One that names no namespace is in whichever the person who applied it was in.
    pub(super) fn counterpart(&self, rendered: &Item<'a>) -> Option<&Item<'a>> {
        let wanted = identity(rendered);
        self.objects.get(&wanted).or_else(|| {
            let (group, kind, namespace, name) = wanted;
            let mut same = self.objects.iter().filter(|(of, _)| (of.0, of.1, of.3) == (group, kind, name));
            let only = same.next().filter(|_| namespace.is_none())?;
            same.next().is_none().then_some(only.1)
        })
    }

    /// Whether an object of the kind is there at all.
    pub(super) fn has_kind(&self, group: &str, kind: &str) -> bool {
        self.objects.keys().any(|of| (of.0, of.1) == (group, kind))
    }

    /// The Service of a name.
    pub(super) fn service(&self, namespace: &str, name: &str) -> Option<&Service<'a>> {
        let is = |service: &&Service<'a>| service.namespace == namespace && service.item.name() == name;
        self.services.iter().find(is)
    }

    /// What MetalLB reads of a Service; none where it does not ask for an address.
    pub(super) fn vip(&self, service: &Service<'_>) -> Option<&Vip<'a>> {
        self.model.vips.iter().find(|vip| vip.item.index == service.item.index)
    }

    /// Another Service that has an address.
    pub(super) fn holder(&self, address: IpAddr, but: &Service<'_>) -> Option<&Service<'a>> {
        let holds =
            |other: &&Service<'a>| other.item.index != but.item.index && other.addresses.contains(&address);
        self.services.iter().find(holds)
    }
}

impl<'a> Service<'a> {
    fn read(item: &Item<'a>) -> Self {
        let facts = item.part().facts(path!("status.loadBalancer.ingress.[].ip"));
        let addresses = facts.iter().filter_map(|fact| fact.text.parse().ok()).collect();
        Self { item: *item, namespace: item.namespace().unwrap_or_default(), addresses }
    }

    /// The addresses as a person reads them; a word where there is none.
    pub(super) fn shown_addresses(&self) -> String {
        let words: Vec<String> = self.addresses.iter().map(ToString::to_string).collect();
        if words.is_empty() { "none".to_owned() } else { words.join(", ") }
    }
}
