//! The options of the instances' name servers, and the hosts of routes.
//!
//! Source: infra-operator `apis/network/v1beta1/dnsmasq_webhook.go` (`Default`: the option `local` is added where there is
//! none), dnsmasq(8).

use super::endpoints::Switch;
use super::kinds::{CONTROL_PLANE, CORE_OPENSTACK};
use super::references::FieldOf;
use crate::path;
use crate::path::Path;

/// Where the options of a name server stand.
pub const OPTIONS: [FieldOf; 2] = [
    (CORE_OPENSTACK, CONTROL_PLANE, path!("spec.dns.template.options.[]")),
    ("network.openstack.org", "DNSMasq", path!("spec.options.[]")),
];
/// Whether a control plane has one.
pub const SERVER: Switch = Switch { path: path!("dns.enabled"), default: true, wanted: true };
/// The option by which names of a domain are answered from what is known here alone.
pub const LOCAL: &str = "local";

/// Where the host and path of a route stand.
pub const ROUTES: [FieldOf; 2] = [
    ("route.openshift.io", "Route", path!("spec")),
    (CORE_OPENSTACK, CONTROL_PLANE, path!("spec.**.route.spec")),
];
/// The host of a route.
pub const HOST: Path = path!("host");
/// The path below it that a route serves; all if absent.
pub const BELOW: Path = path!("path");
