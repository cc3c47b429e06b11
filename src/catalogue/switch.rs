//! Booleans of `OpenStackControlPlane` that turn a service on or off.

use crate::path::Path;

/// A boolean below `spec` that decides whether the service behind an endpoint runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switch {
    /// Its path below `spec`; `{name}` stands for the wildcard of the endpoint's path.
    pub path: Path,
    /// Its value when absent: the CRD's default.
    pub default: bool,
    /// The value at which the service runs.
    pub wanted: bool,
}

/// Runs unless the boolean is false.
macro_rules! on {
    ($path:literal) => {
        $crate::catalogue::switch::Switch { path: $crate::path!($path), default: true, wanted: true }
    };
}

/// Runs only if the boolean is true.
macro_rules! off {
    ($path:literal) => {
        $crate::catalogue::switch::Switch { path: $crate::path!($path), default: false, wanted: true }
    };
}

/// Runs unless the boolean is true.
macro_rules! without {
    ($path:literal) => {
        $crate::catalogue::switch::Switch { path: $crate::path!($path), default: false, wanted: false }
    };
}

pub(super) use {off, on, without};
