//! Whole processes, as ratios to a plain copy of the same input in the same run. `cargo bench`.
//!
//! A process is what kustomize and kpt start: reading, parsing, planning, proving and printing are all in it. Nothing
//! here fails for being slow; the ratio and its budget stand side by side.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::format_push_string
)]

use std::env;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");
const COPY: &str = "--copy-stdin-to-stdout";

/// Name, number of items, runs, budget as a ratio to the copy.
const INPUTS: [(&str, usize, usize, f64); 4] = [
    ("empty list", 0, 200, 4.0),
    ("60 items", 60, 200, 4.0),
    ("1,000 items", 1000, 20, 20.0),
    ("10,000 items", 10_000, 5, 20.0),
];

fn main() {
    if env::args().any(|argument| argument == COPY) {
        return copy();
    }
    let directory = tempfile::tempdir().expect("a directory");
    println!("{:<14}{:>10}{:>12}{:>12}{:>8}{:>8}", "input", "KB", "copy ms", "ours ms", "ratio", "budget");
    for (name, items, runs, budget) in INPUTS {
        let text = list(items);
        let path = directory.path().join(format!("{items}.yaml"));
        std::fs::write(&path, &text).expect("an input");
        let (copy, ours) = medians(&path, runs);
        let (copy, ours) = (copy.as_secs_f64() * 1e3, ours.as_secs_f64() * 1e3);
        let size = text.len() / 1000;
        println!("{name:<14}{size:>10}{copy:>12.2}{ours:>12.2}{:>8.1}{budget:>8.1}", ours / copy);
    }
}

/// Everything in, everything out, through memory: what any program that looks at its input does at least.
fn copy() {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).expect("an input");
    io::stdout().lock().write_all(&bytes).expect("an output");
}

/// Both programs in turn, so that whatever else the machine does falls on both.
fn medians(input: &Path, runs: usize) -> (Duration, Duration) {
    let itself = env::current_exe().expect("a program");
    let mut times: (Vec<Duration>, Vec<Duration>) = (0..runs)
        .map(|_| (timed(Command::new(&itself).arg(COPY), input), timed(&mut Command::new(BINARY), input)))
        .unzip();
    times.0.sort();
    times.1.sort();
    (times.0[runs / 2], times.1[runs / 2])
}

fn timed(command: &mut Command, input: &Path) -> Duration {
    let stdin = File::open(input).expect("an input");
    let start = Instant::now();
    let status =
        command.stdin(stdin).stdout(Stdio::null()).stderr(Stdio::null()).status().expect("a process");
    let time = start.elapsed();
    assert!(status.success(), "{command:?} failed");
    time
}

/// A list as kustomize writes it: one control plane in 60 items, pools and advertisements, and Secrets around them.
fn list(items: usize) -> String {
    let mut text = String::from("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:");
    if items == 0 {
        text.push_str(" []");
    }
    text.push('\n');
    for index in 0..items {
        item(&mut text, index);
    }
    text.push_str(
        "functionConfig:\n  apiVersion: multi-rhoso.dev/v1alpha1\n  kind: OpenStackInstance\n  metadata:\n    \
         name: two\n  spec:\n    from:\n      namespace: openstack\n    namespace: two\n",
    );
    text
}

fn item(text: &mut String, index: usize) {
    match index % 60 {
        0 => control_plane(text, index),
        1..=8 => pool(text, index),
        9..=16 => advertisement(text, index),
        _ => secret(text, index),
    }
}

fn head(text: &mut String, index: usize, kind: &str, name: &str, namespace: &str) {
    *text += &format!(
        "  kind: {kind}\n  metadata:\n    annotations:\n      config.k8s.io/id: '{index}'\n      \
         config.kubernetes.io/index: '{index}'\n      internal.config.kubernetes.io/id: '{index}'\n      \
         kustomize.config.k8s.io/id: |\n        kind: {kind}\n        name: {name}\n        namespace: {namespace}\n    \
         name: {name}\n    namespace: {namespace}\n"
    );
}

fn control_plane(text: &mut String, index: usize) {
    text.push_str("- apiVersion: core.openstack.org/v1beta1\n");
    head(text, index, "OpenStackControlPlane", &format!("controlplane-{index}"), "openstack");
    text.push_str("  spec:\n");
    for service in ["keystone", "placement", "neutron"] {
        *text += &format!(
            "    {service}:\n      template:\n        customServiceConfig: |\n          [DEFAULT]\n          debug = true\n          \
             url = https://keystone-internal.openstack.svc:5000\n        override:\n          service:\n            \
             internal:\n              metadata:\n                annotations:\n                  \
             metallb.universe.tf/address-pool: internalapi\n                  \
             metallb.universe.tf/allow-shared-ip: internalapi\n                  \
             metallb.universe.tf/loadBalancerIPs: 172.17.{}.80\n              spec:\n                \
             type: LoadBalancer\n        replicas: 3\n        secret: osp-secret\n",
            index / 60
        );
    }
    for service in ["barbican", "cinder", "glance", "nova", "swift"] {
        *text += &format!("    {service}:\n      template:\n        databaseInstance: openstack\n");
    }
}

/// The first pool is the one that the control planes' Services ask for.
fn pool_name(index: usize) -> String {
    if index == 1 { "internalapi".to_owned() } else { format!("pool-{index}") }
}

fn pool(text: &mut String, index: usize) {
    text.push_str("- apiVersion: metallb.io/v1beta1\n");
    head(text, index, "IPAddressPool", &pool_name(index), "metallb-system");
    let (high, low) = (index / 250, index % 250);
    let own = format!("10.{high}.{low}.80-10.{high}.{low}.90");
    let addresses = if index == 1 { "172.17.0.0/16" } else { &own };
    *text += &format!("  spec:\n    addresses:\n    - {addresses}\n");
}

fn advertisement(text: &mut String, index: usize) {
    text.push_str("- apiVersion: metallb.io/v1beta1\n");
    head(text, index, "L2Advertisement", &format!("advertisement-{index}"), "metallb-system");
    *text += &format!(
        "  spec:\n    interfaces:\n    - eth0\n    ipAddressPools:\n    - {}\n",
        pool_name(index - 8)
    );
}

fn secret(text: &mut String, index: usize) {
    text.push_str("- apiVersion: v1\n  data:\n");
    // Keys in order, as kustomize sorts them.
    for key in 0..46 {
        *text += &format!("    Password{key:02}: MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw\n");
    }
    head(text, index, "Secret", &format!("secret-{index}"), "openstack");
    text.push_str("  type: Opaque\n");
}
