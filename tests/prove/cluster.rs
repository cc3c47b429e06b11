//! The one owner of all processes: etcd, the API server, `kubectl proxy`, MetalLB's controller and speaker, and
//! the VLANs' far ends. Starts them in order and waits for each; they end with the process namespace.
//! Knows no scenario.

use std::fs;
use std::path::Path;
use std::thread;

use serde_json::json;

use crate::kube::Kube;
use crate::report::Report;
use crate::servers::{Servers, command};
use crate::vlan::Vlans;
use crate::{Outcome, crds, metallb, scenarios};

/// The node that all endpoints are on, and whose interfaces the speaker announces at.
pub(crate) const NODE: &str = "worker-0";
const PROXY_PORT: u16 = 8001;
const CONTROLLER_HEALTH: u16 = 17472;
const SPEAKER_HEALTH: u16 = 17473;
const ETCD_PORT: u16 = 2379;
/// The scheduler's priority classes come most of a second after all else, and nothing is scheduled here.
const READY: &str = "/readyz?exclude=poststarthook/scheduling/bootstrap-system-priority-classes";
/// An address that is not the loopback's: the API server insists on one to advertise.
const ADVERTISED: &str = "192.0.2.1";

pub(crate) struct Cluster {
    pub(crate) kube: Kube,
    pub(crate) vlans: Vlans,
    pub(crate) report: Report,
    pub(crate) servers: Servers,
}

impl Cluster {
    /// Starts everything; `run` is where the directory of this run is mounted.
    pub(crate) fn start(tools: &Path, run: &Path) -> Outcome<&'static Self> {
        let servers = Servers::new(run.to_owned())?;
        let manifests = tools.join("metallb-manifests");
        // It takes as long as the API server's start.
        let types = thread::spawn({
            let manifests = manifests.clone();
            move || crds::read_all(&manifests)
        });
        command("ip", &["link", "set", "lo", "up"])?;
        command("ip", &["address", "add", &format!("{ADVERTISED}/32"), "dev", "lo"])?;
        start_etcd(&servers)?;
        let vlans = Vlans::start(&scenarios::vlans())?;
        let (kube, report) = (Kube::new(PROXY_PORT), Report::default());
        let cluster = Self { kube, vlans, report, servers };
        cluster.start_api_server(tools)?;
        let types = types.join().map_err(|_| "the types cannot be read")??;
        crds::install(&cluster.kube, &types)?;
        cluster.create_surroundings()?;
        cluster.start_metallb(tools)?;
        metallb::install_webhooks(&cluster.kube, &manifests, &cluster.servers.run.join("tls.crt"))?;
        Ok(Box::leak(Box::new(cluster)))
    }

    fn start_api_server(&self, tools: &Path) -> Outcome<()> {
        self.write_credentials()?;
        // An API server that finds no etcd tries again only after a second.
        let etcd = Kube::new(ETCD_PORT);
        self.servers.wait("etcd", || etcd.get("/health").is_ok())?;
        self.servers.spawn(
            "kube-apiserver",
            &tools.join("kube-apiserver"),
            &[],
            &[
                &format!("--etcd-servers=http://127.0.0.1:{ETCD_PORT}"),
                "--tls-cert-file=tls.crt",
                "--tls-private-key-file=tls.key",
                "--service-account-key-file=tls.key",
                "--service-account-signing-key-file=tls.key",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--token-auth-file=tokens",
                "--authorization-mode=AlwaysAllow",
                "--disable-admission-plugins=ServiceAccount",
                // MetalLB tells of each Service three times whenever it looks at it: half of all that is
                // written. Nobody here reads it: what it says stands in its log.
                "--runtime-config=/v1/events=false,events.k8s.io/v1=false",
                "--delete-collection-workers=8",
                "--bind-address=127.0.0.1",
                "--secure-port=6443",
                // All that come are ours, and nobody has to wait for another's sake.
                "--enable-priority-and-fairness=false",
                &format!("--advertise-address={ADVERTISED}"),
                "--service-cluster-ip-range=10.96.0.0/16,fd00:96::/112",
            ],
        )?;
        let port = format!("--port={PROXY_PORT}");
        self.servers.spawn(
            "kubectl-proxy",
            Path::new("kubectl"),
            &[],
            &["--kubeconfig=kubeconfig", "proxy", &port],
        )?;
        self.servers.wait("the API server", || self.kube.get(READY).is_ok())
    }

    /// One key and one self-signed certificate serve the API server, its tokens and MetalLB's webhook.
    fn write_credentials(&self) -> Outcome<()> {
        let serving = self.servers.run.join("k8s-webhook-server/serving-certs");
        fs::create_dir_all(&serving).map_err(|e| e.to_string())?;
        let (key, certificate) = (self.servers.run.join("tls.key"), self.servers.run.join("tls.crt"));
        let (key_path, certificate_path) = (key.to_string_lossy(), certificate.to_string_lossy());
        command(
            "openssl",
            &[
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=prove", //
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                &key_path,
                "-out",
                &certificate_path,
            ],
        )?;
        let kubeconfig = json!({
            "apiVersion": "v1", "kind": "Config", "current-context": "prove",
            "clusters": [{"name": "prove", "cluster": {
                "server": "https://127.0.0.1:6443", "certificate-authority": &*certificate_path}}],
            "users": [{"name": "prove", "user": {"token": "prove"}}],
            "contexts": [{"name": "prove", "context": {"cluster": "prove", "user": "prove"}}],
        });
        let write = |name: &str, text: &str| fs::write(self.servers.run.join(name), text);
        write("tokens", "prove,prove,prove,\"system:masters\"\n")
            .and_then(|()| write("kubeconfig", &kubeconfig.to_string()))
            .and_then(|()| fs::copy(&key, serving.join("tls.key")))
            .and_then(|_| fs::copy(&certificate, serving.join("tls.crt")))
            .map(drop)
            .map_err(|e| e.to_string())
    }

    /// Namespaces, the node, and the Pods that MetalLB's processes look up as their own.
    fn create_surroundings(&self) -> Outcome<()> {
        for name in scenarios::namespaces() {
            let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
            self.kube.apply(&namespace)?;
        }
        let mut node = json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": NODE}});
        self.kube.apply(&node)?;
        node["status"] = json!({
            "conditions": [{"type": "Ready", "status": "True"}],
            "addresses": [{"type": "InternalIP", "address": ADVERTISED}],
        });
        self.kube.apply_status(&node)?;
        for name in ["controller", "speaker"] {
            let spec = json!({"nodeName": NODE, "containers": [{"name": name, "image": "none"}]});
            let metadata = json!({"name": name, "namespace": metallb::NAMESPACE});
            let pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec});
            self.kube.apply(&pod)?;
        }
        Ok(())
    }

    fn start_metallb(&self, tools: &Path) -> Outcome<()> {
        let namespace = ("METALLB_NAMESPACE", metallb::NAMESPACE);
        self.servers.spawn(
            "controller",
            &tools.join("metallb-controller"),
            // OpenShift's MetalLB judges as FRR does; the speaker itself runs without FRR.
            &[namespace, ("METALLB_BGP_TYPE", "frr")],
            &[
                "--pod-name=controller",
                "--port=9121",
                &format!("--health-probe-port={CONTROLLER_HEALTH}"),
                "--webhook-mode=enabled",
                "--disable-cert-rotation",
                "--log-level=debug",
            ],
        )?;
        self.servers.spawn(
            "speaker",
            &tools.join("metallb-speaker"),
            &[namespace, ("METALLB_BGP_TYPE", "native")],
            &[
                "--pod-name=speaker",
                &format!("--node-name={NODE}"),
                "--port=9122",
                &format!("--health-probe-port={SPEAKER_HEALTH}"),
            ],
        )?;
        for (name, port) in
            [("MetalLB's controller", CONTROLLER_HEALTH), ("MetalLB's speaker", SPEAKER_HEALTH)]
        {
            let health = Kube::new(port);
            self.servers.wait(name, || health.get("/readyz").is_ok())?;
        }
        Ok(())
    }
}

fn start_etcd(servers: &Servers) -> Outcome<()> {
    let (client, peer) = (format!("http://127.0.0.1:{ETCD_PORT}"), "http://127.0.0.1:2380");
    servers.spawn(
        "etcd",
        Path::new("etcd"),
        &[],
        &[
            "--data-dir=etcd-data",
            "--unsafe-no-fsync",
            &format!("--listen-client-urls={client}"),
            &format!("--advertise-client-urls={client}"),
            &format!("--listen-peer-urls={peer}"),
            &format!("--initial-advertise-peer-urls={peer}"),
            &format!("--initial-cluster=default={peer}"),
        ],
    )
}
