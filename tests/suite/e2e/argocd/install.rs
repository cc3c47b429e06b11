//! What a person applies: every directory of `argocd/` builds, and fits what Argo CD's own manifests install.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::super::objects::{self, Objects};
use super::super::process;
use super::super::sandbox::{Mechanism, PROJECT, Sandbox};
use super::super::tools::{self, Tool};
use super::super::{Case, Outcome};
use super::site::built;

const REPO_SERVER: (&str, &str) = ("Deployment", "argocd-repo-server");

/// What is tested here.
pub(super) fn cases() -> Vec<Case> {
    let fits = ["plugin", "sidecar"].map(|directory| {
        let needs = [Tool::Kustomize, Tool::ArgoCd];
        Case::new(format!("argocd::fits_the_real_install::{directory}"), &needs, move || fits(directory))
    });
    let mut cases = vec![
        Case::new("argocd::every_directory_builds", &[Tool::Kustomize], every_directory),
        Case::new("argocd::openshift_gitops_says_the_same", &[Tool::Kustomize], openshift_gitops),
    ];
    cases.extend(fits);
    cases
}

fn every_directory() -> Outcome {
    let mut count = 0;
    for entry in fs::read_dir(Path::new(PROJECT).join("argocd"))? {
        let name = entry?.file_name();
        let name = name.to_str().ok_or("a path is no text")?;
        if objects::objects(&built(name)?)?.is_empty() {
            return Err(format!("argocd/{name} has no object").into());
        }
        count += 1;
    }
    if count >= 6 { Ok(()) } else { Err("directories are missing".into()) }
}

fn object<'a>(objects: &'a Objects, (kind, name): (&str, &str)) -> Result<&'a Value, String> {
    let mut found = objects.iter().filter(|((k, _, n), _)| k == kind && n == name);
    found.next().map(|(_, value)| value).ok_or_else(|| format!("{kind} {name} is missing"))
}

/// Argo CD's own manifests with ours merged into them, as kustomize merges. What is new is a resource of its own.
fn fits(directory: &str) -> Outcome {
    let sandbox = Sandbox::new(Mechanism::Plugin)?;
    let pinned = tools::path(Tool::ArgoCd)?.with_file_name("argocd-install.yaml");
    fs::copy(pinned, sandbox.path("install.yaml"))?;
    let ours = built(directory)?;
    let (new, patches): (Vec<&str>, Vec<&str>) = ours
        .split("---\n")
        .partition(|one| one.contains("name: multi-rhoso-plugin\n") && one.contains("\ndata:"));
    sandbox.write("patches.yaml", &patches.join("---\n"))?;
    let mut resources = "resources:\n- install.yaml\n".to_owned();
    if !new.is_empty() {
        sandbox.write("new.yaml", &new.concat())?;
        resources += "- new.yaml\n";
    }
    sandbox.write("kustomization.yaml", &format!("{resources}patches:\n- path: patches.yaml\n"))?;
    let ran = process::ok(sandbox.command(tools::path(Tool::Kustomize)?)?.args(["build", "."]))?;
    let merged = objects::objects(&ran.stdout)?;
    let pod = object(&merged, REPO_SERVER)?.pointer("/spec/template/spec").ok_or("no Pod")?;
    whole(pod)
}

/// Every container has an image, and every mount a volume.
fn whole(pod: &Value) -> Outcome {
    let list =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let volumes = list(pod, "volumes");
    for container in list(pod, "initContainers").iter().chain(&list(pod, "containers")) {
        if container.get("image").is_none() {
            return Err(format!("{container} has no image: its name is not Argo CD's").into());
        }
        for mount in list(container, "volumeMounts") {
            if !volumes.iter().any(|volume| volume.get("name") == mount.get("name")) {
                return Err(format!("{mount} has no volume").into());
            }
        }
    }
    let mut installs = list(pod, "initContainers").into_iter();
    let is_there = installs.any(|one| one.get("name") == Some(&json!("multi-rhoso-install")));
    if is_there { Ok(()) } else { Err("the program is not installed".into()) }
}

/// The operator's object says what the Deployment and the ConfigMap say, and those are not applied.
fn openshift_gitops() -> Outcome {
    let theirs = objects::objects(&built("openshift-gitops")?)?;
    let ours = objects::objects(&built("plugin")?)?;
    let argocd = object(&theirs, ("ArgoCD", "openshift-gitops"))?;
    let pod = object(&ours, REPO_SERVER)?.pointer("/spec/template/spec").ok_or("no Pod")?;
    let pairs = [
        ("/spec/repo/initContainers", pod.pointer("/initContainers")),
        ("/spec/repo/volumes", pod.pointer("/volumes")),
        ("/spec/repo/env", pod.pointer("/containers/0/env")),
        ("/spec/repo/volumeMounts", pod.pointer("/containers/0/volumeMounts")),
        ("/spec/extraConfig", object(&ours, ("ConfigMap", "argocd-cm"))?.get("data")),
    ];
    for (path, wanted) in pairs {
        if wanted.is_none() || argocd.pointer(path) != wanted {
            return Err(format!("{path} is {:?}", argocd.pointer(path)).into());
        }
    }
    if theirs.len() == 1 { Ok(()) } else { Err(format!("more is applied: {:?}", theirs.keys()).into()) }
}
