//! What an object stands for outside of the cluster: a machine, a storage. No namespace tells two of them apart.
//!
//! Source: metal3's API (`BareMetalHost`); the Kubernetes API (`PersistentVolume`).

use crate::path;
use crate::path::Path;

/// What a `BareMetalHost` knows its machine by, and what that is called.
pub const MACHINE: [(&str, Path); 2] =
    [("MAC address", path!("spec.bootMACAddress")), ("BMC address", path!("spec.bmc.address"))];

/// What a `PersistentVolume` knows its storage by.
pub const STORAGE: [Path; 12] = [
    path!("spec.csi.volumeHandle"),
    path!("spec.nfs.server"),
    path!("spec.nfs.path"),
    path!("spec.local.path"),
    path!("spec.hostPath.path"),
    path!("spec.rbd.monitors.[]"),
    path!("spec.rbd.image"),
    path!("spec.cephfs.monitors.[]"),
    path!("spec.cephfs.path"),
    path!("spec.iscsi.targetPortal"),
    path!("spec.iscsi.iqn"),
    path!("spec.fc.targetWWNs.[]"),
];
