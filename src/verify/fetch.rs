//! The one command that fetches all that a comparison needs. Must not know what is compared.
//!
//! The kinds are those that are rendered, each in the version that is rendered, and where something asks for addresses also
//! Services and MetalLB's pools and advertisements. `kubectl get` of a kind that the cluster does not have fails as a
//! whole; that is right, as nothing of that kind can have been applied. Left out is what not every cluster has
//! (`ServiceL2Status`, `ConfigurationState`), and Secrets, whose values nobody needs to see.

use std::collections::BTreeSet;

use crate::catalogue::kinds::{CONTROL_PLANE, CORE_OPENSTACK, METALLB};
use crate::krm::{Item, kind_argument};
use crate::model::Model;

use super::command::kubectl;

/// MetalLB's kinds that decide on Services' addresses, and their version where nothing rendered says another.
const OF_ADDRESSES: [&str; 3] = ["IPAddressPool", "L2Advertisement", "BGPAdvertisement"];
const METALLB_VERSION: &str = "metallb.io/v1beta1";
const ROUTE: &str = "Route.v1.route.openshift.io";

/// The command; with Routes where they are asked for, which only `OpenShift` has.
#[must_use]
pub fn command(rendered: &[Item<'_>], with_routes: bool) -> String {
    let model = Model::new(rendered);
    let objects = || model.objects.iter().filter(|item| !is_secret(item));
    let mut kinds: BTreeSet<String> =
        objects().map(|item| kind_argument(item.api_version, item.kind)).collect();
    let asks = |item: &Item<'_>| item.group() == METALLB || item.is(CORE_OPENSTACK, CONTROL_PLANE);
    if !model.vips.is_empty() || objects().any(asks) {
        kinds.insert("Service".to_owned());
        let is_there = |kind: &&str| objects().any(|item| item.is(METALLB, kind));
        let missing = OF_ADDRESSES.into_iter().filter(|kind| !is_there(kind));
        kinds.extend(missing.map(|kind| kind_argument(METALLB_VERSION, kind)));
    }
    kinds.extend(with_routes.then(|| ROUTE.to_owned()));
    let kinds: Vec<String> = kinds.into_iter().collect();
    kubectl(&["get", &kinds.join(","), "--all-namespaces", "-o", "yaml"])
}

/// Whether an object is one whose values nobody is shown.
pub(super) fn is_secret(item: &Item<'_>) -> bool {
    item.is("", "Secret")
}
