//! The names of the Services that the operators make of the endpoints of a control plane.
//!
//! Source: the `ServiceName` constants and `GetServiceName` functions of the service operators (keystone-operator
//! `pkg/keystone/const.go`, glance-operator `controllers/glanceapi_controller.go`, …), infra-operator
//! `internal/controller/network/dnsmasq_controller.go` and `rabbitmq`, ovn-operator `ovndbcluster_controller.go`,
//! telemetry-operator `logging_controller.go`. Designate's multipool names (`-pool1-0`) are not in the table.

/// The endpoint's name in the table of endpoints, and its Services'. `{name}` is the path's wildcard, `{key}` the endpoint
/// type or the pod's number, `{database}` the kind of OVN's database in small letters, `{namespace}` the control plane's.
#[rustfmt::skip]
const NAMES: [(&str, &str); 30] = [
    ("aodh", "aodh-{key}"),
    ("barbican", "barbican-{key}"),
    ("cinder", "cinder-{key}"),
    ("cloudkitty", "cloudkitty-{key}"),
    ("designate", "designate-{key}"),
    ("designate-bind9", "designate-backendbind9-{key}"),
    ("designate-mdns", "designate-mdns-{key}"),
    ("designate-unbound", "designate-unbound-{key}"),
    ("dns", "dnsmasq-dns"),
    ("glance.{name}", "glance-{name}-{key}"),
    ("heat", "heat-api-{key}"),
    ("heat-cfn", "heat-cfnapi-{key}"),
    ("horizon", "horizon"),
    ("ironic", "ironic-{key}"),
    ("ironic-inspector", "ironic-inspector-{key}"),
    ("keystone", "keystone-{key}"),
    ("logging", "openstack-logging-{namespace}"),
    ("manila", "manila-{key}"),
    ("neutron", "neutron-{key}"),
    ("nova", "nova-{key}"),
    ("nova-metadata", "nova-metadata-internal"),
    ("nova-metadata.{name}", "nova-metadata-{name}-internal"),
    ("nova-novncproxy.{name}", "nova-novncproxy-{name}-public"),
    ("octavia", "octavia-{key}"),
    ("ovn.{name}", "ovsdbserver-{database}"),
    ("placement", "placement-{key}"),
    ("rabbitmq-pods.{name}", "{name}-server-{key}"),
    ("rabbitmq.{name}", "{name}"),
    ("swift", "swift-{key}"),
    ("watcher", "watcher-{key}"),
];

/// What a Service's name is made of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words<'a> {
    /// What the wildcard of the endpoint's path matched.
    pub name: &'a str,
    /// `internal`, `public`, or the pod's number.
    pub key: &'a str,
    /// OVN's `dbType`.
    pub database: &'a str,
    /// The control plane's namespace.
    pub namespace: &'a str,
}

/// The name of an endpoint's Service; the endpoint is named as in its table, wildcard and all.
#[must_use]
pub fn service_name(endpoint: &str, words: Words<'_>) -> Option<String> {
    let (_, pattern) = NAMES.iter().find(|(name, _)| *name == endpoint)?;
    let database = words.database.to_ascii_lowercase();
    let filled = pattern.replace("{name}", words.name).replace("{key}", words.key);
    Some(filled.replace("{database}", &database).replace("{namespace}", words.namespace))
}

#[cfg(test)]
mod tests {
    use super::NAMES;
    use crate::catalogue::endpoints::ENDPOINTS;

    #[test]
    fn every_endpoint_has_a_name_for_its_services() {
        let endpoints: Vec<&str> = ENDPOINTS.iter().map(|row| row.name).collect();
        let named: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
        assert_eq!(endpoints, named);
    }
}
