//! Turns the manifests of one `OpenStack` on `OpenShift` instance into those of another.
pub mod yaml;
