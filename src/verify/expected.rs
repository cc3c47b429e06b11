//! The Services that the rendered objects stand for: of each endpoint that has an address, and of Services themselves.
//! Must not know what is live.

use crate::catalogue::endpoints::OVN_DATABASE;
use crate::catalogue::service_names::{Words, service_name};
use crate::find::{Part, value};
use crate::krm::Item;
use crate::model::{Model, Vip, annotations_of, is_bookkeeping};
use crate::path;
use crate::yaml::{Node, Pointer, PointerBuf};

/// A Service that is to be there, with an address.
pub(super) struct Expected<'m, 'a> {
    pub(super) vip: &'m Vip<'a>,
    pub(super) namespace: &'a str,
    pub(super) name: String,
    /// Its annotations, as they are rendered.
    pub(super) annotations: Vec<(&'a str, &'a str)>,
}

/// All of them, in the order of the list.
pub(super) fn expected<'m, 'a>(rendered: &'m Model<'a>) -> Vec<Expected<'m, 'a>> {
    let certain = rendered.vips.iter().filter(|vip| vip.is_service() && vip.is_certain());
    certain.filter(|vip| !is_public_of_an_edge(vip)).filter_map(Expected::of).collect()
}

impl<'m, 'a> Expected<'m, 'a> {
    fn of(vip: &'m Vip<'a>) -> Option<Self> {
        let (name, map) = match &vip.endpoint {
            Some(endpoint) => (name_of(vip)?, annotations_of(endpoint.row, &vip.carrier)),
            None => (vip.item.name().to_owned(), crate::find::place(path!("metadata.annotations"))),
        };
        let entries = vip.item.node.at(&map).map(Node::entries).unwrap_or_default().iter();
        let annotations = entries.filter_map(|entry| Some((entry.key.text()?, entry.value.text()?)));
        let annotations = annotations.filter(|(key, _)| !is_bookkeeping(key)).collect();
        Some(Self { vip, namespace: vip.namespace?, name, annotations })
    }

    /// What people call it: the endpoint, or nothing of a Service object.
    pub(super) fn endpoint(&self) -> Option<String> {
        self.vip.endpoint.as_ref().map(|_| self.vip.title())
    }

    /// The object that it comes from.
    pub(super) fn item(&self) -> &Item<'a> {
        &self.vip.item
    }

    /// Its name with its namespace.
    pub(super) fn shown(&self) -> String {
        format!("{}/{}", self.namespace, self.name)
    }
}

/// The name of an endpoint's Service.
fn name_of(vip: &Vip<'_>) -> Option<String> {
    let endpoint = vip.endpoint.as_ref()?;
    let (path, default) = OVN_DATABASE;
    let template = above(&vip.carrier, 2).and_then(|place| vip.item.node.at(place));
    let database = template.and_then(|node| value(node, path)).and_then(Node::text);
    let words = Words {
        name: endpoint.name.split_once('.').map_or("", |(_, name)| name),
        key: endpoint.key.as_deref().unwrap_or_default(),
        database: database.filter(|text| !text.is_empty()).unwrap_or(default),
        namespace: vip.item.namespace().unwrap_or_default(),
    };
    service_name(endpoint.row.name, words)
}

/// A glance API at the edge has no public Service.
///
/// Source: glance-operator `controllers/glanceapi_controller.go` (`type: edge` has the internal endpoint alone).
fn is_public_of_an_edge(vip: &Vip<'_>) -> bool {
    let api = above(&vip.carrier, 3).and_then(|place| Part::at(vip.item.node, place.to_buf()));
    vip.is_public() && api.is_some_and(|api| api.text(path!("type")) == Some("edge"))
}

fn above(pointer: &PointerBuf, levels: usize) -> Option<&Pointer> {
    (1..levels).try_fold(pointer.parent()?, |place, _| place.parent())
}
