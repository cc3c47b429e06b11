//! `externalEndpoints[]` and `externalEndpoint` of control planes from before September 2023.
//!
//! Source: openstack-operator history (36becc79, 377725cc, 0975f619): `ipAddressPool`, `sharedIPKey` (default: the pool).

use crate::address;
use crate::catalogue::kinds;
use crate::change::Changes;
use crate::context::Context;
use crate::find::{Part, select, under};
use crate::krm::Item;
use crate::path;
use crate::path::Path;
use crate::rules::said;
use crate::yaml::Node;

/// The list, and what it was before it was one.
const PLACES: [Path; 2] = [path!("**.externalEndpoints.[]"), path!("**.externalEndpoint")];

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for item in context.inventory.own.iter().filter(|item| kinds::is_openstack(item.group())) {
        for fields in PLACES.into_iter().flat_map(|path| select(item.node, path)) {
            rewrite(context, item, &fields, changes);
        }
    }
}

fn rewrite(context: &Context<'_>, item: &Item<'_>, fields: &Part<'_>, changes: &mut Changes) {
    let place = |field| under(&fields.pointer, &[field]);
    let Some(endpoint) = ExternalEndpoint::read(fields.node) else { return };
    changes.set(item, place("ipAddressPool"), endpoint.new_pool(context, item));
    if let Some(key) = endpoint.new_key(context, item) {
        changes.set(item, place("sharedIPKey"), key);
    }
    let message = "operators since September 2023 drop this field; write override.service.internal.metadata.annotations";
    changes.report(said::EXTERNAL_ENDPOINTS_REMOVED.finding(message).at(item, &place("ipAddressPool")));
}

/// One of them.
#[derive(Debug)]
pub(super) struct ExternalEndpoint<'a> {
    node: &'a Node<'a>,
    pool: &'a str,
    key: Option<&'a str>,
}

impl<'a> ExternalEndpoint<'a> {
    fn read(node: &'a Node<'a>) -> Option<Self> {
        let word = |field| node.get(field).and_then(Node::as_str);
        Some(Self {
            node,
            pool: word("ipAddressPool")?,
            key: word("sharedIPKey").filter(|key| !key.is_empty()),
        })
    }

    /// The one of a service's own Service inside the cluster; a service with one Service only does not say which it is.
    pub(super) fn internal_of(service: &'a Node<'a>) -> Option<Self> {
        let listed = service.get("externalEndpoints").map(Node::items).unwrap_or_default().iter();
        let each = listed.chain(service.get("externalEndpoint"));
        let is_internal =
            |node: &&Node<'_>| node.get("endpoint").is_none_or(|name| name.text() == Some("internal"));
        each.filter(is_internal).find_map(Self::read)
    }

    /// The instance's pool.
    pub(super) fn new_pool(&self, context: &Context<'_>, item: &Item<'_>) -> String {
        context.pool_asked_for(item, self.pool)
    }

    /// The instance's sharing key, where one is written.
    pub(super) fn new_key(&self, context: &Context<'_>, item: &Item<'_>) -> Option<String> {
        let key = self.key?;
        let is_pool = key == self.pool || context.is_pool_name(key);
        Some(if is_pool { context.pool_asked_for(item, key) } else { key.to_owned() })
    }

    /// Whether other Services may have its address; none where it does not say so.
    pub(super) fn is_shared(&self) -> Option<bool> {
        let written = self.node.get("sharedIP").and_then(Node::as_bool);
        written.or_else(|| self.key.map(|_| true))
    }

    /// Its addresses in the instance's network, as an annotation has them. Those in a pool of all instances stay.
    pub(super) fn new_addresses(&self, context: &Context<'_>, item: &Item<'_>) -> Option<String> {
        let addresses = self.node.get("loadBalancerIPs").map(Node::items).unwrap_or_default().iter();
        let addresses: Vec<&str> = addresses.filter_map(Node::as_str).collect();
        let stays = context.is_moved(item) || context.is_shared_pool(self.pool);
        let text = addresses.join(",");
        let moved =
            if stays { None } else { address::rewrite(&text, &context.instance.network.mapping).text };
        moved.or(Some(text)).filter(|text| !text.is_empty())
    }
}
