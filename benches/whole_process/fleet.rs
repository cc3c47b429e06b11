//! Several instances in one list, each with networks, nodes, pools and Secrets of its own. All but the first are marked
//! as shared, so that a function run has one instance to move and all to look at.

/// Networks of an instance, each with a pool, an advertisement and an attachment.
const NETWORKS: usize = 30;
/// Nodes of an instance, each with a policy.
const NODES: usize = 30;
/// Node sets of an instance.
const NODE_SETS: usize = 10;

/// A `ResourceList` with the first instance's config.
pub(crate) fn list(instances: usize, items: usize, faults: bool) -> String {
    let mut fleet = Fleet { text: String::new(), number: 0, faults, items: 0 };
    fleet.text.push_str("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n");
    for number in 0..instances {
        (fleet.number, fleet.items) = (number, 0);
        fleet.instance(items);
    }
    fleet.text.push_str(
        "functionConfig:\n  apiVersion: multi-rhoso.dev/v1alpha1\n  kind: OpenStackInstance\n  metadata:\n    name: two\n  \
         spec:\n    from:\n      namespace: openstack0\n    namespace: two\n",
    );
    fleet.text
}

struct Fleet {
    text: String,
    /// Of the instance that is written.
    number: usize,
    /// Whether fields stand there that no CRD has, and ranges overlap.
    faults: bool,
    items: usize,
}

impl Fleet {
    fn instance(&mut self, items: usize) {
        self.control_plane();
        self.net_config();
        for network in 0..NETWORKS {
            self.metallb(network);
            self.attachment(network);
        }
        (0..NODES).for_each(|node| self.node_policy(node));
        (0..NODE_SETS).for_each(|set| self.node_set(set));
        while self.items < items {
            self.other();
        }
    }

    fn put(&mut self, api_version: &str, kind: &str, name: &str, namespace: &str, body: &str) {
        let shared = "    annotations:\n      multi-rhoso.dev/shared: 'true'\n";
        let shared = if self.number == 0 { "" } else { shared };
        self.text += &format!(
            "- apiVersion: {api_version}\n  kind: {kind}\n  metadata:\n    name: {name}\n    namespace: {namespace}\n{shared}{body}"
        );
        self.items += 1;
    }

    fn namespace(&self) -> String {
        format!("openstack{}", self.number)
    }

    fn address(&self, network: usize, host: usize) -> String {
        format!("10.{}.{network}.{host}", self.number)
    }

    fn control_plane(&mut self) {
        let mut body = String::from("  spec:\n    secret: osp-secret\n");
        let pool = format!("{}-net1", self.namespace());
        for service in ["keystone", "placement", "neutron"] {
            body += &format!(
                "    {service}:\n      template:\n        databaseInstance: openstack\n        override:\n          service:\n            \
                 internal:\n              metadata:\n                annotations:\n                  \
                 metallb.universe.tf/address-pool: {pool}\n                  \
                 metallb.universe.tf/allow-shared-ip: {pool}\n                  \
                 metallb.universe.tf/loadBalancerIPs: {}\n              spec:\n                type: LoadBalancer\n",
                self.address(1, 80)
            );
        }
        self.put(
            "core.openstack.org/v1beta1",
            "OpenStackControlPlane",
            "controlplane",
            &self.namespace(),
            &body,
        );
    }

    fn net_config(&mut self) {
        let mut body = String::from("  spec:\n    networks:\n");
        for network in 0..NETWORKS {
            let (first, last) = if self.faults { (80, 150) } else { (100, 150) };
            body += &format!(
                "    - name: net{network}\n      dnsDomain: net{network}.example.com\n      subnets:\n      - name: subnet1\n        \
                 cidr: {}/24\n        gateway: {}\n        vlan: {}\n        allocationRanges:\n        - start: {}\n          \
                 end: {}\n",
                self.address(network, 0),
                self.address(network, 1),
                20 + network,
                self.address(network, first),
                self.address(network, last)
            );
        }
        self.put("network.openstack.org/v1beta1", "NetConfig", "netconfig", &self.namespace(), &body);
    }

    fn metallb(&mut self, network: usize) {
        let namespace = self.namespace();
        let name = format!("{namespace}-net{network}");
        let fault = if self.faults { "    unheard: 1\n    unseen: 1\n" } else { "" };
        let pool = format!(
            "  spec:\n    addresses:\n    - {}-{}\n    serviceAllocation:\n      namespaces:\n      - {namespace}\n{fault}",
            self.address(network, 80),
            self.address(network, 95)
        );
        self.put("metallb.io/v1beta1", "IPAddressPool", &name, "metallb-system", &pool);
        let advertisement =
            format!("  spec:\n    ipAddressPools:\n    - {name}\n    interfaces:\n    - {name}\n{fault}");
        self.put("metallb.io/v1beta1", "L2Advertisement", &name, "metallb-system", &advertisement);
    }

    fn attachment(&mut self, network: usize) {
        let namespace = self.namespace();
        let body = format!(
            "  spec:\n    config: |\n      {{\"name\": \"net{network}\", \"type\": \"macvlan\", \"master\": \
             \"{namespace}-net{network}\",\n       \"ipam\": {{\"type\": \"whereabouts\", \"range\": \"{}/24\", \
             \"range_start\": \"{}\", \"range_end\": \"{}\"}}}}\n",
            self.address(network, 0),
            self.address(network, 30),
            self.address(network, 70)
        );
        self.put(
            "k8s.cni.cncf.io/v1",
            "NetworkAttachmentDefinition",
            &format!("net{network}"),
            &namespace,
            &body,
        );
    }

    fn node_policy(&mut self, node: usize) {
        let namespace = self.namespace();
        let mut body = format!(
            "  spec:\n    nodeSelector:\n      kubernetes.io/hostname: {namespace}-{node}\n    desiredState:\n      interfaces:\n"
        );
        for network in 0..NETWORKS {
            body += &format!(
                "      - name: {namespace}-net{network}\n        type: vlan\n        state: up\n        vlan:\n          \
                 base-iface: enp6s0\n          id: {}\n        ipv4:\n          enabled: true\n          address:\n          \
                 - ip: {}\n            prefix-length: 24\n",
                20 + network,
                self.address(network, 200 + node)
            );
        }
        let name = format!("{namespace}-{node}");
        self.put("nmstate.io/v1", "NodeNetworkConfigurationPolicy", &name, "default", &body);
    }

    fn node_set(&mut self, set: usize) {
        let mut body = String::from("  spec:\n    preProvisioned: true\n    nodes:\n");
        let fault = if self.faults { "        unheard: 1\n" } else { "" };
        for node in 0..4 {
            body += &format!(
                "      compute-{set}-{node}:\n        hostName: compute-{set}-{node}\n{fault}        networks:\n        \
                 - name: net0\n          subnetName: subnet1\n          fixedIP: {}\n",
                self.address(0, 151 + 4 * set + node)
            );
        }
        let (name, namespace) = (format!("compute{set}"), self.namespace());
        self.put("dataplane.openstack.org/v1beta1", "OpenStackDataPlaneNodeSet", &name, &namespace, &body);
    }

    /// A Service, a `ConfigMap` and Secrets in turn.
    fn other(&mut self) {
        let (name, namespace) = (format!("item{}", self.items), self.namespace());
        let (kind, body) = match self.items % 8 {
            0 => ("Service", format!("  spec:\n    ports:\n    - port: {}\n", self.items)),
            1 => ("ConfigMap", format!("  data:\n    nova.conf: |\n{}", "      debug = true\n".repeat(20))),
            _ => {
                let keys = (0..20)
                    .map(|key| format!("    Password{key}: MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw\n"));
                ("Secret", format!("  data:\n{}", keys.collect::<String>()))
            }
        };
        self.put("v1", kind, &name, &namespace, &body);
    }
}
