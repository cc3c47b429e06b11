//! What `patch` prints, put before an API server that holds something else by then: refused, and the object left as it is.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::patch::{Steps, ran, with_cluster};
use crate::Outcome;
use crate::cluster::Cluster;
use crate::manifests::{read, text_at};

const JSON_PATCH: &str = "application/json-patch+json";

/// The first commands of a step that is refused leave the object as it is.
fn is_refused(cluster: &Cluster, step: &Value) -> Outcome<()> {
    let path = path(cluster, step)?;
    let before = cluster.kube.get(&path)?;
    let arguments: Vec<String> =
        serde_json::from_value(step["commands"][0]["arguments"].clone()).map_err(|e| e.to_string())?;
    let mut command = with_cluster(cluster, &arguments[0]);
    command.args(&arguments[1..]);
    let (done, stdout, stderr) = ran(command)?;
    let after = cluster.kube.get(&path)?;
    if done
        || before["spec"] != after["spec"]
        || before["metadata"]["annotations"] != after["metadata"]["annotations"]
    {
        return Err(format!("{arguments:?} is not refused: {stdout}{stderr}"));
    }
    // Neither of the two says which test it was.
    if stderr.contains("The request is invalid") {
        Ok(())
    } else {
        Err(format!("for another reason: {stderr}"))
    }
}

/// The document of a step would be taken now.
fn is_accepted(cluster: &Cluster, step: &Value) -> Outcome<()> {
    let path = format!("{}?dryRun=All", path(cluster, step)?);
    let reply = cluster.kube.send("PATCH", &path, JSON_PATCH, step["patch"].to_string().as_bytes())?;
    reply.body_or_error().map(drop).map_err(|e| format!("{path}: {e}"))
}

/// Where a step's object lives.
fn path(cluster: &Cluster, step: &Value) -> Outcome<String> {
    cluster.kube.path(&json!({
        "apiVersion": step["object"]["apiVersion"], "kind": step["object"]["kind"],
        "metadata": {"name": step["object"]["name"], "namespace": step["object"]["namespace"]},
    }))
}

/// What a step is to change is changed by somebody else before, and then put back.
pub(super) fn meddled_is_refused(cluster: &Cluster, steps: &Steps, index: usize) -> Outcome<()> {
    let step = &steps.all[index];
    let operations = step["patch"].as_array().ok_or("no patch")?;
    is_accepted(cluster, step)?;
    for operation in operations.iter().filter(|operation| operation["op"] != "test") {
        let path = &operation["path"];
        let tested = operations.iter().find(|test| test["op"] == "test" && test["path"] == *path);
        let tested = tested.ok_or_else(|| format!("{path} is not tested"))?;
        let undo = match &tested["value"] {
            Value::Null => json!({"op": "remove", "path": path}),
            value => json!({"op": "replace", "path": path, "value": value}),
        };
        changed(cluster, step, operation)?;
        is_refused(cluster, step)?;
        changed(cluster, step, &undo)?;
    }
    Ok(())
}

/// Changes a step's object by one operation, past kubectl.
fn changed(cluster: &Cluster, step: &Value, operation: &Value) -> Outcome<()> {
    let path = path(cluster, step)?;
    let body = json!([operation]).to_string();
    cluster.kube.send("PATCH", &path, JSON_PATCH, body.as_bytes())?.body_or_error().map(drop)
}

/// A pool that somebody has given more addresses is not deleted, and neither is one that only has the same name.
pub(super) fn a_changed_one_does_not_go(cluster: &Cluster, steps: &Steps) -> Outcome<()> {
    let step = steps.all.iter().find(|step| step["action"] == "replace").ok_or("no pool is replaced")?;
    is_accepted(cluster, step)?;
    let more = json!({"op": "add", "path": "/spec/addresses/-", "value": "10.99.0.1-10.99.0.9"});
    changed(cluster, step, &more)?;
    is_refused(cluster, step)?;
    changed(cluster, step, &json!({"op": "remove", "path": "/spec/addresses/1"}))?;
    let delete = steps.all.iter().find(|step| step["action"] == "delete").ok_or("nothing is deleted")?;
    let path = path(cluster, delete)?;
    let old = cluster.kube.get(&path)?;
    cluster.kube.delete(&path)?;
    let again = json!({
        "apiVersion": old["apiVersion"], "kind": old["kind"], "spec": old["spec"],
        "metadata": {"name": old["metadata"]["name"], "namespace": old["metadata"]["namespace"]},
    });
    let again = cluster.kube.create(&again)?.body_or_error()?;
    is_refused(cluster, delete)?;
    // So that the script finds what it tests, its document is of the one that is there now.
    let file = text_at(delete, "/commands/0/arguments/5").trim_start_matches("--patch-file=").to_owned();
    let text = read(Path::new(&file))?;
    let text = text.replace(text_at(&old, "/metadata/uid"), text_at(&again, "/metadata/uid"));
    fs::write(&file, text).map_err(|e| format!("{file}: {e}"))
}

/// What kubectl and the API server write otherwise in JSON is the same to a test.
pub(super) fn strings_are_tested(cluster: &Cluster) -> Outcome<()> {
    let text = "<a> & \"b\" \u{2028} größe\n";
    let (place, same) = ("/metadata/annotations/note", "l2advertisements/storage");
    for (document, is_done) in [
        (json!([{"op": "add", "path": "/metadata/annotations", "value": {"note": text}}]), true),
        (json!([{"op": "test", "path": place, "value": text}]), true),
        (json!([{"op": "test", "path": place, "value": "<a>"}]), false),
        (json!([{"op": "remove", "path": "/metadata/annotations"}]), true),
    ] {
        let mut command = with_cluster(cluster, "kubectl");
        command.args(["patch", same, "--namespace=metallb-system", "--type=json", "--patch"]);
        command.arg(document.to_string());
        let (done, _, stderr) = ran(command)?;
        if done != is_done {
            return Err(format!("{document}: {done}: {stderr}"));
        }
    }
    Ok(())
}
