//! VIPs: addresses that Services ask for and cannot have.

use super::Rule;

/// The rules of this area in their order.
pub(super) const RULES: &[Rule] = &[];
