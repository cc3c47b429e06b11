//! What the API server holds of the first instance, fetched by the commands of `docs/import.md` and imported: the second
//! one is made of it, is what the overlay makes of the base, and is created strictly.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::reapply::{apply_once_relaxed, relaxed};
use super::side_by_side::{self, judge};
use super::stage;
use crate::cluster::Cluster;
use crate::manifests::{read, text_at, values};
use crate::render::{overlay, overlays};
use crate::servers::command;
use crate::{Outcome, metallb};

const PAGE: &str = "docs/import.md";
const FIRST: &str = "openstack";
const SECOND: &str = "openstack2";
/// What no manifest of a person has.
const WRITTEN: [&str; 9] = [
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "managedFields",
    "selfLink",
    "ownerReferences",
    "finalizers",
    "deletionTimestamp",
];
/// What stands beside the first instance: a person's objects, and what an operator would have made.
const BESIDE: [(&str, bool); 4] = [
    ("ConfigMap mine", true),
    ("Service mine", true),
    ("ConfigMap kube-root-ca.crt", false),
    ("ConfigMap owned", false),
];

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let place = tempfile::tempdir().map_err(|e| e.to_string())?;
    let (first, second) = instances()?;
    let mut staged = stage::stage(cluster, std::slice::from_ref(&first))?;
    stage::forget();
    relaxed(cluster)?;
    forget_policies(cluster)?;
    for item in known(cluster, &first.1)?.iter().chain(&beside()) {
        apply_once_relaxed(&cluster.kube, item)?;
    }
    let live = fetched(cluster, place.path())?;
    must_be_refused(cluster, &live)?;
    let base = imported(&live, place.path())?;
    let text = rendered(&base)?;
    as_the_overlay_renders_it(cluster, &text, &second.1)?;
    applied(cluster, place.path(), &text)?;
    let second = (second.0, text);
    stage::add(cluster, &mut staged, &second.0, &second.1)?;
    let created = second.1.clone();
    judge(cluster, &staged, &[first, second])?;
    // Others apply these objects under another name than kubectl's `create` has.
    gone(cluster, &created)
}

fn gone(cluster: &Cluster, text: &str) -> Outcome<()> {
    values(text)?.iter().try_for_each(|item| cluster.kube.delete(&cluster.kube.path(item)?))
}

/// The node policies that other scenarios have left: a person who imports leaves out those of other instances.
fn forget_policies(cluster: &Cluster) -> Outcome<()> {
    let policy = json!({"apiVersion": "nmstate.io/v1", "kind": "NodeNetworkConfigurationPolicy", "metadata": {"name": "any"}});
    if cluster.kube.path(&policy).is_err() {
        return Ok(());
    }
    kubectl(cluster, &["delete", "nodenetworkconfigurationpolicies", "--all"]).map(drop)
}

/// The first two instances and what their overlays render.
fn instances() -> Outcome<(stage::Rendered, stage::Rendered)> {
    let of = |name: &str| {
        let instance = side_by_side::layout().into_iter().find(|instance| instance.overlay == name);
        Ok::<_, String>((instance.ok_or_else(|| format!("no instance {name}"))?, overlay(name)?))
    };
    Ok((of(FIRST)?, of(SECOND)?))
}

/// The objects of a text that the server has a type for: OpenStack's come with the corpus.
fn known(cluster: &Cluster, text: &str) -> Outcome<Vec<Value>> {
    Ok(values(text)?.into_iter().filter(|item| cluster.kube.path(item).is_ok()).collect())
}

fn beside() -> Vec<Value> {
    let metadata = |name: &str| json!({"name": name, "namespace": FIRST});
    let owner =
        json!([{"apiVersion": "apps/v1", "kind": "Deployment", "name": "a", "uid": "b", "controller": true}]);
    let map = |name: &str| json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata(name), "data": {"a": "b\nc\n"}});
    let mut owned = map("owned");
    owned["metadata"]["ownerReferences"] = owner;
    let ports = json!([{"name": "api", "port": 80, "protocol": "TCP"}]);
    vec![
        map("mine"),
        map("kube-root-ca.crt"),
        owned,
        json!({"apiVersion": "v1", "kind": "Service", "metadata": metadata("mine"),
            "spec": {"type": "NodePort", "ports": ports, "selector": {"app": "mine"}}}),
    ]
}

/// The files that the commands of the page write, with everything that the server knows of an object.
fn fetched(cluster: &Cluster, place: &Path) -> Outcome<Vec<PathBuf>> {
    let page = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE))?;
    let offered = kubectl(cluster, &["api-resources", "--no-headers"])?;
    // The short names, the plural and the kind are all names.
    let names: BTreeSet<String> =
        offered.lines().flat_map(|line| line.split([' ', ',']).map(str::to_lowercase)).collect();
    let lines = page.lines().filter_map(|line| line.strip_prefix("kubectl get ")?.split_once(" > "));
    let mut files = Vec::new();
    for (arguments, file) in lines {
        let mut words: Vec<String> = arguments.split(' ').map(str::to_owned).collect();
        for word in words.iter_mut().filter(|word| word.contains(',')) {
            let known: Vec<&str> = word.split(',').filter(|name| is_offered(&names, name)).collect();
            *word = known.join(",");
        }
        let words: Vec<&str> =
            ["get", "--show-managed-fields"].into_iter().chain(words.iter().map(String::as_str)).collect();
        let path = place.join(file);
        fs::write(&path, kubectl(cluster, &words)?).map_err(|e| e.to_string())?;
        files.push(path);
    }
    if files.len() == 3 { Ok(files) } else { Err(format!("{PAGE} has {} commands that fetch", files.len())) }
}

fn is_offered(names: &BTreeSet<String>, name: &str) -> bool {
    names.contains(name) || names.contains(&format!("{name}s"))
}

/// What is fetched cannot be created elsewhere as it is: the import has something to do.
fn must_be_refused(cluster: &Cluster, live: &[PathBuf]) -> Outcome<()> {
    let list: Value =
        serde_yaml::from_str(&read(live.last().ok_or("nothing was fetched")?)?).map_err(|e| e.to_string())?;
    let items = list["items"].as_array().cloned().unwrap_or_default();
    let is_mine = |item: &&Value| item["kind"] == "Service" && item["metadata"]["name"] == "mine";
    let mut service = items.iter().find(is_mine).ok_or("the Service is not among what was fetched")?.clone();
    service["metadata"]["namespace"] = json!(SECOND);
    let reply = cluster.kube.create(&service)?;
    if reply.status < 400 { Err("a live Service is created as it is".to_owned()) } else { Ok(()) }
}

fn kubectl(cluster: &Cluster, arguments: &[&str]) -> Outcome<String> {
    let config = format!("--kubeconfig={}", cluster.servers.run.join("kubeconfig").display());
    command("kubectl", &[&[config.as_str()], arguments].concat())
}

fn imported(live: &[PathBuf], place: &Path) -> Outcome<PathBuf> {
    let base = place.join("base");
    let mut import = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    let output = import.args(["import", "-v"]).args(live).arg("--output").arg(&base).output();
    let output = output.map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        return Err(said);
    }
    for (name, stays) in BESIDE {
        let (kind, name) = name.split_once(' ').ok_or("no name")?;
        let left_out = said.contains(&format!("{kind} {FIRST}/{name}: left out"));
        if left_out == stays {
            return Err(format!("{kind} {name}: left out is {left_out}; {said}"));
        }
    }
    Ok(base)
}

/// The second instance, made of the imported base by the function. The plan is in no cluster.
fn rendered(base: &Path) -> Outcome<String> {
    let binary = env!("CARGO_BIN_EXE_multi-rhoso");
    let plan = overlays().join("base/plan.yaml");
    let config = overlays().join(SECOND).join(format!("instance/{SECOND}.yaml"));
    let paths = [base.to_string_lossy(), plan.to_string_lossy(), config.to_string_lossy()];
    command(binary, &["eval", &paths[0], &paths[1], "--config", &paths[2]])
}

/// The same objects as the overlay makes of the base, but for Secrets, and what a person has beside them; in each all
/// that the overlay says of the spec.
fn as_the_overlay_renders_it(cluster: &Cluster, text: &str, expected: &str) -> Outcome<()> {
    let got = values(text)?;
    for item in &got {
        let left = WRITTEN.iter().find(|field| item["metadata"].get(field).is_some());
        if left.is_some() || item.get("status").is_some() {
            return Err(format!("{} is left in {}", left.unwrap_or(&"status"), name(item)));
        }
    }
    let wanted = known(cluster, expected)?.into_iter().filter(|item| !is_elsewhere(item));
    let mut names: BTreeSet<String> = got.iter().map(name).collect();
    for item in wanted {
        let same = got.iter().find(|other| name(other) == name(&item));
        let same = same.ok_or_else(|| format!("{} is not made of the import: {names:?}", name(&item)))?;
        says(&same["spec"], &item["spec"]).map_err(|place| format!("{} spec{place} differs", name(&item)))?;
        names.remove(&name(&item));
    }
    let rest: Vec<String> = names.into_iter().collect();
    let mine = ["ConfigMap openstack2/mine", "Service openstack2/mine"];
    if rest == mine { Ok(()) } else { Err(format!("beside the overlay's there are {rest:?}")) }
}

/// Secrets are not printed, and the page does not fetch the Namespace.
fn is_elsewhere(item: &Value) -> bool {
    item["kind"] == "Secret" || item["kind"] == "Namespace"
}

fn name(item: &Value) -> String {
    let text = |pointer| text_at(item, pointer);
    format!("{} {}/{}", text("/kind"), text("/metadata/namespace"), text("/metadata/name"))
}

/// Whether all that is wanted is there; a server adds defaults. The error is where it is not.
fn says(got: &Value, wanted: &Value) -> Result<(), String> {
    match (got, wanted) {
        (Value::Object(got), Value::Object(wanted)) => wanted.iter().try_for_each(|(key, wanted)| {
            let got = got.get(key).unwrap_or(&Value::Null);
            says(got, wanted).map_err(|place| format!(".{key}{place}"))
        }),
        (Value::Array(got), Value::Array(wanted)) if got.len() == wanted.len() => {
            let mut each = got.iter().zip(wanted).enumerate();
            each.try_for_each(|(index, (got, wanted))| {
                says(got, wanted).map_err(|place| format!("[{index}]{place}"))
            })
        }
        _ if got == wanted => Ok(()),
        _ => Err(format!(" ({got} for {wanted})")),
    }
}

/// Created anew and strictly, by kubectl.
fn applied(cluster: &Cluster, place: &Path, text: &str) -> Outcome<()> {
    gone(cluster, text)?;
    let file = place.join("second.yaml");
    fs::write(&file, text).map_err(|e| e.to_string())?;
    let file = file.to_string_lossy();
    let said = kubectl(cluster, &["create", "--validate=strict", "-f", &file])?;
    let expected = values(text)?.len();
    let created = said.lines().filter(|line| line.ends_with(" created")).count();
    println!("import: {created} objects of {SECOND} created strictly out of what {FIRST} is on the server");
    let services = metallb::given(&cluster.kube, SECOND)?;
    if created == expected && services.is_empty() {
        return kubectl(
            cluster,
            &["apply", "--server-side", "--validate=strict", "--force-conflicts", "-f", &file],
        )
        .map(drop);
    }
    Err(format!("{created} of {expected} were created: {said}"))
}
