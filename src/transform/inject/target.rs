//! One override of one control plane: where it is, and what the user has made of it.

use crate::catalogue::annotations::{Key, Meaning};
use crate::catalogue::endpoints::{
    ENDPOINTS, EXTERNAL_KEYSTONE, Endpoint, LOGGING_ADDRESS_DEFAULT, OverrideShape, Sharing,
};
use crate::inventory::{Place, expand};
use crate::krm::Item;
use crate::yaml::{Node, PointerBuf};

use super::is_enabled;

/// No service has more pods with an address each; a number out of all proportion is a slip.
const MOST_REPLICAS: usize = 64;

/// What stands at an override.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing that makes a Service: no type, no MetalLB annotation, no URL.
    Absent,
    /// A LoadBalancer (or logging's map) that names its pool.
    Ours,
    /// A LoadBalancer that would draw from any pool.
    WithoutPool,
    /// Annotations without a Service type: they do nothing.
    Inert,
    /// Another Service type, or a URL of the user's own.
    Users,
}

/// One override.
#[derive(Debug)]
pub(super) struct Target<'a> {
    /// The row of the catalogue.
    pub(super) endpoint: &'a Endpoint,
    /// Where the override stands, or would.
    pub(super) pointer: PointerBuf,
    /// What the wildcard is.
    wildcard: Option<String>,
    /// The place in a list.
    index: Option<usize>,
}

/// The overrides of an endpoint that a control plane has or could have; none where the service is off.
pub(super) fn targets<'e>(plane: &Item<'_>, endpoint: &'e Endpoint) -> Vec<Target<'e>> {
    let external = endpoint.name == "keystone"
        && plane.node.path(EXTERNAL_KEYSTONE).and_then(Node::as_bool) == Some(true);
    let places = expand(plane.node, endpoint.path).into_iter();
    places
        .filter(|place| !external && is_enabled(plane.node, endpoint, place.wildcard.as_deref()))
        .flat_map(|place| match endpoint.shape {
            OverrideShape::List => list_targets(plane, endpoint, &place),
            OverrideShape::Keyed => {
                vec![Target::new(endpoint, child(&place.pointer, "internal"), place.wildcard)]
            }
            OverrideShape::Single | OverrideShape::Annotations => {
                vec![Target::new(endpoint, place.pointer, place.wildcard)]
            }
        })
        .collect()
}

/// A list's index is the pod's number: those that are there, else as many as there are replicas.
fn list_targets<'e>(plane: &Item<'_>, endpoint: &'e Endpoint, place: &Place) -> Vec<Target<'e>> {
    let list = &place.pointer;
    let present = plane.node.at(list).map_or(0, |list| list.items().len());
    let replicas =
        list.parent().and_then(|parent| parent.parent()).map(|service| child(&service.to_buf(), "replicas"));
    let replicas = replicas.and_then(|place| plane.node.at(&place)?.text()?.parse().ok()).unwrap_or(1);
    let count = if present == 0 { replicas } else { present };
    let target = |index: usize| Target {
        index: Some(index),
        ..Target::new(endpoint, child(list, &index.to_string()), place.wildcard.clone())
    };
    (0..count.min(MOST_REPLICAS)).map(target).collect()
}

fn child(pointer: &PointerBuf, key: &str) -> PointerBuf {
    let mut pointer = pointer.clone();
    pointer.push_back(key);
    pointer
}

impl<'a> Target<'a> {
    fn new(endpoint: &'a Endpoint, pointer: PointerBuf, wildcard: Option<String>) -> Self {
        Self { endpoint, pointer, wildcard, index: None }
    }

    /// The endpoint's name in the config: `keystone`, `glance.default`, `designate-bind9.0`.
    pub(super) fn name(&self) -> String {
        let name = self.endpoint.name_of(self.wildcard.as_deref());
        match self.index {
            Some(index) => format!("{name}.{index}"),
            None => name,
        }
    }

    /// A place below the override.
    pub(super) fn field(&self, path: &[&str]) -> PointerBuf {
        path.iter().fold(self.pointer.clone(), |pointer, key| child(&pointer, key))
    }

    /// Where the annotations stand.
    pub(super) fn annotations(&self) -> PointerBuf {
        match self.endpoint.shape {
            OverrideShape::Annotations => self.pointer.clone(),
            _ => self.field(&["metadata", "annotations"]),
        }
    }

    /// The list that a list's override stands in.
    pub(super) fn list(&self) -> PointerBuf {
        self.pointer.parent().map(json_patch::jsonptr::Pointer::to_buf).unwrap_or_default()
    }

    /// Whether Services of the pool may share this one's address.
    pub(super) fn shares(&self) -> bool {
        self.endpoint.sharing == Sharing::Pool
    }

    /// Whether a neighbour of the same kind listens on the same port, so that they cannot have one address.
    pub(super) fn needs_own_address(&self) -> bool {
        !self.shares() || self.wildcard.is_some() || self.index.is_some()
    }

    /// The address without which the operator would fill in its own, pool and all.
    pub(super) fn default_ip(&self) -> Option<&'static str> {
        (self.endpoint.shape == OverrideShape::Annotations).then_some(LOGGING_ADDRESS_DEFAULT)
    }

    /// The key by which a meaning is written in the override now; the new domain's where both are there.
    pub(super) fn written_key(&self, plane: &Item<'_>, meaning: Meaning) -> Option<String> {
        let present = plane.node.at(&self.annotations()).map(Node::entries).unwrap_or_default().iter();
        let mut written: Vec<&str> = present
            .filter_map(|entry| entry.key.text())
            .filter(|text| {
                Key::recognise(text).is_some_and(|key| key.meaning == meaning && key.spelling() == *text)
            })
            .collect();
        written.sort_unstable();
        written.first().map(|key| (*key).to_owned())
    }

    /// What the user has made of the override.
    pub(super) fn state(&self, plane: &Item<'_>) -> State {
        let Some(node) = plane.node.at(&self.pointer) else { return State::Absent };
        let pool = self.written_key(plane, Meaning::AddressPool).is_some();
        if self.endpoint.shape == OverrideShape::Annotations {
            return if node.entries().is_empty() { State::Absent } else { with_pool(pool) };
        }
        let annotated = plane.node.at(&self.annotations()).map(Node::entries).unwrap_or_default().iter();
        let annotated =
            annotated.filter_map(|entry| entry.key.text()).any(|key| Key::recognise(key).is_some());
        match node.path(&["spec", "type"]).and_then(Node::text).filter(|kind| !kind.is_empty()) {
            Some("LoadBalancer") => with_pool(pool),
            Some(_) => State::Users,
            None if annotated => State::Inert,
            None if node.get("endpointURL").is_some_and(|url| !url.is_null()) => State::Users,
            None => State::Absent,
        }
    }
}

fn with_pool(named: bool) -> State {
    if named { State::Ours } else { State::WithoutPool }
}

/// The base pool of the logging Service, where logging is on.
pub(in crate::transform) fn logging_pool<'a>(plane: &Item<'a>) -> Option<&'a str> {
    let endpoint = ENDPOINTS.iter().find(|endpoint| endpoint.shape == OverrideShape::Annotations)?;
    let target = targets(plane, endpoint).pop()?;
    let key = target.written_key(plane, Meaning::AddressPool);
    match key {
        Some(key) => plane.node.at(&child(&target.pointer, &key))?.text(),
        None => endpoint.pool,
    }
}
