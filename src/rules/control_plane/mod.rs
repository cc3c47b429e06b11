//! The control plane: what the operators and their webhooks refuse or ignore.

use super::Rule;

/// The rules of this area in their order.
pub(super) const RULES: &[Rule] = &[];
