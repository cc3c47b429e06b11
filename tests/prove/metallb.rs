//! What MetalLB says and does: its webhooks, the state of its configuration, the addresses that it gives and
//! refuses. Knows no OpenStack.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Outcome;
use crate::cluster::Cluster;
use crate::kube::Kube;
use crate::manifests::{read, text_at, values};
use crate::servers::command;

pub(crate) const NAMESPACE: &str = "metallb-system";
const CONTROLLER: &str = "controller";
const SPEAKER: &str = "speaker";
const GIVEN_FROM: &str = "metallb.io/ip-allocated-from-pool";
const KINDS: [&str; 5] =
    ["ipaddresspools", "l2advertisements", "bgpadvertisements", "communities", "bfdprofiles"];
const WEBHOOKS: &str = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
const PATIENCE: Duration = Duration::from_mins(1);

/// A Service that has an address, or one of each family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) addresses: Vec<String>,
    pub(crate) pool: String,
}

/// What one of MetalLB's processes thinks of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) result: String,
    pub(crate) errors: String,
}

/// What each process thinks, by its name.
pub(crate) type States = BTreeMap<String, State>;

/// Installs MetalLB's own webhook configuration, pointed at the controller's process, and waits until it judges.
pub(crate) fn install_webhooks(kube: &Kube, manifests: &Path, certificate: &Path) -> Outcome<()> {
    let bundle = command("openssl", &["base64", "-A", "-in", &certificate.to_string_lossy()])?;
    for mut configuration in values(&read(&manifests.join("manifests.yaml"))?)? {
        if configuration["kind"] != "ValidatingWebhookConfiguration" {
            continue;
        }
        configuration["metadata"] = json!({"name": "metallb"});
        for webhook in configuration["webhooks"].as_array_mut().into_iter().flatten() {
            let path = text_at(webhook, "/clientConfig/service/path").to_owned();
            webhook["clientConfig"] =
                json!({"url": format!("https://127.0.0.1:9443{path}"), "caBundle": bundle});
        }
        kube.apply(&configuration)?;
    }
    until("MetalLB's webhook judges", || Ok(!nonsense_passes(kube)?))
}

/// Takes the webhooks away, to see what the controller and the speaker make of what they would have refused.
pub(crate) fn remove_webhooks(kube: &Kube) -> Outcome<()> {
    kube.delete(&format!("{WEBHOOKS}/metallb"))?;
    until("MetalLB's webhook is gone", || nonsense_passes(kube))
}

pub(crate) fn states(kube: &Kube) -> Outcome<States> {
    let list = kube.list(&format!("/apis/metallb.io/v1beta1/namespaces/{NAMESPACE}/configurationstates"))?;
    let state = |item: &Value| {
        let result = text_at(item, "/status/result").to_owned();
        let errors = text_at(item, "/status/errorSummary").to_owned();
        (text_at(item, "/metadata/name").to_owned(), State { result, errors })
    };
    Ok(list.iter().map(state).collect())
}

/// The Services of a namespace that have an address.
pub(crate) fn given(kube: &Kube, namespace: &str) -> Outcome<BTreeMap<String, Given>> {
    let services = kube.list(&format!("/api/v1/namespaces/{namespace}/services"))?;
    let with_address = services.iter().filter_map(|service| {
        let ingresses = service.pointer("/status/loadBalancer/ingress")?.as_array()?;
        let addresses: Vec<String> = ingresses.iter().map(|one| text_at(one, "/ip").to_owned()).collect();
        let pool = service["metadata"]["annotations"][GIVEN_FROM].as_str().unwrap_or_default().to_owned();
        Some((text_at(service, "/metadata/name").to_owned(), Given { addresses, pool }))
    });
    Ok(with_address.filter(|(_, given)| !given.addresses.is_empty()).collect())
}

/// A place in the controller's log.
#[derive(Clone, Copy)]
pub(crate) struct Mark(u64);

pub(crate) fn mark(cluster: &Cluster) -> Mark {
    Mark(cluster.servers.log_length(CONTROLLER))
}

/// Why any of these Services got no address, as the controller has logged it since. Not taken from the events:
/// the API server is told of 25 for an object and then of one in five minutes. By their ids, since the log runs
/// late and still speaks of Services that had the same names.
pub(crate) fn failures(cluster: &Cluster, since: Mark, services: &[Value]) -> Vec<String> {
    let ids: BTreeSet<&str> = services.iter().map(|service| text_at(service, "/metadata/uid")).collect();
    let log = cluster.servers.log_since(CONTROLLER, since.0);
    let failed = log.lines().filter(|line| line.contains("AllocationFailed"));
    let events = failed.filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let own = events.filter(|event| ids.contains(text_at(event, "/object/uid")));
    own.map(|event| text_at(&event, "/msg").to_owned()).collect()
}

/// Waits until the controller has taken in exactly the pools that are stored; before that, it judges Services by
/// what was there before.
pub(crate) fn wait_for_pools(cluster: &Cluster, since: Mark) -> Outcome<()> {
    let path = format!("/apis/metallb.io/v1beta1/namespaces/{NAMESPACE}/ipaddresspools");
    let expected: BTreeSet<String> = cluster.kube.list(&path)?.iter().map(edition).collect();
    until("the controller knows the pools", || {
        let log = cluster.servers.log_since(CONTROLLER, since.0);
        let mut read = None;
        let mut taken_in = None;
        for line in log.lines().filter(|line| line.contains("\"PoolReconciler\"")) {
            if line.contains("\"metallb CRs\"") {
                read = Some(line);
            } else if line.contains("\"end reconcile\"") {
                taken_in = read.take().or(taken_in);
            }
        }
        Ok(taken_in.and_then(pools_of).as_ref() == Some(&expected))
    })
}

/// One edition of one object: another of the same name is another.
fn edition(object: &Value) -> String {
    format!("{}/{}", text_at(object, "/metadata/uid"), object["metadata"]["generation"])
}

/// The pools in a line that dumps all that the controller has read: JSON in a string in JSON.
fn pools_of(line: &str) -> Option<BTreeSet<String>> {
    let line: Value = serde_json::from_str(line).ok()?;
    let dump: Value = serde_json::from_str(line["metallb CRs"].as_str()?).ok()?;
    Some(dump["ipaddresspools"].as_array()?.iter().map(edition).collect())
}

/// Waits until the controller and the speaker have had nothing to say for so long: they log all that they do.
pub(crate) fn rest(cluster: &Cluster, quiet: Duration) -> Outcome<()> {
    let said = || [CONTROLLER, SPEAKER].map(|process| cluster.servers.log_length(process));
    let (mut last, mut since) = (said(), Instant::now());
    until("MetalLB comes to rest", || {
        let now = said();
        if now != last {
            (last, since) = (now, Instant::now());
        }
        Ok(since.elapsed() >= quiet)
    })
}

/// Removes every MetalLB object, and every Service and every slice of those of these namespaces that have any.
pub(crate) fn reset(kube: &Kube, namespaces: impl IntoIterator<Item = String>) -> Outcome<()> {
    let mut inhabited = BTreeSet::new();
    for path in ["/api/v1/services", "/apis/discovery.k8s.io/v1/endpointslices"] {
        let items = kube.list(path)?;
        inhabited.extend(items.iter().map(|item| text_at(item, "/metadata/namespace").to_owned()));
    }
    for namespace in namespaces.into_iter().filter(|namespace| inhabited.contains(namespace)) {
        remove_services(kube, &namespace)?;
    }
    clear(kube, &KINDS)?;
    kube.delete(&format!("/apis/metallb.io/v1beta2/namespaces/{NAMESPACE}/bgppeers"))
}

/// Removes every Service and every slice of a namespace.
pub(crate) fn remove_services(kube: &Kube, namespace: &str) -> Outcome<()> {
    kube.delete(&format!("/api/v1/namespaces/{namespace}/services"))?;
    kube.delete(&format!("/apis/discovery.k8s.io/v1/namespaces/{namespace}/endpointslices"))
}

/// Removes every object of these kinds.
pub(crate) fn clear(kube: &Kube, kinds: &[&str]) -> Outcome<()> {
    for kind in kinds {
        kube.delete(&format!("/apis/metallb.io/v1beta1/namespaces/{NAMESPACE}/{kind}"))?;
    }
    Ok(())
}

/// Waits until something holds; an error after a minute.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> Outcome<bool>) -> Outcome<()> {
    let deadline = Instant::now() + PATIENCE;
    while !holds()? {
        if Instant::now() > deadline {
            return Err(format!("not within {} s: {what}", PATIENCE.as_secs()));
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// Whether a pool that no MetalLB takes is let in; it is not stored.
fn nonsense_passes(kube: &Kube) -> Outcome<bool> {
    let metadata = json!({"name": "nonsense", "namespace": NAMESPACE});
    let spec = json!({"addresses": ["nonsense"]});
    let pool = json!({"apiVersion": "metallb.io/v1beta1", "kind": "IPAddressPool", "metadata": metadata, "spec": spec});
    let path = format!("{}?dryRun=All", kube.collection(&pool)?);
    Ok(kube.send("POST", &path, "application/json", pool.to_string().as_bytes())?.accepted())
}
