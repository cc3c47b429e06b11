//! Watches the Services of a namespace: every change of an address, as the API server tells of it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::cluster::Cluster;
use crate::metallb::until;

const COLUMNS: &str = r#"jsonpath={.metadata.name}={.status.loadBalancer.ingress[0].ip}{"\n"}"#;

/// Each line: when it came, the Service, its address or nothing.
type Seen = Arc<Mutex<Vec<(Instant, String, String)>>>;

pub(crate) struct Watch {
    process: Child,
    seen: Seen,
}

/// What became of a Service that had an address when the watch began.
#[derive(Debug, Default)]
pub(crate) struct Fate {
    /// How often it lost its address or got another.
    pub(crate) losses: usize,
    /// For how long, in all, it had none.
    pub(crate) without: Duration,
    /// The first and the last address.
    pub(crate) addresses: (String, String),
}

impl Watch {
    /// Begins once each of so many Services has been seen with its address.
    pub(crate) fn start(cluster: &Cluster, namespace: &str, services: usize) -> Outcome<Self> {
        let mut process = Command::new("kubectl")
            .args(["get", "services", "--watch", "--namespace", namespace, "--output", COLUMNS])
            .env("KUBECONFIG", cluster.servers.run.join("kubeconfig"))
            .env("KUBECACHEDIR", cluster.servers.run.join("cache"))
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("kubectl: {e}"))?;
        let lines = BufReader::new(process.stdout.take().ok_or("kubectl without a pipe")?).lines();
        let seen = Seen::default();
        let told = Arc::clone(&seen);
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some((name, address)) = line.split_once('=') {
                    told.lock().unwrap().push((Instant::now(), name.to_owned(), address.to_owned()));
                }
            }
        });
        let watch = Self { process, seen };
        until("the watch has begun", || Ok(watch.fates().len() == services))?;
        Ok(watch)
    }

    /// Ends the watch when the last news is that all those Services have an address.
    pub(crate) fn end(mut self) -> Outcome<BTreeMap<String, Fate>> {
        until("the watch has seen all", || {
            Ok(self.fates().values().all(|fate| !fate.addresses.1.is_empty()))
        })?;
        let ended = self.process.kill().and_then(|()| self.process.wait());
        ended.map_err(|e| e.to_string())?;
        Ok(self.fates())
    }

    /// Of the Services that were seen with an address first.
    fn fates(&self) -> BTreeMap<String, Fate> {
        let mut fates: BTreeMap<String, Fate> = BTreeMap::new();
        let mut since: BTreeMap<String, Instant> = BTreeMap::new();
        let mut born_without: Vec<String> = Vec::new();
        for (when, name, address) in self.seen.lock().unwrap().iter() {
            if born_without.contains(name) {
                continue;
            }
            let Some(fate) = fates.get_mut(name) else {
                if address.is_empty() {
                    born_without.push(name.clone());
                } else {
                    let addresses = (address.clone(), address.clone());
                    fates.insert(name.clone(), Fate { addresses, ..Fate::default() });
                }
                continue;
            };
            if *address == fate.addresses.1 {
                continue;
            }
            if !fate.addresses.1.is_empty() {
                fate.losses += 1;
                since.insert(name.clone(), *when);
            }
            if !address.is_empty() {
                fate.without += since.remove(name).map_or(Duration::ZERO, |lost| *when - lost);
            }
            fate.addresses.1.clone_from(address);
        }
        fates
    }
}
