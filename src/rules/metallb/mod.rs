//! MetalLB's own objects: what its parser refuses, and what it takes in silence and should not.

use super::Rule;

/// The rules of this area in their order.
pub(super) const RULES: &[Rule] = &[];
