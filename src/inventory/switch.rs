//! Whether a service of a control plane runs.

use crate::catalogue::endpoints::Switch;
use crate::yaml::Node;

/// A switch of a control plane, `{name}` in its path being `wildcard`; where it is absent, what the CRD says.
#[must_use]
pub fn is_on(plane: &Node<'_>, switch: &Switch, wildcard: &str) -> bool {
    let keys = switch.path.split('.').map(|key| if key == "{name}" { wildcard } else { key });
    let node = keys.fold(plane.get("spec"), |node, key| node.and_then(|node| node.get(key)));
    node.and_then(Node::as_bool).unwrap_or(switch.default)
}
