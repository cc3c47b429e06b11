//! `OpenStackControlPlane` as a whole; its Services are VIPs.

use crate::catalogue::endpoints::{ENDPOINTS, Endpoint};
use crate::inventory::{expand, is_on};
use crate::krm::Item;
use crate::yaml::{Node, Pointer, PointerBuf};

use super::vip::wildcard_of;

/// An `OpenStackControlPlane`.
#[derive(Debug, Clone)]
pub struct ControlPlane<'a> {
    /// The object.
    pub item: Item<'a>,
    /// Its namespace, which is the instance's.
    pub namespace: Option<&'a str>,
    /// Every override that is there.
    pub overrides: Vec<Override<'a>>,
}

/// A place where Services are overridden, which is there.
#[derive(Debug, Clone)]
pub struct Override<'a> {
    /// The catalogue's row.
    pub row: &'static Endpoint,
    /// The endpoint's name with its wildcard filled in: `glance.default`.
    pub name: String,
    /// Where it stands.
    pub pointer: PointerBuf,
    /// Its keys: `internal`, `public`.
    pub keys: Vec<&'a str>,
    /// Whether the service behind it is switched on.
    pub used: bool,
}

impl<'a> ControlPlane<'a> {
    pub(super) fn read(item: &Item<'a>) -> Self {
        Self { item: *item, namespace: item.namespace(), overrides: overrides(item.node) }
    }
}

fn overrides<'a>(plane: &'a Node<'a>) -> Vec<Override<'a>> {
    let places =
        ENDPOINTS.iter().flat_map(|row| expand(plane, row.path).into_iter().map(move |place| (row, place)));
    let read = |(row, place): (&'static Endpoint, crate::inventory::Place)| {
        let node = plane.at(&place.pointer)?;
        let name = row.name_of(place.wildcard.as_deref());
        let keys = node.entries().iter().filter_map(|entry| entry.key.text()).collect();
        let used = row.switches.iter().all(|switch| is_on(plane, switch, wildcard_of(&name)));
        Some(Override { row, name, pointer: place.pointer, keys, used })
    };
    places.filter_map(read).collect()
}

impl Override<'_> {
    /// Where the service's own fields stand: two keys above (`override.service`, `podOverride.services`).
    #[must_use]
    pub fn service(&self) -> Option<&Pointer> {
        self.pointer.parent()?.parent()
    }
}
