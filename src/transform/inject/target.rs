//! One override of one control plane: where it is, and what the user has made of it.

use crate::catalogue::annotations::{Key, Meaning};
use crate::catalogue::endpoints::{Endpoint, LOGGING_ADDRESS_DEFAULT, OverrideShape, Sharing};
use crate::context::Context;
use crate::find::{under, value};
use crate::krm::Item;
use crate::model::{ControlPlane, Override, annotations_of};
use crate::path;
use crate::transform::external_endpoints::ExternalEndpoint;
use crate::yaml::{Node, PointerBuf};

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

/// One Service's override.
#[derive(Debug)]
pub(super) struct Target<'p, 'a> {
    /// The override that it belongs to.
    of: &'p Override<'a>,
    /// Where it stands, or would.
    pub(super) pointer: PointerBuf,
    /// The pod's number, where the override is a list.
    pod: Option<String>,
}

/// The overrides that a control plane has or could have; none where the service is off.
pub(super) fn targets<'p, 'a>(plane: &'p ControlPlane<'a>) -> impl Iterator<Item = Target<'p, 'a>> {
    plane.overrides.iter().filter(|of| of.used).flat_map(|of| {
        let is_list = of.row.shape == OverrideShape::List;
        of.possible().into_iter().map(move |service| Target {
            of,
            pointer: service.pointer,
            pod: service.key.filter(|_| is_list),
        })
    })
}

impl<'a> Target<'_, 'a> {
    /// The catalogue's row.
    pub(super) fn row(&self) -> &'static Endpoint {
        self.of.row
    }

    /// The endpoint's name in the config: `keystone`, `glance.default`, `designate-bind9.0`.
    pub(super) fn name(&self) -> String {
        match &self.pod {
            Some(pod) => format!("{}.{pod}", self.of.name),
            None => self.of.name.clone(),
        }
    }

    /// A place below the override.
    pub(super) fn field(&self, path: &[&str]) -> PointerBuf {
        under(&self.pointer, path)
    }

    /// Where the annotations stand.
    pub(super) fn annotations(&self) -> PointerBuf {
        annotations_of(self.of.row, &self.pointer)
    }

    /// The list that a list's override stands in.
    pub(super) fn list(&self) -> PointerBuf {
        self.of.pointer.clone()
    }

    /// What a control plane from before there were overrides says in its place.
    pub(super) fn external_endpoint(&self, plane: &Item<'a>) -> Option<ExternalEndpoint<'a>> {
        let whole = matches!(self.row().shape, OverrideShape::Keyed | OverrideShape::Single);
        let service = self.of.service().filter(|_| whole)?;
        ExternalEndpoint::internal_of(plane.node.at(service)?)
    }

    /// Whether Services of the pool may share this one's address.
    pub(super) fn shares(&self) -> bool {
        self.of.row.sharing == Sharing::Pool
    }

    /// Whether a neighbour of the same kind listens on the same port.
    pub(super) fn needs_own_address(&self) -> bool {
        self.of.needs_own_address()
    }

    /// The address without which the operator would fill in its own, pool and all.
    pub(super) fn default_ip(&self) -> Option<&'static str> {
        (self.of.row.shape == OverrideShape::Annotations).then_some(LOGGING_ADDRESS_DEFAULT)
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
        if self.of.row.shape == OverrideShape::Annotations {
            return if node.entries().is_empty() { State::Absent } else { with_pool(pool) };
        }
        let annotated = plane.node.at(&self.annotations()).map(Node::entries).unwrap_or_default().iter();
        let annotated =
            annotated.filter_map(|entry| entry.key.text()).any(|key| Key::recognise(key).is_some());
        match value(node, path!("spec.type")).and_then(Node::text).filter(|kind| !kind.is_empty()) {
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

/// The instance's pool of the logging Service, where logging is on.
pub(in crate::transform) fn logging_pool(context: &Context<'_>, plane: &ControlPlane<'_>) -> Option<String> {
    let target = targets(plane).find(|target| target.row().shape == OverrideShape::Annotations)?;
    match target.written_key(&plane.item, Meaning::AddressPool) {
        Some(key) => {
            let word = plane.item.node.at(&under(&target.pointer, &[&key]))?.text()?;
            Some(context.pool_asked_for(&plane.item, word))
        }
        None => Some(context.pool_name(target.row().pool?)),
    }
}
