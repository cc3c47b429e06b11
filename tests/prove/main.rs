//! The proof: a real API server, etcd and MetalLB take what the overlays render.
//!
//! Runs only where `make prove` set `MULTI_RHOSO_PROVE` to the directory of the pinned servers; elsewhere it
//! says how to run it. Everything happens inside namespaces of its own (see `enclosure`), so nothing that it
//! starts outlives it and nothing listens outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod cluster;
mod crds;
mod enclosure;
mod kube;
mod manifests;
mod metallb;
mod operators;
mod render;
mod report;
mod router;
mod scenarios;
mod servers;
mod services;
mod vlan;
mod watch;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use libtest_mimic::Arguments;

/// Where the directory of a run is mounted, below the directory of the proof.
const RUN: &str = "run";

/// What every step returns: the error is a sentence for the person who reads the test's output.
type Outcome<T> = Result<T, String>;

fn main() -> ExitCode {
    if env::args().nth(1).as_deref() == Some(vlan::CLIENT) {
        return vlan::client();
    }
    let Some(tools) = env::var_os("MULTI_RHOSO_PROVE").map(PathBuf::from) else {
        println!("prove: not run; `make prove` builds the servers that it needs and runs it");
        return ExitCode::SUCCESS;
    };
    if !enclosure::inside() {
        return enclosure::enter(&proof_directory().join(RUN));
    }
    prove(&tools)
}

fn prove(tools: &Path) -> ExitCode {
    enclosure::die_with_the_caller();
    let mut arguments = Arguments::from_args();
    // One cluster, one scenario at a time, in the order of the list.
    arguments.test_threads = Some(1);
    let place = proof_directory();
    match cluster::Cluster::start(tools, &place.join(RUN)) {
        Ok(cluster) => {
            let conclusion = libtest_mimic::run(&arguments, scenarios::all(cluster));
            if conclusion.has_failed() {
                cluster.servers.keep_logs(&place.join("logs"));
            }
            cluster.report.print(&place);
            conclusion.exit_code()
        }
        Err(reason) => {
            eprintln!("prove: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// `target/prove`: the tables, and the servers' logs when something failed.
fn proof_directory() -> PathBuf {
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("prove");
    fs::create_dir_all(&place).unwrap();
    place
}
