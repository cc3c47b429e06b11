//! `argocd/` brought to a cluster that has Argo CD already: a server-side apply adds to what is there and takes nothing
//! away, refuses to overrule a person, and outlives Argo CD's next update. What Argo CD's types say of the rest is strict.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::kube::Kube;
use crate::manifests::{read, text_at, values};
use crate::{Outcome, crds, render};

const NAMESPACE: &str = "argocd";
const OPTIONS: &str = "/data/kustomize.buildOptions";
/// Where the names of a Deployment's containers are.
const POD: &str = "/spec/template/spec";

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let kube = &cluster.kube;
    let theirs = argocds_own()?;
    let types: Vec<Value> =
        theirs.iter().filter(|one| one["kind"] == "CustomResourceDefinition").cloned().collect();
    crds::install(kube, &types)?;
    kube.apply(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}))?;
    let changed = ["argocd-repo-server", "argocd-cm"];
    let changed: Vec<Value> = theirs
        .into_iter()
        .filter(|one| changed.contains(&text_at(one, "/metadata/name")))
        .filter(|one| ["Deployment", "ConfigMap"].contains(&text_at(one, "/kind")))
        .map(in_namespace)
        .collect();
    for directory in ["plugin", "sidecar"] {
        added(kube, &changed, directory).map_err(|error| format!("argocd/{directory}: {error}"))?;
    }
    refused(kube, &changed)?;
    for item in
        values(&render::argocd("fleet")?)?.iter().chain(&values(&render::argocd("fleet-by-sidecar")?)?)
    {
        ours(kube, item)?;
    }
    Ok(())
}

/// What Argo CD's own module installs.
fn argocds_own() -> Outcome<Vec<Value>> {
    let tools = std::env::var_os("MULTI_RHOSO_PROVE").ok_or("MULTI_RHOSO_PROVE is not set")?;
    values(&read(&PathBuf::from(tools).join("argocd-install.yaml"))?)
}

fn in_namespace(mut item: Value) -> Value {
    item["metadata"]["namespace"] = json!(NAMESPACE);
    item
}

/// `kubectl apply --server-side --field-manager=multi-rhoso`, without force.
fn ours(kube: &Kube, item: &Value) -> Outcome<Value> {
    let path = format!("{}?fieldManager=multi-rhoso&fieldValidation=Strict", kube.path(item)?);
    let reply = kube.send("PATCH", &path, "application/apply-patch+yaml", item.to_string().as_bytes())?;
    reply.body_or_error().map_err(|error| format!("apply {path}: {error}"))
}

/// Argo CD as it is installed, with nothing of ours.
fn fresh(kube: &Kube, theirs: &[Value]) -> Outcome<()> {
    theirs.iter().try_for_each(|item| {
        kube.delete(&kube.path(item)?)?;
        kube.apply(item).map(drop)
    })
}

/// All that was there is there as it was, with ours beside it; also after Argo CD's manifests come again.
fn added(kube: &Kube, theirs: &[Value], directory: &str) -> Outcome<()> {
    fresh(kube, theirs)?;
    for item in values(&render::argocd(directory)?)? {
        ours(kube, &in_namespace(item))?;
    }
    theirs.iter().try_for_each(|item| kube.apply(item).map(drop))?;
    for item in theirs {
        let stored = kube.get(&kube.path(item)?)?;
        let lists = ["initContainers", "containers", "volumes"];
        for list in lists.map(|list| format!("{POD}/{list}")) {
            let names = |object: &Value| -> Vec<String> {
                let all = object.pointer(&list).and_then(Value::as_array).into_iter().flatten();
                all.map(|one| text_at(one, "/name").to_owned()).collect()
            };
            let stored = names(&stored);
            if let Some(gone) = names(item).iter().find(|name| !stored.contains(name)) {
                return Err(format!("{gone} is gone from {list}"));
            }
        }
        let is_there = |list: &str, name: &str| {
            let all = stored.pointer(&format!("{POD}/{list}")).and_then(Value::as_array);
            all.into_iter().flatten().any(|one| text_at(one, "/name") == name)
        };
        let is_right = if item["kind"] == "Deployment" {
            is_there("initContainers", "multi-rhoso-install")
                && is_there("containers", "multi-rhoso") == (directory == "sidecar")
        } else {
            stored.pointer(OPTIONS).is_some() == (directory == "plugin")
        };
        if !is_right {
            return Err(format!("{} has not what it was given", text_at(item, "/metadata/name")));
        }
    }
    Ok(())
}

/// Build options that somebody set are somebody's decision.
fn refused(kube: &Kube, theirs: &[Value]) -> Outcome<()> {
    fresh(kube, theirs)?;
    let mut map = theirs.iter().find(|one| one["kind"] == "ConfigMap").ok_or("no argocd-cm")?.clone();
    map["data"]["kustomize.buildOptions"] = json!("--enable-helm");
    kube.apply(&map)?;
    let all = values(&render::argocd("plugin")?)?;
    let own = all.into_iter().find(|one| one["kind"] == "ConfigMap").ok_or("no ConfigMap of ours")?;
    match ours(kube, &in_namespace(own)) {
        Err(error) if error.contains("kustomize.buildOptions") => Ok(()),
        other => Err(format!("somebody's build options were overruled: {other:?}")),
    }
}
