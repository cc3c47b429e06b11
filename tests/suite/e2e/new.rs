//! `new` and `remove` in a fresh copy of the overlays, and a tree around a stranger's manifests: kustomize builds both.

use std::fs;
use std::process::Command;

use libtest_mimic::Failed;

use super::kustomize::{WAYS, build, needs, short};
use super::objects;
use super::process::{self, Ran};
use super::sandbox::{BINARY, Mechanism, Sandbox};
use super::tools::Tool;
use super::{Case, Outcome};

/// The instances that are there, and those that are made.
const THERE: [&str; 4] = ["openstack", "openstack2", "openstack3", "openstack-ipv6"];
const MADE: [&str; 3] = ["lab", "openstack10", "third"];
/// There are two plans.
const PLAN: [&str; 2] = ["--plan", "overlays/base/plan.yaml"];

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    let each = WAYS.into_iter().flat_map(|(tool, mechanism)| {
        let name = |what: &str| format!("new::{what}::{}::{}", short(tool), mechanism.word());
        let stranger =
            Case::new(name("around_a_stranger"), &needs(tool, mechanism), move || stranger(tool, mechanism));
        // What is in the tree is the same whatever builds it.
        let three_more = (tool == Tool::Kustomize && mechanism != Mechanism::Container).then(|| {
            Case::new(name("three_more"), &needs(tool, mechanism), move || three_more(tool, mechanism))
        });
        std::iter::once(stranger).chain(three_more)
    });
    each.collect()
}

fn ours(sandbox: &Sandbox, arguments: &[&str]) -> Result<Ran, Failed> {
    process::ok(sandbox.command(BINARY)?.args(arguments))
}

/// Builds what a command said comes next, and gives what the last of them printed.
fn next(sandbox: &Sandbox, (tool, mechanism): (Tool, Mechanism), said: &Ran) -> Result<Ran, Failed> {
    let commands = said.stdout.lines().filter_map(|line| line.trim().strip_prefix("kustomize build "));
    let mut last = Err("no command comes next".into());
    for words in commands.map(|command| command.split(' ').collect::<Vec<_>>()) {
        let asks = words.contains(&"--enable-exec");
        if asks != (mechanism == Mechanism::Exec) {
            return Err(said.complain("--enable-exec is for a program on PATH"));
        }
        last = Ok(build(sandbox, tool, mechanism, words.last().ok_or("no directory")?)?);
    }
    last
}

fn three_more(tool: Tool, mechanism: Mechanism) -> Outcome {
    let sandbox = Sandbox::new(mechanism)?;
    let other = Sandbox::new(mechanism)?;
    let mut fleet = None;
    for name in MADE {
        let ran = ours(&sandbox, &["new", name, PLAN[0], PLAN[1]])?;
        fleet = Some(next(&sandbox, (tool, mechanism), &ran)?);
    }
    let fleet = fleet.ok_or("nothing was built")?;
    no_finding(&fleet)?;
    for name in THERE.iter().chain(&MADE) {
        let kept = format!(
            "kind: OpenStackControlPlane\nmetadata:\n  annotations:\n    multi-rhoso.dev/instance: {name}\n"
        );
        if !fleet.stdout.contains(&kept) {
            return Err(fleet.complain(&format!("{name} is not rendered")));
        }
    }
    // The middle one gone, everything is as if it had never been there.
    ours(&sandbox, &["remove", MADE[1], PLAN[0], PLAN[1]])?;
    ours(&other, &["new", MADE[0], PLAN[0], PLAN[1]])?;
    ours(&other, &["new", MADE[2], "--slot", "7", PLAN[0], PLAN[1]])?;
    let mut difference = Command::new("diff");
    difference.arg("-r").arg(sandbox.path("overlays")).arg(other.path("overlays"));
    process::ok(&mut difference)?;
    no_finding(&build(&sandbox, tool, mechanism, "overlays/fleet")?)
}

/// Neither from the build, nor by the rules over what it gave.
fn no_finding(ran: &Ran) -> Outcome {
    if !ran.stderr.is_empty() {
        return Err(ran.complain("nothing should be said"));
    }
    let checked = process::fed(Command::new(BINARY).args(["check", "-"]), &ran.stdout)?;
    let checked = process::expect_code(checked, 0)?;
    if checked.stdout.contains("no findings") { Ok(()) } else { Err(checked.complain("no finding expected")) }
}

/// Manifests that know nothing of us, in files of all kinds.
const STRANGER: [(&str, &str); 3] = [
    (
        "site/10-cloud.yml",
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: cloud}\n---\n# The site's.\n\
         apiVersion: network.openstack.org/v1beta1\nkind: NetConfig\nmetadata: {name: nets, namespace: cloud}\nspec:\n  networks:\n  \
         - name: CtlPlane\n    dnsDomain: ctlplane.lab.example.org\n    subnets:\n    \
         - {name: subnet1, cidr: 10.20.0.0/24, gateway: 10.20.0.1, allocationRanges: [{start: 10.20.0.100, end: 10.20.0.120}]}\n  \
         - name: InternalApi\n    dnsDomain: internalapi.lab.example.org\n    subnets:\n    \
         - {name: subnet1, cidr: 10.21.0.0/24, vlan: 120, allocationRanges: [{start: 10.21.0.100, end: 10.21.0.120}]}\n",
    ),
    (
        "site/metallb/pools.json",
        "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n \
         {\"apiVersion\": \"metallb.io/v1beta1\", \"kind\": \"IPAddressPool\", \"metadata\": {\"name\": \"ctlplane\", \"namespace\": \"metallb-system\"}, \"spec\": {\"addresses\": [\"10.20.0.80-10.20.0.90\"]}},\n \
         {\"apiVersion\": \"metallb.io/v1beta1\", \"kind\": \"IPAddressPool\", \"metadata\": {\"name\": \"internalapi\", \"namespace\": \"metallb-system\"}, \"spec\": {\"addresses\": [\"10.21.0.80-10.21.0.90\"]}},\n \
         {\"apiVersion\": \"metallb.io/v1beta1\", \"kind\": \"L2Advertisement\", \"metadata\": {\"name\": \"all\", \"namespace\": \"metallb-system\"}, \"spec\": {\"ipAddressPools\": [\"ctlplane\", \"internalapi\"]}}]}\n",
    ),
    (
        "site/plane.yaml",
        "apiVersion: core.openstack.org/v1beta1\nkind: OpenStackControlPlane\nmetadata: {name: plane, namespace: cloud}\nspec:\n  \
         secret: osp-secret\n  storageClass: local\n  galera: {templates: {openstack: {replicas: 1, secret: osp-secret, storageRequest: 5G}}}\n  \
         memcached: {templates: {memcached: {replicas: 1}}}\n  rabbitmq: {templates: {rabbitmq: {replicas: 1, override: {service: {metadata: {annotations: \
         {metallb.universe.tf/address-pool: internalapi, metallb.universe.tf/loadBalancerIPs: 10.21.0.85}}, \
         spec: {type: LoadBalancer}}}}}}\n  keystone:\n    template:\n      override: {service: {internal: {metadata: {annotations: \
         {metallb.universe.tf/address-pool: internalapi, metallb.universe.tf/loadBalancerIPs: 10.21.0.80}}, \
         spec: {type: LoadBalancer}}}}\n",
    ),
];

fn stranger(tool: Tool, mechanism: Mechanism) -> Outcome {
    let sandbox = Sandbox::new(mechanism)?;
    for (path, text) in STRANGER {
        sandbox.write(path, text)?;
    }
    // Under the namespace's own name, and under another.
    for name in ["cloud", "first"] {
        let to = format!("tree-of-{name}");
        let laid_out = ours(&sandbox, &["new", name, "--init", "site", "--to", &to])?;
        for (path, text) in STRANGER {
            let copy = sandbox.path(path.replace("site/", &format!("{to}/base/")));
            if fs::read_to_string(copy)? != text {
                return Err(format!("{path} was to be copied byte for byte").into());
            }
        }
        // The one word of the tree that a person may change.
        let word = format!(
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncomponents: [{}]\n",
            mechanism.word()
        );
        sandbox.write(&format!("{to}/mechanism/kustomization.yaml"), &word)?;
        if mechanism != Mechanism::Exec {
            next(&sandbox, (tool, mechanism), &laid_out)?;
        }
        let one = build(&sandbox, tool, mechanism, &format!("{to}/fleet"))?;
        no_finding(&one)?;
        let two = next(&sandbox, (tool, mechanism), &ours(&sandbox, &["new", "second", &to])?)?;
        no_finding(&two)?;
        let (one, two) = (objects::objects(&one.stdout)?, objects::objects(&two.stdout)?);
        let has_moved = two.values().any(|object| object.to_string().contains("10.21.10.80-10.21.10.90"));
        if two.len() != 2 * one.len() || !has_moved {
            return Err(format!("{} objects, then {}", one.len(), two.len()).into());
        }
    }
    Ok(())
}
