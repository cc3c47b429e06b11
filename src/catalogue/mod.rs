//! What is known of OpenStack, MetalLB and nmstate, as tables of paths, kinds and annotations.
//!
//! Paths of `OpenStackControlPlane` stand here and nowhere else. Tables must not know the config or the list.

pub mod annotations;
pub mod cni;
pub mod crd;
pub mod dns;
pub mod endpoints;
pub mod fields;
pub mod hosts;
pub mod kinds;
pub mod named;
pub mod nmstate;
pub mod node_policy;
pub mod ports;
pub mod references;
pub mod service_names;
pub mod services;
pub mod stays;
pub mod switch;
pub mod things;
pub mod written;
