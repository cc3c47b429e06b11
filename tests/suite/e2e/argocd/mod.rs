//! `argocd/` at work: the real repo-server and the real plugin server render what kustomize builds, and say what a person
//! needs where they do not.

mod applications;
mod install;
mod live;
mod site;

use super::kustomize::{self, OVERLAYS, expected};
use super::objects;
use super::process::{Ran, says};
use super::sandbox::Mechanism;
use super::stages::{INSTANCES, STAGES};
use super::tools::Tool;
use super::{Case, Outcome};

use site::Site;

/// What a test with servers cannot do without.
const NEEDS: [Tool; 3] = [Tool::ArgoCd, Tool::Kustomize, Tool::Git];

/// A source that names the sidecar.
const BY_NAME: &str = "plugin: {name: multi-rhoso}";

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = vec![
        Case::new("argocd::renders_what_kustomize_builds", &NEEDS, renders),
        Case::new("argocd::sidecar_renders_the_same", &NEEDS, sidecar),
        Case::new("argocd::forgotten_option_is_loud", &NEEDS, forgotten_option),
        Case::new("argocd::a_refusal_is_read_in_its_error", &NEEDS, refusal),
        Case::new("argocd::sidecar_that_is_not_there", &NEEDS, no_sidecar),
        Case::new("argocd::sidecar_prints_never_nothing", &NEEDS, nothing),
        Case::new("argocd::sidecar_takes_no_other_application", &NEEDS, takes_no_other),
    ];
    cases.extend(install::cases());
    cases.extend(applications::cases());
    cases.extend(live::cases());
    cases
}

/// The run, if it ended well.
fn ok(ran: Ran) -> Result<Ran, libtest_mimic::Failed> {
    super::process::expect_code(ran, 0)
}

fn renders() -> Outcome {
    each_is_what_kustomize_builds(&Site::new()?, "plugin", "")
}

fn sidecar() -> Outcome {
    let mut site = Site::new()?;
    site.sidecar("multi-rhoso", |plugin| plugin)?;
    each_is_what_kustomize_builds(&site, "sidecar", BY_NAME)
}

/// Every overlay and every stage.
fn each_is_what_kustomize_builds(site: &Site, settings: &str, how: &str) -> Outcome {
    let same = |path: &str, wanted: &str| -> Outcome {
        let ran = ok(site.manifests(settings, &site.application(path, how))?)?;
        objects::same(&objects::objects(wanted)?, &objects::objects(&ran.stdout)?)
    };
    for (overlay, _) in OVERLAYS {
        same(&format!("overlays/{overlay}"), &expected(overlay)?)?;
    }
    for instance in INSTANCES {
        for stage in STAGES {
            let path = format!("overlays/staged/{instance}/{stage}");
            let wanted = kustomize::build(&site.sandbox, Tool::Kustomize, Mechanism::Plugin, &path)?;
            same(&path, &wanted.stdout)?;
        }
    }
    Ok(())
}

/// `argocd/sidecar` sets no build option: with its settings the program is there and Argo CD's own kustomize may not run it.
fn forgotten_option() -> Outcome {
    let site = Site::new()?;
    let ran = site.manifests("sidecar", &site.application("overlays/openstack2", ""))?;
    says(ran, 1, "external plugins disabled; unable to load external plugin 'OpenStackInstance'").map(drop)
}

/// A neighbour's addresses: the message of the rule is in the Application's error, of both ways.
fn refusal() -> Outcome {
    let mut site = Site::new()?;
    site.sidecar("multi-rhoso", |plugin| plugin)?;
    site.sandbox.write(
        "overlays/openstack2/instance/openstack2.yaml",
        "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nmetadata: {name: openstack2}\nspec:\n  \
         plan: plan\n  networks: [{name: internalapi, to: {vlan: 4095}}]\n",
    )?;
    site.commit()?;
    for (settings, how) in [("plugin", ""), ("sidecar", BY_NAME)] {
        let ran = site.manifests(settings, &site.application("overlays/openstack2", how))?;
        let ran = says(ran, 1, "to.vlan: 4095 is no VLAN id (1 to 4094) [plan]")?;
        if ran.stderr.contains("#!/bin/sh") {
            return Err(ran.complain("the message stands behind a script"));
        }
    }
    Ok(())
}

fn no_sidecar() -> Outcome {
    let site = Site::new()?;
    let ran = site.manifests("sidecar", &site.application("overlays/openstack2", BY_NAME))?;
    says(ran, 1, "could not find cmp-server plugin with name \"multi-rhoso\"").map(drop)
}

/// Argo CD takes nothing for success and prunes all that is there; so nothing is a failure, unless it is asked for.
fn nothing() -> Outcome {
    let mut site = Site::new()?;
    site.sidecar("multi-rhoso", |plugin| plugin)?;
    let fleet = |how: &str| site.manifests("sidecar", &site.application("overlays/staged/fleet", how));
    says(
        fleet(BY_NAME)?,
        1,
        "nothing comes out of overlays/staged/fleet, and Argo CD would delete what is there",
    )?;
    let asked = fleet("plugin: {name: multi-rhoso, env: [{name: MAY_BE_EMPTY, value: \"true\"}]}")?;
    let asked = ok(asked)?;
    if asked.stdout.is_empty() { Ok(()) } else { Err(asked.complain("nothing was asked for")) }
}

/// With `discover` a plugin takes every application that has what it looks for; ours has none. Both are tried.
fn takes_no_other() -> Outcome {
    let mut site = Site::new()?;
    site.sandbox.write("overlays/plain/kustomization.yaml", "resources: [config.yaml]\n")?;
    let plain = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: plain, namespace: one}\n";
    site.sandbox.write("overlays/plain/config.yaml", plain)?;
    site.commit()?;
    site.sidecar("multi-rhoso", |plugin| plugin)?;
    let application = site.application("overlays/plain", "");
    let by = |site: &Site, type_: &str| -> Outcome {
        let ran = ok(site.manifests("sidecar", &application)?)?;
        objects::same(&objects::objects(plain)?, &objects::objects(&ran.stdout)?)?;
        let is_by = ran.stderr.contains(&format!("source 1 of 1: {type_}"));
        if is_by { Ok(()) } else { Err(ran.complain(&format!("not rendered by {type_}"))) }
    };
    by(&site, "Kustomize")?;
    let greedy = "  discover: {fileName: kustomization.yaml}\n";
    site.sidecar("greedy", |plugin| plugin.replace("name: multi-rhoso", "name: greedy") + greedy)?;
    by(&site, "Plugin")
}
