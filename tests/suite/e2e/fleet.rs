//! `overlays/fleet`: several instances in one list, checked where kustomize builds them.

use std::fs;

use super::kustomize::{WAYS, build, command, expected, needs, short};
use super::objects;
use super::process;
use super::sandbox::{Mechanism, Sandbox};
use super::tools::Tool;
use super::{Case, Outcome};

/// The instances that `overlays/fleet` lists.
const INSTANCES: [&str; 4] = ["openstack", "openstack2", "openstack3", "openstack-ipv6"];

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    let each = WAYS.into_iter().flat_map(|(tool, mechanism)| {
        let name = |what: &str| format!("fleet::{what}::{}::{}", short(tool), mechanism.word());
        [
            Case::new(name("transformer"), &needs(tool, mechanism), move || transformer(tool, mechanism)),
            Case::new(name("validator"), &needs(tool, mechanism), move || validator(tool, mechanism)),
            Case::new(name("overlap_fails"), &needs(tool, mechanism), move || overlap(tool, mechanism)),
        ]
    });
    each.collect()
}

/// As a transformer the check changes nothing.
fn transformer(tool: Tool, mechanism: Mechanism) -> Outcome {
    let sandbox = Sandbox::new(mechanism)?;
    unchanged(&sandbox, tool, mechanism)
}

/// As a validator it prints no item, which kustomize demands.
fn validator(tool: Tool, mechanism: Mechanism) -> Outcome {
    let sandbox = Sandbox::new(mechanism)?;
    let file = sandbox.path("overlays/fleet/kustomization.yaml");
    let text = fs::read_to_string(&file)?;
    fs::write(&file, text.replace("transformers:", "validators:"))?;
    sandbox.write(
        "overlays/fleet/check/fleetcheck.yaml",
        "apiVersion: multi-rhoso.dev/v1alpha1\nkind: FleetCheck\nmetadata:\n  name: fleet\nspec:\n  output: none\n",
    )?;
    unchanged(&sandbox, tool, mechanism)
}

fn unchanged(sandbox: &Sandbox, tool: Tool, mechanism: Mechanism) -> Outcome {
    let ran = build(sandbox, tool, mechanism, "overlays/fleet")?;
    let mut instances = String::new();
    for instance in INSTANCES {
        instances.push_str(&expected(instance)?);
        instances.push_str("---\n");
    }
    objects::same(&objects::objects(&instances)?, &objects::objects(&ran.stdout)?)
}

/// An instance that keeps the base's addresses takes the other one's: the build must not go through.
fn overlap(tool: Tool, mechanism: Mechanism) -> Outcome {
    let sandbox = Sandbox::new(mechanism)?;
    sandbox.write(
        "overlays/openstack2/instance/openstack2.yaml",
        "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nmetadata:\n  name: openstack2\nspec:\n  \
         plan: plan\n  networks: [{name: storage, from: {addresses: [172.18.0.0/24]}}]\n",
    )?;
    let mut build = command(&sandbox, tool)?;
    build.arg("--enable-alpha-plugins").arg("overlays/fleet");
    if mechanism == Mechanism::Exec {
        build.arg("--enable-exec");
    }
    process::fails(&mut build, "[pool-overlap]").map(drop)
}
