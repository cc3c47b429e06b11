//! What MetalLB says and does: its webhooks, the state of its configuration, the addresses that it gives and
//! refuses. Knows no OpenStack.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Outcome;
use crate::cluster::{Cluster, command};
use crate::kube::Kube;
use crate::manifests::{read, text_at, values};

pub(crate) const NAMESPACE: &str = "metallb-system";
const GIVEN_FROM: &str = "metallb.io/ip-allocated-from-pool";
const KINDS: [&str; 5] =
    ["ipaddresspools", "l2advertisements", "bgpadvertisements", "communities", "bfdprofiles"];
const WEBHOOKS: &str = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
const PATIENCE: Duration = Duration::from_secs(15);

/// A Service that has an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) address: String,
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
        let address = service.pointer("/status/loadBalancer/ingress/0/ip")?.as_str()?.to_owned();
        let pool = service["metadata"]["annotations"][GIVEN_FROM].as_str().unwrap_or_default().to_owned();
        Some((text_at(service, "/metadata/name").to_owned(), Given { address, pool }))
    });
    Ok(with_address.collect())
}

/// How many failed allocations the controller has logged. Not taken from the events: the API keeps 25 an object.
pub(crate) fn failures(cluster: &Cluster) -> Vec<String> {
    let log = cluster.log("controller");
    log.lines().filter(|line| line.contains("AllocationFailed")).map(str::to_owned).collect()
}

/// Removes every MetalLB object, and every Service and every slice of these namespaces.
pub(crate) fn reset(kube: &Kube, namespaces: impl IntoIterator<Item = String>) -> Outcome<()> {
    for namespace in namespaces {
        kube.delete(&format!("/api/v1/namespaces/{namespace}/services"))?;
        kube.delete(&format!("/apis/discovery.k8s.io/v1/namespaces/{namespace}/endpointslices"))?;
    }
    clear(kube, &KINDS)?;
    kube.delete(&format!("/apis/metallb.io/v1beta2/namespaces/{NAMESPACE}/bgppeers"))
}

/// Removes every object of these kinds.
pub(crate) fn clear(kube: &Kube, kinds: &[&str]) -> Outcome<()> {
    for kind in kinds {
        kube.delete(&format!("/apis/metallb.io/v1beta1/namespaces/{NAMESPACE}/{kind}"))?;
    }
    Ok(())
}

/// Waits until something holds; an error after a quarter of a minute.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> Outcome<bool>) -> Outcome<()> {
    let deadline = Instant::now() + PATIENCE;
    while !holds()? {
        if Instant::now() > deadline {
            return Err(format!("not within {} s: {what}", PATIENCE.as_secs()));
        }
        thread::sleep(Duration::from_millis(50));
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
