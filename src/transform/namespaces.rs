//! `metadata.namespace` and the Namespace object itself: `from.namespace` becomes `namespace`.

use crate::context::Context;
use crate::krm::Item;
use crate::plan::Plan;
use crate::yaml::PointerBuf;

/// Objects whose name is a namespace: group and kind.
const NAMESPACES: [(&str, &str); 2] = [("", "Namespace"), ("project.openshift.io", "Project")];

pub(super) fn transform(context: &Context<'_>, plan: &mut Plan) {
    let Some(from) = context.instance.from.as_deref() else { return };
    for item in &context.inventory.own {
        if item.namespace() == Some(from) {
            let place = PointerBuf::from_tokens(["metadata", "namespace"]);
            plan.set(item, place, context.instance.namespace.as_str());
        }
        if is_namespace(item) && item.name() == from {
            plan.set(
                item,
                PointerBuf::from_tokens(["metadata", "name"]),
                context.instance.namespace.as_str(),
            );
        }
    }
}

fn is_namespace(item: &Item<'_>) -> bool {
    NAMESPACES.iter().any(|(group, kind)| item.is(group, kind))
}
