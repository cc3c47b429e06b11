//! Networks: addresses that two things give out, and objects that name each other wrongly.

use super::Rule;

/// The rules of this area in their order.
pub(super) const RULES: &[Rule] = &[];
