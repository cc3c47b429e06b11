//! Places in a tree: by a path, by the keys on the way, and what is read there.
//!
//! Reads and never changes. This module must not know Kubernetes, `OpenStack`, or what a place is for.

mod part;
mod scalars;
mod select;
mod trail;
mod walk;

pub use part::{Fact, Part, place, under};
pub use scalars::{Scalar, scalars};
pub use select::{Slot, select, slots, value, value_of};
pub use walk::{Shown, walk};

pub use trail::Trail;
