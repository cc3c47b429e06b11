//! Again gives the same, for every config: a run over its own output changes nothing, a rendered first instance as base
//! gives what the base gives, and every configured move happens exactly once.

use std::collections::BTreeMap;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::inventory::BASE_NAME;
use multi_rhoso::krm::Source;
use proptest::prelude::{Strategy, prop};
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::corpus;
use crate::readdress::run;

/// Names that a template could have made, and some that none could.
const NAMES: [&str; 10] = [
    "internalapi",
    "two-internalapi",
    "openstack-internalapi",
    "two-two-internalapi",
    "internalapi-2",
    "internalapi-two",
    "internalapi-openstack",
    "2",
    "two",
    "openstack",
];

const TEMPLATES: [&str; 6] =
    ["{namespace}-{name}", "{name}-{namespace}", "{name}-2", "2-{name}", "{name}", "{namespace}.{name}"];

/// Moves that a second run could make again: each result is the beginning of another move, or holds what moved.
const NETWORKS: &str = "
  networks:
  - name: internalapi
    from: {addresses: [172.17.0.0/24], vlan: 20, dnsDomain: example.com}
    to: {addresses: [172.18.0.0/24], vlan: 21, dnsDomain: two.example.com}
  - name: storage
    from: {addresses: [172.19.0.0/24], vlan: 21, interface: enp6s0}
    to: {addresses: [172.20.0.0/24], vlan: 22, interface: enp6s0.21}
";

/// Nodes that look like each other, and what could be taken for renamed ones.
const NODES: [&str; 4] = ["edpm-compute-0", "edpm-compute-01", "two-edpm-compute-0", "compute"];

/// What an instance calls a node, as its config says.
const NODE_TEMPLATES: [&str; 4] = ["two-{}", "{}-two", "{}0", "other-{}"];

const OTHERS: &str = "\
apiVersion: network.openstack.org/v1beta1
kind: NetConfig
metadata:
  name: netconfig
  namespace: openstack
spec:
  networks:
  - name: internalapi
    dnsDomain: internalapi.example.com
    subnets:
    - {name: subnet1, cidr: 172.17.0.0/24, vlan: 20, allocationRanges: [{start: 172.17.0.100, end: 172.17.0.250}]}
  - name: storage
    dnsDomain: storage.example.com
    subnets:
    - {name: subnet1, cidr: 172.19.0.0/24, vlan: 21, allocationRanges: [{start: 172.19.0.100, end: 172.19.0.250}]}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: hosts
  namespace: openstack
data:
  url: https://keystone-public-openstack.apps.example.com https://keystone-internal.openstack.svc:5000
";

/// A base, and two configs of it.
#[derive(Debug, Clone)]
struct Case {
    base: String,
    first: String,
    second: String,
    names: Vec<&'static str>,
    template: &'static str,
    namespace: &'static str,
    hosts: BTreeMap<&'static str, String>,
}

/// All tests of it.
pub(crate) fn trials() -> Vec<Trial> {
    let real = corpus::manifests().into_iter().map(|path| {
        let name = format!("again::from_the_first::{}", path.display());
        Trial::test(name, move || {
            let text = std::fs::read_to_string(&path)?;
            let (first, second) = (instance("openstack", "", ""), instance("openstack2", FROM, ""));
            Ok(from_the_first(&text, &first, &second).map(drop)?)
        })
    });
    real.chain([Trial::test("again::generated_names_and_moves", generated)]).collect()
}

const FROM: &str = "\n  from: {namespace: openstack}";

fn instance(namespace: &str, from: &str, more: &str) -> String {
    // What a manifest itself has wrong stays wrong.
    let rules: Vec<String> = multi_rhoso::rules::rules()
        .filter(|rule| {
            matches!(rule.check, multi_rhoso::rules::Check::List(_) | multi_rhoso::rules::Check::Made(_))
        })
        .map(|rule| format!("{}: warning", rule.name))
        .collect();
    format!(
        "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nmetadata: {{name: {namespace}}}\nspec:\n  \
         namespace: {namespace}{from}\n  rules: {{{}}}\n{more}",
        rules.join(", ")
    )
}

/// The second instance of the rendered first one is the second instance of the base; either again gives itself.
fn from_the_first(base: &str, first: &str, second: &str) -> Result<String, String> {
    let Ok(of_base) = run(second, base) else { return Ok(String::new()) };
    let rendered = run(first, base)?;
    let of_first = run(second, &rendered)?;
    same("the second instance of the rendered first one", &of_first, &of_base)?;
    same("the first instance again", &run(first, &rendered)?, &rendered)?;
    same("the second instance again", &run(second, &of_base)?, &of_base)?;
    Ok(of_base)
}

fn same(what: &str, got: &str, expected: &str) -> Result<(), String> {
    let differing = got.lines().zip(expected.lines()).find(|(one, other)| one != other);
    match differing {
        None if got.len() == expected.len() => Ok(()),
        _ => Err(format!("{what} is another: {differing:?}\n{got}\n---\n{expected}")),
    }
}

fn generated() -> Result<(), Failed> {
    let mut runner = TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
    runner
        .run(&cases(), |case| {
            let output =
                from_the_first(&case.base, &case.first, &case.second).map_err(TestCaseError::fail)?;
            once(&case, &output).map_err(TestCaseError::fail)
        })
        .map_err(|error| error.to_string().into())
}

fn cases() -> impl Strategy<Value = Case> {
    let names = subsequence(NAMES.to_vec(), 1..4);
    let namespaces = select(vec!["two", "my-openstack", "openstack-two"]);
    (names, select(TEMPLATES.to_vec()), namespaces, prop::bool::ANY, hosts()).prop_map(
        |(names, template, namespace, moves, hosts)| {
            let templates = format!(
                "  names: {{pool: \"{template}\", nodePolicy: \"{template}\", clusterObject: \"{}\"}}\n",
                of_the_cluster(template)
            );
            let renamed = hosts.iter().map(|(from, to)| format!("  - {{from: {from}, to: {to}}}\n"));
            let renamed: String = renamed.collect();
            let renamed = if hosts.is_empty() { renamed } else { format!("  hosts:\n{renamed}") };
            let more = format!("{templates}{}{renamed}", if moves { NETWORKS } else { "" });
            Case {
                base: names.iter().map(|name| objects(name)).collect::<Vec<_>>().concat() + OTHERS + &nodes(),
                first: instance("openstack", "", &templates),
                second: instance(namespace, FROM, &more),
                names,
                template,
                namespace,
                hosts,
            }
        },
    )
}

/// The template for what the run changes, and so cannot keep its name.
fn of_the_cluster(template: &str) -> &str {
    if template == "{name}" { "{name}-{namespace}" } else { template }
}

/// Some of the nodes with other names, none of which is that of another node that moves.
fn hosts() -> impl Strategy<Value = BTreeMap<&'static str, String>> {
    (subsequence(NODES.to_vec(), 0..NODES.len()), select(NODE_TEMPLATES.to_vec()))
        .prop_map(|(nodes, template)| {
            nodes.into_iter().map(|node| (node, template.replace("{}", node))).collect::<BTreeMap<_, _>>()
        })
        .prop_filter("a name that is free", |hosts| {
            hosts.values().all(|to| !NODES.contains(&to.as_str()) && !hosts.contains_key(to.as_str()))
        })
}

/// Nodes as keys, by host name, as objects and in text, each once.
fn nodes() -> String {
    let keys =
        NODES.map(|node| format!("    {node}: {{hostName: {node}.internalapi.example.com}}\n")).concat();
    let sets = NODES.map(|node| {
        format!(
            "---\napiVersion: network.openstack.org/v1beta1\nkind: IPSet\nmetadata:\n  name: {node}\n  namespace: \
             openstack\nspec: {{}}\n"
        )
    });
    format!(
        "---\napiVersion: dataplane.openstack.org/v1beta1\nkind: OpenStackDataPlaneNodeSet\nmetadata:\n  name: compute\n  \
         namespace: openstack\nspec:\n  nodes:\n{keys}---\napiVersion: dataplane.openstack.org/v1beta1\nkind: \
         OpenStackDataPlaneDeployment\nmetadata:\n  name: compute\n  namespace: openstack\nspec:\n  ansibleLimit: \
         \"[{}]\"\n{}",
        NODES.join("]["),
        sets.concat()
    )
}

/// A pool, a policy and a Service that asks for the pool; a binding, and a volume that a claim asks for.
fn objects(name: &str) -> String {
    let number = NAMES.iter().position(|known| *known == name).unwrap_or_default();
    format!(
        "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata:\n  name: {name}\n  namespace: metallb-system\n\
         spec:\n  addresses: [10.0.{number}.0/24]\n---\n\
         apiVersion: nmstate.io/v1\nkind: NodeNetworkConfigurationPolicy\nmetadata:\n  name: {name}\nspec: {{}}\n---\n\
         apiVersion: v1\nkind: Service\nmetadata:\n  name: of-{name}\n  namespace: openstack\n  annotations:\n    \
         metallb.io/address-pool: \"{name}\"\nspec:\n  type: LoadBalancer\n---\n\
         apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: {name}\n\
         roleRef: {{kind: ClusterRole, name: view}}\nsubjects:\n\
         - {{kind: ServiceAccount, name: default, namespace: openstack}}\n---\n\
         apiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: {name}\nspec:\n  \
         claimRef: {{name: of-{name}, namespace: openstack}}\n---\n\
         apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: of-{name}\n  namespace: openstack\n\
         spec:\n  volumeName: \"{name}\"\n---\n"
    )
}

/// Every name is the template's, made once, and every move happened once.
fn once(case: &Case, output: &str) -> Result<(), String> {
    let source = Source::parse(None, output).map_err(|error| error.to_string())?;
    let items = source.items(0, 0).map_err(|error| error.to_string())?;
    let made =
        |template: &str, name: &str| template.replace("{name}", name).replace("{namespace}", case.namespace);
    let named = |kinds: [&str; 2], name: &str| {
        items.iter().filter(|item| kinds.contains(&item.kind) && item.name() == name).count()
    };
    for name in &case.names {
        let expected = made(case.template, name);
        let asked = items.iter().filter(|item| item.annotation("metallb.io/address-pool") == Some(&expected));
        let pools = named(["IPAddressPool", "NodeNetworkConfigurationPolicy"], &expected);
        let own = made(of_the_cluster(case.template), name);
        let bound = named(["ClusterRoleBinding", "PersistentVolume"], &own);
        let claimed = output.matches(&format!("volumeName: \"{own}\"\n")).count();
        if (pools, asked.count(), bound, claimed) != (2, 1, 2, 1) {
            return Err(format!("{name} is not {expected} or {own} once each: {output}"));
        }
    }
    let based = items.iter().filter_map(|item| item.annotation(BASE_NAME)).count();
    let renamed = if case.template == "{name}" { 2 } else { 4 } * case.names.len();
    let host = format!("keystone-public-{}.apps.", case.namespace);
    if based != renamed || !output.contains(&host) {
        return Err(format!("{based} base names for {renamed}, or no host {host}: {output}"));
    }
    let moves = case.second.contains("\n  networks:");
    let wanted = if moves {
        [
            "cidr: 172.18.0.0/24, vlan: 21",
            "cidr: 172.20.0.0/24, vlan: 22",
            "dnsDomain: internalapi.two.example.com",
        ]
    } else {
        [
            "cidr: 172.17.0.0/24, vlan: 20",
            "cidr: 172.19.0.0/24, vlan: 21",
            "dnsDomain: internalapi.example.com",
        ]
    };
    let domain = if moves { "internalapi.two.example.com" } else { "internalapi.example.com" };
    let nodes = NODES.map(|node| case.hosts.get(node).map_or(node, String::as_str));
    let places = nodes.iter().flat_map(|node| {
        [
            format!("    {node}: {{hostName: {node}.{domain}}}\n"),
            format!("[{node}]"),
            format!("  name: {node}\n"),
        ]
    });
    // The set and its deployment are called so too.
    let set = |text: &str| usize::from(text == "  name: compute\n") * 2;
    let wanted = wanted.into_iter().map(str::to_owned).chain(places);
    match wanted.into_iter().find(|text| output.matches(text.as_str()).count() != 1 + set(text)) {
        Some(text) => Err(format!("{text} is not there once: {output}")),
        None => Ok(()),
    }
}
