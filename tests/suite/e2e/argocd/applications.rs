//! `argocd/fleet`: what Argo CD's own code for an `ApplicationSet` makes of it, and what the repo-server renders of that.

use std::collections::BTreeMap;
use std::path::Path;

use libtest_mimic::Failed;
use serde::Deserialize;
use serde_json::Value;

use super::super::kustomize;
use super::super::objects::{self, Objects};
use super::super::process::{self, says};
use super::super::sandbox::{BINARY, Mechanism, PROJECT, copy_directory};
use super::super::stages::{INSTANCES, STAGES, stage_of};
use super::super::tools::{self, Tool};
use super::super::{Case, Outcome};
use super::site::Site;
use super::{NEEDS, ok};

/// The ways in, each with the settings that belong to it.
const WAYS: [(&str, &str); 2] = [("fleet", "plugin"), ("fleet-by-sidecar", "sidecar")];

/// What is tested here.
pub(super) fn cases() -> Vec<Case> {
    let ways = WAYS.into_iter().flat_map(|(directory, settings)| {
        let name = |what: &str| format!("argocd::{directory}::{what}");
        [
            Case::new(name("stage_by_stage"), &NEEDS, move || stage_by_stage(directory, settings)),
            Case::new(name("checked_before_all"), &NEEDS, move || checked_before_all(directory, settings)),
        ]
    });
    ways.chain([Case::new("argocd::fleet::follows_the_plan", &NEEDS, follows_the_plan)]).collect()
}

/// A site whose sidecar runs where the way needs it.
fn site(settings: &str) -> Result<Site, Failed> {
    let mut site = Site::new()?;
    if settings == "sidecar" {
        site.sidecar("multi-rhoso", |plugin| plugin)?;
    }
    Ok(site)
}

/// The Applications of a directory of `argocd/`, by name; its `where.yaml` says this test's repository.
fn applications(site: &Site, directory: &str) -> Result<BTreeMap<String, String>, Failed> {
    copy_directory(&Path::new(PROJECT).join("argocd"), &site.sandbox.path("argocd"))?;
    let place = std::fs::read_to_string(site.sandbox.path("argocd/fleet/where.yaml"))?;
    let place = place.replace("https://git.example.com/rhoso.git", &site.repository());
    site.sandbox.write("argocd/fleet/where.yaml", &place)?;
    let mut build = site.sandbox.command(tools::path(Tool::Kustomize)?)?;
    let set = process::ok(build.arg("build").arg(format!("argocd/{directory}")))?.stdout;
    site.sandbox.write("set.yaml", &set)?;
    let made = ok(site.ask("applications", &["set.yaml"])?)?.stdout;
    let mut applications = BTreeMap::new();
    for document in serde_yaml::Deserializer::from_str(&made) {
        let value = Value::deserialize(document)?;
        let name = value.pointer("/metadata/name").and_then(Value::as_str).ok_or("no name")?;
        applications.insert(name.to_owned(), value.to_string());
    }
    Ok(applications)
}

/// Takes an annotation off each object, and gives its values.
fn taken(objects: &mut Objects, annotation: &str) -> Vec<String> {
    let take = |object: &mut Value| {
        let annotations = object.pointer_mut("/metadata/annotations")?.as_object_mut()?;
        let value = annotations.remove(annotation)?.as_str()?.to_owned();
        if annotations.is_empty() {
            object.pointer_mut("/metadata")?.as_object_mut()?.remove("annotations");
        }
        Some(value)
    };
    objects.values_mut().filter_map(take).collect()
}

/// Each instance's objects, each in the wave of its stage, are what kustomize builds of the instance; and no object is two
/// Applications'.
fn stage_by_stage(directory: &str, settings: &str) -> Outcome {
    let site = site(settings)?;
    let mut all = String::new();
    for (instance, application) in applications(&site, directory)? {
        let ran = ok(site.manifests(settings, &application)?)?;
        all += &ran.stdout;
        let mut rendered = objects::objects(&ran.stdout)?;
        for (wave, stage) in (1..).zip(STAGES) {
            let wave = Value::from(format!("{wave}"));
            for id in stage_of(&site.sandbox, &instance, stage)?.keys() {
                let object = rendered.get(id).ok_or_else(|| format!("{id:?} is missing"))?;
                if object.pointer("/metadata/annotations/argocd.argoproj.io~1sync-wave") != Some(&wave) {
                    return Err(format!("{id:?} is not in wave {wave}").into());
                }
            }
        }
        taken(&mut rendered, "argocd.argoproj.io/sync-wave");
        let path = format!("overlays/staged/{instance}");
        let whole = kustomize::build(&site.sandbox, Tool::Kustomize, Mechanism::Plugin, &path)?;
        objects::same(&objects::objects(&whole.stdout)?, &rendered)?;
    }
    // Fails where an object is there twice.
    let peers = objects::objects(&all)?.into_keys().filter(|(kind, ..)| kind == "BGPPeer").count();
    if peers == 1 { Ok(()) } else { Err(format!("{peers} Applications have the peer of all").into()) }
}

/// Two instances with one address: every Application says so, in the words of the rule, and none is rendered.
fn checked_before_all(directory: &str, settings: &str) -> Outcome {
    let site = site(settings)?;
    site.sandbox.write(
        "overlays/staged/cloud2/instance/cloud2.yaml",
        "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nmetadata: {name: cloud2}\nspec:\n  \
         plan: plan\n  networks: [{name: storage, from: {addresses: [172.21.0.0/24]}}]\n",
    )?;
    site.commit()?;
    let applications = applications(&site, directory)?;
    for instance in INSTANCES {
        let application = applications.get(instance).ok_or("no Application")?;
        let ran = says(site.manifests(settings, application)?, 1, "[pool-overlap]")?;
        let is_first = ran.stderr.contains("failed to generate manifest for source 1 of 6");
        if !is_first || !ran.stderr.contains("IPAddressPool metallb-system/cloud2-storage") {
            return Err(ran.complain("it does not say which object, or another source was asked first"));
        }
    }
    Ok(())
}

/// An instance more in the plan is an Application more, and one less one less.
fn follows_the_plan() -> Outcome {
    let site = site("plugin")?;
    let names = |site: &Site| -> Result<Vec<String>, Failed> {
        Ok(applications(site, "fleet")?.into_keys().collect())
    };
    if names(&site)? != INSTANCES {
        return Err(format!("the Applications are {:?}", names(&site)?).into());
    }
    process::ok(site.sandbox.command(BINARY)?.args(["new", "cloud3", "overlays/staged"]))?;
    site.commit()?;
    let more = applications(&site, "fleet")?;
    let third = more.get("cloud3").ok_or("cloud3 has no Application")?;
    ok(site.manifests("plugin", third)?)?;
    process::ok(site.sandbox.command(BINARY)?.args(["remove", "cloud3", "overlays/staged"]))?;
    site.commit()?;
    if names(&site)? == INSTANCES { Ok(()) } else { Err("cloud3 is still there".into()) }
}
