//! `patch` on a live instance: what `kubectl get` prints goes in, and the script that comes out is run by a shell while
//! every Service is watched and the operators follow the control plane. What somebody has changed meanwhile is refused.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use multi_rhoso::run::{MEASURED, Measured};
use serde_json::Value;
use tempfile::TempDir;

use super::one_to_two::{Data, Fates, documented_config, lost, moved, plain_base};
use super::patch_refused::{a_changed_one_does_not_go, meddled_is_refused, strings_are_tested};
use super::reapply::{CONTROL_PLANES, apply_once_relaxed};
use super::side_by_side::{judge, rendered};
use super::stage::{self, Instance, Staged};
use crate::cluster::Cluster;
use crate::manifests::{read, scenario, text_at, values};
use crate::metallb::{self, until};
use crate::render::{base, overlays, transform_text};
use crate::report::table;
use crate::{Outcome, crds, operators};

const HEAD: [&str; 4] = ["steps", "Services watched", "lost their address", "have another one now"];
const PLANE: &str =
    "/apis/core.openstack.org/v1beta1/namespaces/openstack/openstackcontrolplanes/controlplane";
/// What is asked for of a cluster with one instance, as `docs/patch.md` has it.
const GET: [&[&str]; 3] = [
    &[
        "--namespace=metallb-system",
        "ipaddresspools,l2advertisements,bgpadvertisements,bgppeers,bfdprofiles,communities",
    ],
    &["--namespace=openstack", "openstackcontrolplanes,netconfigs,network-attachment-definitions"],
    &["nodenetworkconfigurationpolicies", "worker-0", "worker-1"],
];

/// The steps for what is live, as files of a directory and as data.
pub(super) struct Steps {
    directory: TempDir,
    pub(super) all: Vec<Value>,
}

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    if crds::corpus().is_none() {
        println!("no MULTI_RHOSO_CORPUS: there is no control plane to be patched");
        return Ok(());
    }
    crds::relax(&cluster.kube, CONTROL_PLANES)?;
    let data: Data = scenario("one-to-two.yaml");
    let fates = [in_place(cluster, &data)?, replaced(cluster, &data)?];
    for (measured, fates) in MEASURED.iter().zip(&fates) {
        is_measured(measured, fates)?;
    }
    let row = |(measured, fates): (&Measured, &Fates)| {
        let counts = [fates.len(), lost(fates), moved(fates)].map(|count| count.to_string());
        let [services, lost, moved] = counts;
        [measured.way.to_owned(), services, lost, moved]
    };
    let rows: Vec<_> = MEASURED.iter().zip(&fates).map(row).collect();
    cluster.report.add("patch", table(HEAD, &rows));
    Ok(())
}

/// What the program says that was measured.
fn is_measured(measured: &Measured, fates: &Fates) -> Outcome<()> {
    let longest = fates.values().map(|fate| fate.without).max().unwrap_or_default();
    println!("{}: without an address for {longest:.1?} at most", measured.way);
    let counts = (fates.len(), lost(fates), moved(fates));
    let is_so = counts == (measured.services, measured.lost, measured.others)
        && longest.as_secs_f32() <= f32::from(u16::try_from(measured.seconds).unwrap());
    if is_so { Ok(()) } else { Err(format!("{measured:?}, and now {counts:?} in {longest:.1?}: {fates:?}")) }
}

/// The names stay: patches alone, and each is refused where somebody else was there before.
fn in_place(cluster: &Cluster, data: &Data) -> Outcome<Fates> {
    let (mut staged, watch) = live(cluster, data)?;
    let config = documented_config()?;
    let after = transform_text(&base("base")?, &config)?;
    let steps = steps(cluster, &config, None)?;
    if let Some(step) = steps.all.iter().find(|step| step["action"] != "patch") {
        return Err(format!("not a patch: {step}"));
    }
    steps.all.iter().enumerate().try_for_each(|(index, _)| meddled_is_refused(cluster, &steps, index))?;
    strings_are_tested(cluster)?;
    do_all(cluster, &mut staged, &data.first, &steps)?;
    nothing_is_left(cluster, &config, None)?;
    is_as_rendered(cluster, &after)?;
    judge(cluster, &staged, &[(data.first.clone(), after)])?;
    watch.end()
}

/// The names become those of the overlay: the old objects go and others come.
fn replaced(cluster: &Cluster, data: &Data) -> Outcome<Fates> {
    let (mut staged, watch) = live(cluster, data)?;
    let own: Vec<_> =
        rendered()?.into_iter().filter(|(instance, _)| instance.overlay == data.first.overlay).collect();
    let (instance, after) = own.first().ok_or("no overlay of the first instance")?;
    let config = read(&overlays().join("openstack/instance/openstack.yaml"))?;
    let plan = overlays().join("base/plan.yaml");
    let steps = steps(cluster, &config, Some(&plan))?;
    a_changed_one_does_not_go(cluster, &steps)?;
    do_all(cluster, &mut staged, instance, &steps)?;
    nothing_is_left(cluster, &config, Some(&plan))?;
    is_as_rendered(cluster, after)?;
    judge(cluster, &staged, &own)?;
    watch.end()
}

/// The base as a person has applied it, whole, and a watch on its Services.
fn live(cluster: &Cluster, data: &Data) -> Outcome<(Staged, crate::watch::Watch)> {
    let manifests = values(&base("base")?)?;
    let others: Vec<&Value> = manifests.iter().filter(|item| !is_metallbs(item)).collect();
    let policies = "/apis/nmstate.io/v1/nodenetworkconfigurationpolicies";
    cluster.kube.delete(policies)?;
    for item in others.iter().filter(|item| item["kind"] != "Namespace") {
        cluster.kube.delete(&cluster.kube.path(item)?)?;
    }
    others.iter().try_for_each(|item| apply_once_relaxed(&cluster.kube, item))?;
    plain_base(cluster, data)
}

fn is_metallbs(item: &Value) -> bool {
    text_at(item, "/apiVersion").starts_with("metallb.io/")
}

/// A command with the cluster's credentials.
pub(super) fn with_cluster(cluster: &Cluster, program: &str) -> Command {
    let mut command = Command::new(program);
    command
        .env("KUBECONFIG", cluster.servers.run.join("kubeconfig"))
        .env("KUBECACHEDIR", cluster.servers.run.join("cache"));
    command
}

/// What it prints, and whether it has done what it was to do.
pub(super) fn ran(mut command: Command) -> Outcome<(bool, String, String)> {
    let output = command.output().map_err(|e| format!("{command:?}: {e}"))?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|e| e.to_string());
    Ok((output.status.success(), text(output.stdout)?, text(output.stderr)?))
}

/// All that is there of the instance, as a stream of lists.
fn got(cluster: &Cluster) -> Outcome<String> {
    let get = |arguments: &&[&str]| {
        let mut command = with_cluster(cluster, "kubectl");
        command.args(["get", "--output=yaml"]).args(*arguments);
        match ran(command)? {
            (true, stdout, _) => Ok(stdout),
            // After a rename some are gone, and the others are printed.
            (false, stdout, stderr) if stderr.contains("NotFound") => Ok(stdout),
            (_, _, stderr) => Err(stderr),
        }
    };
    Ok(GET.iter().map(get).collect::<Outcome<Vec<String>>>()?.join("---\n"))
}

fn steps(cluster: &Cluster, config: &str, plan: Option<&Path>) -> Outcome<Steps> {
    let directory = tempfile::tempdir().map_err(|e| e.to_string())?;
    let file = directory.path().join("instance.yaml");
    fs::write(&file, config).map_err(|e| e.to_string())?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    command.args(["patch", "-", "--format=json", "--config"]).arg(&file).args(plan);
    command.arg("--output").arg(directory.path().join("steps"));
    let (live, error) = (got(cluster)?, |e: std::io::Error| format!("patch: {e}"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(error)?;
    child.stdin.take().ok_or("no stdin")?.write_all(live.as_bytes()).map_err(error)?;
    let output = child.wait_with_output().map_err(error)?;
    if !output.status.success() {
        return Err(format!("patch: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let page: Value = serde_json::from_slice(&output.stdout).map_err(|e| e.to_string())?;
    Ok(Steps { directory, all: page["steps"].as_array().cloned().unwrap_or_default() })
}

/// Once all is done there is nothing more to do.
fn nothing_is_left(cluster: &Cluster, config: &str, plan: Option<&Path>) -> Outcome<()> {
    let left = steps(cluster, config, plan)?.all;
    if left.is_empty() { Ok(()) } else { Err(format!("there is more to do: {left:?}")) }
}

/// Runs the script, and rewrites the Services as soon as the control plane asks for others.
fn do_all(cluster: &Cluster, staged: &mut Staged, instance: &Instance, steps: &Steps) -> Outcome<()> {
    let version = |plane: &Value| plane["metadata"]["generation"].clone();
    let before = version(&cluster.kube.get(PLANE)?);
    let mut command = with_cluster(cluster, "sh");
    command.arg(steps.directory.path().join("steps/steps.sh"));
    let mut script = command.stdout(Stdio::null()).spawn().map_err(|e| e.to_string())?;
    let mut is_operated = false;
    until("the script ends", || {
        let plane = cluster.kube.get(PLANE)?;
        if !is_operated && version(&plane) != before {
            staged.services = operators::update(&cluster.kube, &stage::services(instance, &[plane])?)?;
            is_operated = true;
        }
        Ok(is_operated && has_ended(&mut script)?)
    })?;
    until("every Service has an address", || {
        Ok(metallb::given(&cluster.kube, &instance.overlay)?.len() == instance.services)
    })?;
    // What was said while they were without is not held against it.
    staged.begin = metallb::mark(cluster);
    Ok(())
}

fn has_ended(script: &mut Child) -> Outcome<bool> {
    match script.try_wait().map_err(|e| e.to_string())? {
        None => Ok(false),
        Some(status) if status.success() => Ok(true),
        Some(status) => Err(format!("steps.sh: {status}")),
    }
}

/// To apply what is rendered would change nothing of what is stored.
fn is_as_rendered(cluster: &Cluster, text: &str) -> Outcome<()> {
    for item in values(text)? {
        let path = cluster.kube.path(&item)?;
        let stored = cluster.kube.get(&path)?;
        let dry = format!("{path}?fieldManager=kubectl&force=true&dryRun=All");
        let reply =
            cluster.kube.send("PATCH", &dry, "application/apply-patch+yaml", item.to_string().as_bytes())?;
        let applied = reply.body_or_error().map_err(|e| format!("{path}: {e}"))?;
        let own = |object: &Value| {
            let metadata = &object["metadata"];
            [&object["spec"], &object["data"], &metadata["annotations"], &metadata["labels"]]
                .map(Clone::clone)
        };
        if own(&stored) != own(&applied) {
            return Err(format!("{path}: stored {:?}\nrendered {:?}", own(&stored), own(&applied)));
        }
    }
    Ok(())
}
