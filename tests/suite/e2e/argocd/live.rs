//! What Argo CD thinks of live objects: when a stage is ready, and what it takes for changed.

use std::process::Command;

use libtest_mimic::Failed;
use serde_json::{Value, json};

use super::super::objects;
use super::super::process::{self, Ran};
use super::super::tools::{self, Tool};
use super::super::{Case, Outcome};
use super::site::built;

const NEEDS: [Tool; 2] = [Tool::ArgoCd, Tool::Kustomize];

/// What is tested here.
pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::new("argocd::knows_when_a_stage_is_ready", &NEEDS, health),
        Case::new("argocd::takes_no_operators_work_for_a_change", &NEEDS, differences),
    ]
}

/// An object with the generation that it has, its status, and what Argo CD is to think of it.
fn table() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    let condition = |type_: &str, status: &str| json!({"conditions": [{"type": type_, "status": status}]});
    let failed = |type_: &str| json!({"conditions": [{"type": type_, "status": "False", "severity": "Error", "message": "it broke"}]});
    let policy = ("nmstate.io/v1", "NodeNetworkConfigurationPolicy");
    let plane = ("core.openstack.org/v1beta1", "OpenStackControlPlane");
    let nodes = ("dataplane.openstack.org/v1beta1", "OpenStackDataPlaneNodeSet");
    let deployment = ("dataplane.openstack.org/v1beta1", "OpenStackDataPlaneDeployment");
    let of_two = json!({"conditions": [{"type": "SetupReady", "status": "True"}, {"type": "Ready", "status": "False"}]});
    let rows = [
        (policy, json!({}), "Progressing"),
        (policy, condition("Available", "True"), "Healthy"),
        (policy, condition("Available", "False"), "Progressing"),
        (policy, condition("Ignored", "True"), "Healthy"),
        (policy, condition("Degraded", "True"), "Degraded"),
        (policy, condition("Degraded", "False"), "Progressing"),
        (plane, json!({}), "Progressing"),
        (plane, condition("Ready", "Unknown"), "Progressing"),
        (plane, condition("Ready", "False"), "Progressing"),
        (plane, condition("Ready", "True"), "Healthy"),
        (
            plane,
            json!({"observedGeneration": 1, "conditions": [{"type": "Ready", "status": "True"}]}),
            "Progressing",
        ),
        (
            plane,
            json!({"observedGeneration": 2, "conditions": [{"type": "Ready", "status": "True"}]}),
            "Healthy",
        ),
        (plane, failed("Ready"), "Degraded"),
        (nodes, json!({}), "Progressing"),
        // Ready only when the next stage is done: who waits for that waits for ever.
        (nodes, of_two, "Healthy"),
        (nodes, failed("SetupReady"), "Degraded"),
        (deployment, json!({}), "Progressing"),
        (deployment, condition("Ready", "True"), "Healthy"),
        (deployment, failed("Ready"), "Degraded"),
        (("metallb.io/v1beta1", "IPAddressPool"), json!({}), "None"),
    ];
    rows.map(|((version, kind), status, wanted)| (version, kind, status, wanted)).to_vec()
}

fn asked(subcommand: &str, files: &[(&str, &str)], arguments: &[&str]) -> Result<Ran, Failed> {
    let directory = tempfile::tempdir()?;
    for (name, text) in files {
        std::fs::write(directory.path().join(name), text)?;
    }
    std::fs::write(directory.path().join("settings"), built("plugin")?)?;
    let mut command = Command::new(tools::path(Tool::ArgoCd)?);
    command.current_dir(directory.path()).args([subcommand, "--settings=settings"]).args(arguments);
    process::ok(&mut command)
}

fn stream(objects: &[Value]) -> String {
    objects.iter().map(Value::to_string).collect::<Vec<_>>().join("\n---\n")
}

fn health() -> Outcome {
    let mut live = Vec::new();
    let mut wanted = Vec::new();
    for (at, (version, kind, status, health)) in table().into_iter().enumerate() {
        let metadata = json!({"name": format!("o{at}"), "generation": 2});
        let object = json!({"apiVersion": version, "kind": kind, "metadata": metadata, "status": status});
        live.push(object);
        wanted.push(format!("{kind} o{at}: {health}"));
    }
    let ran = asked("health", &[("live", &stream(&live))], &["live"])?;
    let said: Vec<&str> = ran.stdout.lines().collect();
    let is_so =
        said.len() == wanted.len() && said.iter().zip(&wanted).all(|(said, wanted)| said.starts_with(wanted));
    if is_so { Ok(()) } else { Err(ran.complain(&format!("wanted {wanted:#?}"))) }
}

/// An object as it is wanted, and what operators and their webhooks make of it.
fn written() -> Vec<(Value, Value)> {
    let object = |version: &str, kind: &str, spec: Value| {
        let metadata = json!({"name": "one", "namespace": "cloud"});
        json!({"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec})
    };
    let plane = |options: Value| {
        object(
            "core.openstack.org/v1beta1",
            "OpenStackControlPlane",
            json!({"dns": {"template": {"options": options}}}),
        )
    };
    let host = |spec: Value| object("metal3.io/v1alpha1", "BareMetalHost", spec);
    vec![
        (
            plane(json!([{"key": "server", "values": ["192.168.40.1"]}])),
            plane(
                json!([{"key": "server", "values": ["192.168.40.1"]}, {"key": "local", "values": ["/cloud.svc/"]}]),
            ),
        ),
        (
            host(json!({"bootMACAddress": "52:54:00:00:00:01", "online": false})),
            host(
                json!({"bootMACAddress": "52:54:00:00:00:01", "online": true, "consumerRef": {"name": "compute"}}),
            ),
        ),
    ]
}

/// Each of them would be a change without `ignoreDifferences`, and what a person changes is one with it.
fn differences() -> Outcome {
    let set = objects::objects(&built("fleet")?)?;
    let set =
        set.into_values().find(|one| one.get("kind") == Some(&json!("ApplicationSet"))).ok_or("no set")?;
    let spec = set.pointer("/spec/template/spec").ok_or("no template")?;
    let application = |spec: &Value| {
        json!({"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "one"}, "spec": spec})
            .to_string()
    };
    let (wanted, live): (Vec<Value>, Vec<Value>) = written().into_iter().unzip();
    let asked = |application: &str, live: &[Value]| {
        let files = [("application", application), ("wanted", &stream(&wanted)), ("live", &stream(live))];
        asked("diff", &files, &["--application=application", "wanted", "live"])
    };
    let plain = asked(&application(&json!({})), &live)?;
    let all: Vec<&str> = wanted.iter().filter_map(|one| one.get("kind")?.as_str()).collect();
    if plain.stdout.lines().count() != all.len() {
        return Err(plain.complain("an entry of ignoreDifferences is for nothing"));
    }
    let ours = application(spec);
    let ignored = asked(&ours, &live)?;
    if !ignored.stdout.is_empty() {
        return Err(ignored.complain("this is the operators' work"));
    }
    let mut changed = live;
    let value = changed.first_mut().and_then(|one| one.pointer_mut("/spec/dns/template/options/0/values/0"));
    *value.ok_or("no value")? = json!("192.168.40.2");
    let change = asked(&ours, &changed)?;
    let is_seen = change.stdout.trim() == "OpenStackControlPlane one";
    if is_seen { Ok(()) } else { Err(change.complain("a person's change is not seen")) }
}
