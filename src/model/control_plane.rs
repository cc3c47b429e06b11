//! `OpenStackControlPlane` as a whole; its Services are VIPs.

use crate::krm::Item;

/// An `OpenStackControlPlane`.
#[derive(Debug, Clone)]
pub struct ControlPlane<'a> {
    /// The object.
    pub item: Item<'a>,
    /// Its namespace, which is the instance's.
    pub namespace: Option<&'a str>,
}

impl<'a> ControlPlane<'a> {
    pub(super) fn read(item: &Item<'a>) -> Self {
        Self { item: *item, namespace: item.namespace() }
    }
}
