//! Finds places in a tree, by a path or by the keys on the way, and reads what is there. Never changes anything.
//!
//! This module must not know Kubernetes, `OpenStack`, or what a place is for.

mod part;
mod scalars;
mod select;
mod trail;
mod walk;
mod written;

pub use part::{Fact, Part, place, under};
pub use scalars::{Scalar, scalars};
pub use select::{Slot, select, slots, value, value_of};
pub use walk::{Shown, walk};

pub use trail::Trail;
