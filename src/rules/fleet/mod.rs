//! Several instances in one list: what one takes from another.

use super::Rule;

/// The rules of this area in their order.
pub(super) const RULES: &[Rule] = &[];
