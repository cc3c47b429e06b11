//! `overlays/staged`: the stages of an instance, built one by one, are the instance, byte for byte.

use std::fs;

use super::kustomize::{WAYS, build, needs, short};
use super::objects::{self, Objects};
use super::process;
use super::sandbox::{BINARY, Mechanism, Sandbox};
use super::tools::Tool;
use super::{Case, Outcome};

/// The instances of the plan.
pub(crate) const INSTANCES: [&str; 2] = ["cloud", "cloud2"];

/// The stages, in the order in which they are applied.
pub(crate) const STAGES: [&str; 5] = ["nncp", "networking", "control-plane", "nodeset", "deployment"];

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    let each = WAYS.into_iter().flat_map(|(tool, mechanism)| {
        let name = |what: &str| format!("stages::{what}::{}::{}", short(tool), mechanism.word());
        let union = INSTANCES.map(|instance| {
            let name = name(&format!("union_is_the_whole::{instance}"));
            Case::new(name, &needs(tool, mechanism), move || union(instance, tool, mechanism))
        });
        let fleet = Case::new(name("fleet_prints_nothing"), &needs(tool, mechanism), move || {
            let sandbox = Sandbox::new(mechanism)?;
            printed(&sandbox, (tool, mechanism), "overlays/staged/fleet", "")
        });
        union.into_iter().chain([fleet])
    });
    let others = [
        Case::new("stages::each_has_its_kinds", &[Tool::Kustomize], kinds),
        Case::new("stages::one_more", &[Tool::Kustomize], one_more),
    ];
    each.chain(others).collect()
}

/// kustomize orders what it prints, so that the stages beside each other are in the order of the whole.
fn union(instance: &str, tool: Tool, mechanism: Mechanism) -> Outcome {
    let sandbox = Sandbox::new(mechanism)?;
    let resources = STAGES.map(|stage| format!("- ../{instance}/{stage}")).join("\n");
    sandbox.write("overlays/staged/union/kustomization.yaml", &format!("resources:\n{resources}\n"))?;
    let whole = build(&sandbox, tool, mechanism, &format!("overlays/staged/{instance}"))?;
    if !whole.stdout.contains("kind: OpenStackControlPlane") {
        return Err(whole.complain("there is no control plane"));
    }
    printed(&sandbox, (tool, mechanism), "overlays/staged/union", &whole.stdout)
}

fn printed(sandbox: &Sandbox, (tool, mechanism): (Tool, Mechanism), path: &str, wanted: &str) -> Outcome {
    let ran = build(sandbox, tool, mechanism, path)?;
    if ran.stdout == wanted { Ok(()) } else { Err(ran.complain("something else is printed")) }
}

/// What a stage prints, and nothing of another's.
fn kinds() -> Outcome {
    let wanted: [&[&str]; 5] = [
        &["NodeNetworkConfigurationPolicy"],
        &[
            "BGPAdvertisement",
            "IPAddressPool",
            "L2Advertisement",
            "Namespace",
            "NetConfig",
            "NetworkAttachmentDefinition",
        ],
        &["OpenStackControlPlane", "Secret"],
        &["OpenStackDataPlaneNodeSet"],
        &["OpenStackDataPlaneDeployment"],
    ];
    let sandbox = Sandbox::new(Mechanism::Plugin)?;
    for (stage, wanted) in STAGES.into_iter().zip(wanted) {
        let mut kinds: Vec<String> =
            stage_of(&sandbox, "cloud2", stage)?.into_keys().map(|(kind, ..)| kind).collect();
        kinds.dedup();
        if kinds != wanted {
            return Err(format!("{stage} has {kinds:?}").into());
        }
    }
    Ok(())
}

/// The objects of a stage, built by the pinned kustomize.
pub(crate) fn stage_of(
    sandbox: &Sandbox,
    instance: &str,
    stage: &str,
) -> Result<Objects, libtest_mimic::Failed> {
    let path = format!("overlays/staged/{instance}/{stage}");
    objects::objects(&build(sandbox, Tool::Kustomize, Mechanism::Plugin, &path)?.stdout)
}

/// `new` gives an instance all of its stages, and nothing that is there prints anything else for it.
fn one_more() -> Outcome {
    let sandbox = Sandbox::new(Mechanism::Plugin)?;
    process::ok(sandbox.command(BINARY)?.args(["new", "cloud3", "overlays/staged"]))?;
    union("cloud2", Tool::Kustomize, Mechanism::Plugin)?;
    for stage in STAGES {
        if stage_of(&sandbox, "cloud3", stage)?.is_empty() {
            return Err(format!("{stage} of cloud3 is empty").into());
        }
    }
    printed(&sandbox, (Tool::Kustomize, Mechanism::Plugin), "overlays/staged/fleet", "")?;
    process::ok(sandbox.command(BINARY)?.args(["remove", "cloud3", "overlays/staged"]))?;
    let gone = !fs::exists(sandbox.path("overlays/staged/cloud3"))?;
    if gone { Ok(()) } else { Err("cloud3 is still there".into()) }
}
