//! What is known of OpenStack and MetalLB, as tables: paths, kinds, annotations.
//!
//! The only place that knows a path of `OpenStackControlPlane`. Tables must not know the config or the list.

pub mod annotations;
pub mod cni;
pub mod crd;
pub mod endpoints;
pub mod fields;
pub mod kinds;
pub mod node_policy;
pub mod ports;
pub mod references;
