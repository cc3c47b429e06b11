//! Inputs in which one thing grows.

use std::fmt::Write as _;

/// How the program is called; the input is its stdin.
pub(crate) const RUN: &[&str] = &[];
const CHECK: &[&str] = &["check", "-"];
const TEXT: &[&str] = &["map", "-"];
const HTML: &[&str] = &["map", "-o", "html", "-"];
const SVG: &[&str] = &["map", "-o", "svg", "-"];
const PLAN: &[&str] = &["plan", "-"];

/// What grows, the least number of it, how the program is called, and the input.
pub(crate) type Input = (&'static str, usize, &'static [&'static str], fn(usize) -> String);

pub(crate) const INPUTS: &[Input] = &[
    ("items, run", 5000, RUN, items),
    ("items, check", 5000, CHECK, items),
    ("items, map", 5000, TEXT, items),
    ("instances, check", 20, CHECK, instances),
    ("instances, map", 20, HTML, instances),
    ("slots, plan", 20, PLAN, slots),
    ("ConfigMap keys", 20_000, RUN, config_map_keys),
    ("ConfigMap keys, check", 20_000, CHECK, config_map_keys),
    ("edited keys", 10_000, RUN, edited_keys),
    ("edited DNSData hosts", 10_000, RUN, dns_hosts),
    ("anchors", 10_000, RUN, anchors),
    ("anchors, check", 10_000, CHECK, anchors),
    ("aliases of one", 10_000, RUN, aliases),
    ("policies of all nodes", 250, CHECK, policies_of_all),
    ("policies by label", 1000, CHECK, policies_by_label),
    ("pools by label", 1000, CHECK, pools_by_label),
    ("pools by label, run", 1000, RUN, pools_by_label),
    ("advertisements of all", 500, CHECK, advertisements_of_all),
    ("advertisements, run", 500, RUN, advertisements_of_all),
    ("RabbitMQ templates", 1000, CHECK, rabbitmq),
    ("RabbitMQ templates, run", 1000, RUN, rabbitmq),
    ("config's networks", 1000, RUN, config_networks),
    ("config's interfaces", 1000, RUN, config_interfaces),
    ("pools", 1000, CHECK, pools),
    ("pools, run", 1000, RUN, pools),
    ("pools, map", 500, TEXT, pools),
    ("a pool's addresses", 2000, CHECK, pool_addresses),
    ("a pool's addresses, map", 1000, TEXT, pool_addresses),
    ("NetConfig ranges", 2000, CHECK, ranges),
    ("NetConfig ranges, run", 2000, RUN, ranges),
    ("NetConfig ranges, text", 1000, TEXT, ranges),
    ("NetConfig ranges, html", 1000, HTML, ranges),
    ("NetConfig networks", 1000, CHECK, networks),
    ("overlapping ranges", 200, CHECK, overlapping_ranges),
    ("a set's nodes", 2000, CHECK, nodes),
    ("a set's nodes, run", 2000, RUN, nodes),
    ("a set's nodes, map", 1000, TEXT, nodes),
    ("VIPs, check", 2000, CHECK, vips),
    ("VIPs, map", 1000, TEXT, vips),
    ("VIPs, html", 1000, HTML, vips),
    ("Services of one address", 250, CHECK, one_address),
    ("Services of one, map", 250, TEXT, one_address),
    ("overlapping pools, check", 200, CHECK, overlapping_pools),
    ("overlapping pools, text", 200, TEXT, overlapping_pools),
    ("overlapping pools, html", 200, HTML, overlapping_pools),
    ("overlapping pools, svg", 200, SVG, overlapping_pools),
    ("faults, check", 10_000, CHECK, faults),
    ("faults, run", 10_000, RUN, faults),
    ("faults of one object", 10_000, CHECK, faults_of_one),
];

const CONFIG: &str = "    namespace: openstack2\n    from: {namespace: openstack}\n    networks:\n    - name: internalapi\n      \
                      from: {addresses: [172.17.0.0/16]}\n      to: {addresses: [172.27.0.0/16]}\n";

struct List(String);

impl List {
    fn new() -> Self {
        Self::with(CONFIG)
    }

    fn with(config: &str) -> Self {
        Self(format!(
            "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nfunctionConfig:\n  apiVersion: \
             multi-rhoso.dev/v1alpha1\n  kind: OpenStackInstance\n  metadata: {{name: two}}\n  spec:\n{config}items:\n"
        ))
    }

    /// An object; the body's lines begin with two blanks.
    fn put(&mut self, api_version: &str, kind: &str, name: &str, namespace: &str, body: &str) {
        let namespace =
            if namespace.is_empty() { String::new() } else { format!("    namespace: {namespace}\n") };
        write!(
            self.0,
            "- apiVersion: {api_version}\n  kind: {kind}\n  metadata:\n    name: {name}\n{namespace}{body}"
        )
        .expect("a text");
    }

    fn pool(&mut self, name: &str, addresses: &str) {
        let body = format!("  spec:\n    addresses:\n{addresses}");
        self.put("metallb.io/v1beta1", "IPAddressPool", name, "metallb-system", &body);
    }

    fn advertisement(&mut self, name: &str, spec: &str) {
        let body = format!("  spec:\n    interfaces: [eth0]\n{spec}");
        self.put("metallb.io/v1beta1", "L2Advertisement", name, "metallb-system", &body);
    }

    fn net_config(&mut self, networks: &str) {
        let body = format!("  spec:\n    networks:\n{networks}");
        self.put("network.openstack.org/v1beta1", "NetConfig", "netconfig", "openstack", &body);
    }

    fn policy(&mut self, name: &str, selector: &str, address: &str) {
        let body = format!(
            "  spec:\n{selector}    desiredState:\n      interfaces:\n      - name: {name}\n        type: vlan\n        \
             state: up\n        vlan: {{base-iface: enp6s0, id: 20}}\n        ipv4:\n          enabled: true\n          \
             address:\n          - {{ip: {address}, prefix-length: 16}}\n"
        );
        self.put("nmstate.io/v1", "NodeNetworkConfigurationPolicy", name, "", &body);
    }

    fn service(&mut self, number: usize, address: &str) {
        let body = format!(
            "    annotations:\n      metallb.universe.tf/address-pool: internalapi\n      \
             metallb.universe.tf/loadBalancerIPs: {address}\n  spec:\n    type: LoadBalancer\n    ports:\n    - name: http\n      \
             port: 80\n    selector:\n      app: s{number}\n"
        );
        self.put("v1", "Service", &format!("s{number}"), "openstack", &body);
    }
}

/// A text for each number, one behind another.
fn each(n: usize, text: impl Fn(usize) -> String) -> String {
    (0..n).map(text).collect()
}

/// Below 172.17.0.0/16.
fn address(number: usize) -> String {
    format!("172.17.{}.{}", number / 256, number % 256)
}

fn items(n: usize) -> String {
    let mut list = List::new();
    list.pool("internalapi", "    - 172.17.0.0/16\n");
    for number in 0..n {
        match number % 8 {
            0 => list.service(number / 8, &address(number / 8)),
            1 => list.put(
                "v1",
                "ConfigMap",
                &format!("c{number}"),
                "openstack",
                "  data:\n    url: http://keystone-internal.openstack.svc:5000\n",
            ),
            _ => {
                let keys =
                    each(20, |key| format!("    Password{key}: MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw\n"));
                list.put("v1", "Secret", &format!("s{number}"), "openstack", &format!("  data:\n{keys}"));
            }
        }
    }
    list.0
}

fn instances(n: usize) -> String {
    let mut list = List::new();
    for one in 0..n {
        let namespace = format!("openstack{one}");
        let (third, second) = (one % 256, 17 + one / 256);
        list.put(
            "core.openstack.org/v1beta1",
            "OpenStackControlPlane",
            "controlplane",
            &namespace,
            "  spec:\n    secret: osp-secret\n    storageClass: local\n",
        );
        for network in 0..5 {
            let name = format!("{namespace}-net{network}");
            let net = format!("10.{}.{third}", second + 20 * network);
            list.pool(
                &name,
                &format!(
                    "    - {net}.80-{net}.90\n    serviceAllocation: {{namespaces: [{namespace}], priority: 1}}\n"
                ),
            );
            list.advertisement(&name, &format!("    ipAddressPools: [{name}]\n"));
        }
        let networks = each(5, |network| {
            let net = format!("10.{}.{third}", second + 20 * network);
            format!(
                "    - name: net{network}\n      dnsDomain: net{network}.example.com\n      subnets:\n      - name: subnet1\n        \
                 cidr: {net}.0/24\n        allocationRanges:\n        - {{start: {net}.100, end: {net}.250}}\n"
            )
        });
        let body = format!("  spec:\n    networks:\n{networks}");
        list.put("network.openstack.org/v1beta1", "NetConfig", "netconfig", &namespace, &body);
    }
    list.0
}

fn slots(n: usize) -> String {
    let instances = each(n - 1, |one| format!("    os{}: {}\n", one + 2, one + 2));
    let networks = each(5, |network| {
        format!("  - {{name: net{network}, addresses: [10.{}.0.0/24], step: 0.0.1.0}}\n", 20 * network + 20)
    });
    format!(
        "apiVersion: multi-rhoso.dev/v1alpha1\nkind: AddressPlan\nmetadata:\n  name: plan\nspec:\n  from: {{namespace: \
         openstack}}\n  networks:\n{networks}  instances:\n    openstack: 1\n{instances}"
    )
}

fn config_map_keys(n: usize) -> String {
    let mut list = List::new();
    let keys = each(n, |key| format!("    key{key}: some value {key}\n"));
    list.put("v1", "ConfigMap", "config", "openstack", &format!("  data:\n{keys}"));
    list.0
}

fn edited_keys(n: usize) -> String {
    let mut list = List::new();
    let keys = each(n, |key| format!("    key{key}: http://keystone-internal.openstack.svc:5000/{key}\n"));
    list.put("v1", "ConfigMap", "config", "openstack", &format!("  data:\n{keys}"));
    list.0
}

fn dns_hosts(n: usize) -> String {
    let mut list = List::new();
    let hosts = each(n, |host| {
        format!("    - ip: {}\n      hostnames:\n      - h{host}.example.com\n", address(host))
    });
    list.put(
        "network.openstack.org/v1beta1",
        "DNSData",
        "hosts",
        "openstack",
        &format!("  spec:\n    dnsDataLabelSelectorValue: dnsdata\n    hosts:\n{hosts}"),
    );
    list.0
}

fn anchors(n: usize) -> String {
    let mut list = List::new();
    let keys = each(n, |key| format!("    a{key}: &a{key} value\n    b{key}: *a{key}\n"));
    list.put("v1", "ConfigMap", "config", "openstack", &format!("  data:\n{keys}"));
    list.0
}

fn aliases(n: usize) -> String {
    let mut list = List::new();
    let keys = each(n, |key| format!("    b{key}: *a\n"));
    list.put("v1", "ConfigMap", "config", "openstack", &format!("  data:\n    a: &a value\n{keys}"));
    list.0
}

fn policies_of_all(n: usize) -> String {
    let mut list = List::new();
    (0..n).for_each(|one| list.policy(&format!("p{one}"), "", &address(one)));
    list.0
}

fn policies_by_label(n: usize) -> String {
    let mut list = List::new();
    for one in 0..n {
        let selector = format!("    nodeSelector:\n      rack: r{one}\n");
        list.policy(&format!("p{one}"), &selector, &address(one));
        let labels = format!("    labels:\n      rack: r{one}\n");
        list.put("v1", "Node", &format!("n{one}"), "", &labels);
    }
    list.0
}

fn pools_by_label(n: usize) -> String {
    let mut list = List::new();
    for one in 0..n {
        let body = format!("    labels:\n      net: l{one}\n  spec:\n    addresses: [{}/32]\n", address(one));
        list.put("metallb.io/v1beta1", "IPAddressPool", &format!("p{one}"), "metallb-system", &body);
        list.advertisement(
            &format!("a{one}"),
            &format!("    ipAddressPoolSelectors:\n    - matchLabels: {{net: l{one}}}\n"),
        );
    }
    list.0
}

fn advertisements_of_all(n: usize) -> String {
    let mut list = List::new();
    for one in 0..n {
        list.pool(&format!("p{one}"), &format!("    - {}/32\n", address(one)));
        list.advertisement(&format!("a{one}"), "");
    }
    list.0
}

fn rabbitmq(n: usize) -> String {
    let mut list = List::new();
    let templates = each(n, |one| format!("        rabbitmq{one}:\n          replicas: 1\n"));
    let body = format!(
        "  spec:\n    secret: osp-secret\n    storageClass: local\n    rabbitmq:\n      templates:\n{templates}"
    );
    list.put("core.openstack.org/v1beta1", "OpenStackControlPlane", "controlplane", "openstack", &body);
    list.0
}

fn config_networks(n: usize) -> String {
    let networks = each(n, |one| {
        let (third, fourth) = (one / 64, one % 64 * 4);
        format!(
            "    - name: net{one}\n      from: {{addresses: [172.17.{third}.{fourth}/30]}}\n      to: {{addresses: \
             [172.27.{third}.{fourth}/30]}}\n"
        )
    });
    let mut list = List::with(&format!(
        "    namespace: openstack2\n    from: {{namespace: openstack}}\n    networks:\n{networks}"
    ));
    list.net_config(&each(n, |one| {
        let (third, fourth) = (one / 64, one % 64 * 4);
        format!(
            "    - name: net{one}\n      dnsDomain: net{one}.example.com\n      subnets:\n      - name: subnet1\n        cidr: \
             172.17.{third}.{fourth}/30\n"
        )
    }));
    list.0
}

fn config_interfaces(n: usize) -> String {
    let interfaces = each(n, |one| format!("    - {{from: eth{one}, to: port{one}}}\n"));
    let mut list = List::with(&format!(
        "    namespace: openstack2\n    from: {{namespace: openstack}}\n    nodePolicies: replace\n    interfaces:\n{interfaces}"
    ));
    let body = each(n, |one| format!("      - name: eth{one}\n        type: ethernet\n        state: up\n"));
    list.put(
        "nmstate.io/v1",
        "NodeNetworkConfigurationPolicy",
        "policy",
        "",
        &format!("  spec:\n    desiredState:\n      interfaces:\n{body}"),
    );
    list.0
}

fn pools(n: usize) -> String {
    let mut list = List::new();
    for one in 0..n {
        list.pool(&format!("p{one}"), &format!("    - {}/32\n", address(one)));
        list.advertisement(&format!("a{one}"), &format!("    ipAddressPools: [p{one}]\n"));
    }
    list.0
}

fn pool_addresses(n: usize) -> String {
    let mut list = List::new();
    list.pool("internalapi", &each(n, |one| format!("    - {}/32\n", address(2 * one))));
    list.advertisement("all", "    ipAddressPools: [internalapi]\n");
    list.0
}

fn subnet(ranges: &str) -> String {
    let mut list = List::new();
    list.net_config(&format!(
        "    - name: internalapi\n      dnsDomain: internalapi.example.com\n      subnets:\n      - name: subnet1\n        \
         cidr: 172.17.0.0/16\n        allocationRanges:\n{ranges}"
    ));
    list.0
}

fn ranges(n: usize) -> String {
    subnet(&each(n, |one| {
        format!("        - {{start: {}, end: {}}}\n", address(4 * one), address(4 * one + 1))
    }))
}

fn networks(n: usize) -> String {
    let mut list = List::new();
    list.net_config(&each(n, |one| {
        let (third, fourth) = (one / 64, one % 64 * 4);
        format!(
            "    - name: net{one}\n      dnsDomain: net{one}.example.com\n      subnets:\n      - name: subnet1\n        cidr: \
             172.17.{third}.{fourth}/30\n"
        )
    }));
    list.0
}

fn overlapping_ranges(n: usize) -> String {
    subnet(&each(n, |one| format!("        - {{start: {}, end: 172.17.255.250}}\n", address(one + 1))))
}

fn nodes(n: usize) -> String {
    let mut list = List::new();
    let nodes = each(n, |one| {
        format!(
            "      node{one}:\n        hostName: node{one}\n        networks:\n        - name: internalapi\n          \
             subnetName: subnet1\n          fixedIP: {}\n",
            address(one + 256)
        )
    });
    list.put(
        "dataplane.openstack.org/v1beta1",
        "OpenStackDataPlaneNodeSet",
        "compute",
        "openstack",
        &format!("  spec:\n    preProvisioned: true\n    nodes:\n{nodes}"),
    );
    list.net_config(
        "    - name: internalapi\n      dnsDomain: internalapi.example.com\n      subnets:\n      - name: subnet1\n        cidr: \
         172.17.0.0/16\n",
    );
    list.0
}

fn vips(n: usize) -> String {
    let mut list = List::new();
    list.pool("internalapi", "    - 172.17.0.0/16\n");
    list.advertisement("internalapi", "    ipAddressPools: [internalapi]\n");
    (0..n).for_each(|one| list.service(one, &address(one + 1)));
    list.0
}

fn one_address(n: usize) -> String {
    let mut list = List::new();
    list.pool("internalapi", "    - 172.17.0.0/16\n");
    list.advertisement("internalapi", "    ipAddressPools: [internalapi]\n");
    (0..n).for_each(|one| list.service(one, "172.17.0.80"));
    list.0
}

fn overlapping_pools(n: usize) -> String {
    let mut list = List::new();
    for one in 0..n {
        list.pool(&format!("p{one}"), &format!("    - {}-172.17.255.250\n", address(one + 1)));
    }
    list.0
}

fn faults(n: usize) -> String {
    let mut list = List::new();
    for one in 0..n {
        list.put(
            "network.openstack.org/v1beta1",
            "DNSData",
            &format!("d{one}"),
            "openstack",
            "  spec:\n    dnsDataLabelSelectorValue: 1\n    unheard: 1\n    hosts: []\n",
        );
    }
    list.0
}

fn faults_of_one(n: usize) -> String {
    let mut list = List::new();
    let hosts = each(n, |host| format!("    - ip: {}\n      hostnames: a\n", address(host)));
    list.put(
        "network.openstack.org/v1beta1",
        "DNSData",
        "hosts",
        "openstack",
        &format!("  spec:\n    dnsDataLabelSelectorValue: dnsdata\n    hosts:\n{hosts}"),
    );
    list.0
}
