//! Watches the Services of a namespace, or of all: every change of an address, as the API server tells of it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::cluster::Cluster;
use crate::metallb::until;

const COLUMNS: &str =
    r#"jsonpath={.metadata.namespace}/{.metadata.name}={.status.loadBalancer.ingress[*].ip}{"\n"}"#;

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
    /// Begins once each of so many Services has been seen with its address; without a namespace, in all of them.
    pub(crate) fn start(cluster: &Cluster, namespace: Option<&str>, services: usize) -> Outcome<Self> {
        let scope = namespace.map_or("--all-namespaces".to_owned(), |name| format!("--namespace={name}"));
        let mut process = Command::new("kubectl")
            .args(["get", "services", "--watch", &scope, "--output", COLUMNS])
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
        let mut news: BTreeMap<String, Vec<(Instant, String)>> = BTreeMap::new();
        for (when, name, address) in self.seen.lock().unwrap().iter() {
            news.entry(name.clone()).or_default().push((*when, address.clone()));
        }
        news.retain(|_, told| !told[0].1.is_empty());
        news.into_iter().map(|(name, told)| (name, Fate::of(&told))).collect()
    }
}

impl Fate {
    /// Of one Service, from all that was told of it.
    fn of(told: &[(Instant, String)]) -> Self {
        let first = told[0].1.clone();
        let mut fate = Self { addresses: (first.clone(), first), ..Self::default() };
        let mut lost = told[0].0;
        for (when, address) in told {
            let now = &mut fate.addresses.1;
            if address == now {
                continue;
            }
            if now.is_empty() {
                fate.without += *when - lost;
            } else {
                fate.losses += 1;
                lost = *when;
            }
            now.clone_from(address);
        }
        fate
    }
}
