//! `pool-collision`: two pools that end with one name.

use std::collections::BTreeMap;

use crate::change::Changes;
use crate::context::Context;
use crate::krm::{Finding, Item};
use crate::yaml::Pointer;

pub(super) fn check(context: &Context<'_>, changes: &mut Changes) {
    let mut seen: BTreeMap<String, &Item<'_>> = BTreeMap::new();
    let mut findings = Vec::new();
    for pool in context.inventory.all_pools() {
        let name = changes.name(pool).to_owned();
        match seen.get(&name) {
            Some(first) => findings.push(collision(first, pool, &name)),
            None => {
                seen.insert(name, pool);
            }
        }
    }
    changes.report_all(findings);
}

fn collision(first: &Item<'_>, pool: &Item<'_>, name: &str) -> Finding {
    let (one, two) = (first.name(), pool.name());
    let origin = if one == two { format!("two pools are named {one}") } else { format!("{one} and {two}") };
    let message = format!(
        "{origin}: both would be IPAddressPool {name}, and Kubernetes holds one object of a name in MetalLB's namespace, \
         so the second would overwrite the first's addresses and take its instance down; scoping by namespace does not \
         tell them apart: give each its own name, or its own template in spec.names.pool"
    );
    Finding::error("pool-collision", message).at(pool, Pointer::from_static("/metadata/name"))
}
