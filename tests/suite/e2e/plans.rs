//! Instances that share interfaces, in whatever order they are applied, and a plan in a package.

use std::fs;

use super::kpt::Package;
use super::kustomize::{WAYS, build, expected, needs, short};
use super::objects::{self, Objects};
use super::process;
use super::sandbox::{Mechanism, Sandbox};
use super::tools::Tool;
use super::{Case, Outcome};

/// Three instances in one subnet.
const PLAN: &str = include_str!("plan.yaml");

/// The instances of the plan.
const INSTANCES: [&str; 3] = ["openstack", "openstack2", "openstack3"];

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    let each = WAYS.into_iter().map(|(tool, mechanism)| {
        let name = format!("plans::any_order::{}::{}", short(tool), mechanism.word());
        Case::new(name, &needs(tool, mechanism), move || any_order(tool, mechanism))
    });
    let overlay = Case::new("plans::an_overlay_of_what_is_shared", &[Tool::Kustomize], own_overlay);
    let kpt = Case::new("plans::stays_in_a_package", &[Tool::Kpt], in_a_package);
    each.chain([overlay, kpt]).collect()
}

/// Whoever is applied last, the nodes keep every instance's addresses: one instance prints the policy, and the others none.
fn any_order(tool: Tool, mechanism: Mechanism) -> Outcome {
    let sandbox = Sandbox::new(mechanism)?;
    sandbox.write("overlays/base/plan.yaml", PLAN)?;
    let built = INSTANCES.map(|name| build(&sandbox, tool, mechanism, &format!("overlays/{name}")));
    let built = built.into_iter().map(|ran| objects::objects(&ran?.stdout)).collect::<Result<Vec<_>, _>>()?;
    let applied = |order: [usize; 3]| -> Objects {
        order
            .into_iter()
            .filter_map(|one| built.get(one))
            .flatten()
            .map(|(id, one)| (id.clone(), one.clone()))
            .collect()
    };
    let first = applied([0, 1, 2]);
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        objects::same(&first, &applied(order))?;
    }
    let id = ("NodeNetworkConfigurationPolicy".to_owned(), String::new(), "worker-0-openstack".to_owned());
    let policy = first.get(&id).ok_or("the instance of slot 1 prints no policy")?.to_string();
    let wanted = ["192.168.122.10", "192.168.122.150", "192.168.122.171", "172.17.0.150", "172.17.0.171"];
    let missing: Vec<_> = wanted.into_iter().filter(|ip| !policy.contains(&format!("\"{ip}\""))).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("{missing:?} are not in {policy}").into()) }
}

/// The overlay and the instances are what the instances were with one of them printing all, but for the policies' names.
fn own_overlay() -> Outcome {
    let (tool, mechanism) = (Tool::Kustomize, Mechanism::Plugin);
    let sandbox = Sandbox::new(mechanism)?;
    let plan = sandbox.path("overlays/base/plan.yaml");
    let text = fs::read_to_string(&plan)?;
    fs::write(&plan, text.replace("  instances:\n", "  sharedBy: shared\n  instances:\n"))?;
    sandbox.write("overlays/shared/kustomization.yaml", "resources: [../base]\ntransformers: [shared]\n")?;
    sandbox.write(
        "overlays/shared/shared/kustomization.yaml",
        "resources: [shared.yaml]\ncomponents: [../../mechanism]\n",
    )?;
    sandbox.write(
        "overlays/shared/shared/shared.yaml",
        "apiVersion: multi-rhoso.dev/v1alpha1\nkind: SharedObjects\nmetadata: {name: shared}\nspec: {plan: plan}\n",
    )?;
    let fleet = sandbox.path("overlays/fleet/kustomization.yaml");
    let text = fs::read_to_string(&fleet)?;
    fs::write(&fleet, text.replace("resources:\n", "resources:\n- ../shared\n"))?;
    let mut found = objects::objects(&build(&sandbox, tool, mechanism, "overlays/fleet")?.stdout)?;
    let mut wanted = Objects::new();
    for name in ["openstack", "openstack2", "openstack3", "openstack-ipv6"] {
        wanted.extend(objects::objects(&expected(name)?)?);
    }
    let policies = |objects: &mut Objects, suffix: &str| {
        let each = ["worker-0", "worker-1"].map(|name| {
            let id = ("NodeNetworkConfigurationPolicy".to_owned(), String::new(), format!("{name}{suffix}"));
            objects.remove(&id).and_then(|policy| policy.get("spec").cloned())
        });
        each.to_vec()
    };
    if policies(&mut wanted, "-openstack") != policies(&mut found, "") {
        return Err("the overlay's policies are not those of the instance in slot 1".into());
    }
    objects::same(&wanted, &found)
}

/// To kpt what is not printed would be a file to delete: the plan stays, and what others print is not applied.
fn in_a_package() -> Outcome {
    let package = Package::new()?;
    let plan = package.sandbox.path("overlays/base/plan.yaml");
    let text = fs::read_to_string(&plan)?;
    process::ok(&mut package.eval(&["--", "plan=plan", "namespace=openstack3"])?)?;
    if fs::read_to_string(&plan)? != text {
        return Err("the plan was changed".into());
    }
    objects::same(&objects::objects(&expected("openstack3")?)?, &objects::in_directory(&package.directory)?)
}
