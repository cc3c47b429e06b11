//! An address plan beside the base: the overlays' bytes come out of it, all of them in one list, and it is never printed.

use std::fs;

use libtest_mimic::Failed;

use super::kpt::Package;
use super::kustomize::{WAYS, build, expected, needs, short};
use super::objects;
use super::process;
use super::sandbox::{Mechanism, Sandbox};
use super::tools::Tool;
use super::{Case, Outcome};

/// What the overlays' configs say by hand, as a plan.
const PLAN: &str = include_str!("plan.yaml");

/// The instances of the plan.
const INSTANCES: [&str; 2] = ["openstack", "openstack2"];

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    let each = WAYS.into_iter().flat_map(|(tool, mechanism)| {
        let name = |what: &str| format!("plans::{what}::{}::{}", short(tool), mechanism.word());
        [
            Case::new(name("instances"), &needs(tool, mechanism), move || instances(tool, mechanism)),
            Case::new(name("fleet"), &needs(tool, mechanism), move || fleet(tool, mechanism)),
        ]
    });
    let kpt = Case::new("plans::stays_in_a_package", &[Tool::Kpt], in_a_package);
    each.chain([kpt]).collect()
}

/// The overlays with the plan in the base and configs that name it.
fn planned(mechanism: Mechanism) -> Result<Sandbox, Failed> {
    let sandbox = Sandbox::new(mechanism)?;
    sandbox.write("overlays/base/plan.yaml", PLAN)?;
    let base = sandbox.path("overlays/base/kustomization.yaml");
    let text = fs::read_to_string(&base)?;
    fs::write(&base, format!("{text}- plan.yaml\n"))?;
    for name in INSTANCES {
        let config = format!(
            "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nmetadata:\n  name: {name}\nspec: {{plan: plan}}\n"
        );
        sandbox.write(&format!("overlays/{name}/instance/{name}.yaml"), &config)?;
    }
    Ok(sandbox)
}

fn instances(tool: Tool, mechanism: Mechanism) -> Outcome {
    let sandbox = planned(mechanism)?;
    for name in INSTANCES {
        let ran = build(&sandbox, tool, mechanism, &format!("overlays/{name}"))?;
        if ran.stdout != expected(name)? {
            return Err(ran.complain("not what the config by hand gives"));
        }
    }
    Ok(())
}

/// Both overlays hold the base's plan, and kustomize refuses one object in two resources.
fn fleet(tool: Tool, mechanism: Mechanism) -> Outcome {
    let sandbox = planned(mechanism)?;
    let ran = build(&sandbox, tool, mechanism, "overlays/fleet")?;
    let both = [expected("openstack")?, expected("openstack2")?].join("---\n");
    objects::same(&objects::objects(&both)?, &objects::objects(&ran.stdout)?)
}

/// To kpt a plan that is not printed would be a file to delete.
fn in_a_package() -> Outcome {
    let package = Package::new()?;
    let plan = package.sandbox.path("overlays/base/plan.yaml");
    fs::write(&plan, PLAN)?;
    process::ok(&mut package.eval(&["--", "plan=plan", "namespace=openstack2"])?)?;
    if fs::read_to_string(&plan)? != PLAN {
        return Err("the plan was changed".into());
    }
    fs::remove_file(plan)?;
    objects::same(&objects::objects(&expected("openstack2")?)?, &objects::in_directory(&package.directory)?)
}
