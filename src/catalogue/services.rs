//! The services of a control plane: when they run, what they need, and what their webhooks look at.
//!
//! Source: openstack-operator `api/core/v1beta1/openstackcontrolplane_webhook.go` (`checkDepsEnabled`,
//! `ValidateCreateServices`), the service operators' `ValidateCreate`, and the control plane's CRD (defaults).

use super::switch::{Switch, off, on};
use crate::path;
use crate::path::Path;

/// A service, or a part of one that runs by a switch of its own.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    /// Its name in what the webhook says.
    pub name: &'static str,
    /// The switches that must have their wanted value; the section of the first must be there.
    pub switches: &'static [Switch],
    /// The names of the services that must run with it.
    pub needs: &'static [&'static str],
}

const fn row(name: &'static str, switches: &'static [Switch], needs: &'static [&'static str]) -> Service {
    Service { name, switches, needs }
}

/// The table.
#[rustfmt::skip]
pub const SERVICES: &[Service] = &[
    row("Galera", &[on!("galera.enabled")], &[]),
    row("Memcached", &[on!("memcached.enabled")], &[]),
    row("RabbitMQ", &[on!("rabbitmq.enabled")], &[]),
    row("Redis", &[off!("redis.enabled")], &[]),
    row("OVN", &[on!("ovn.enabled")], &[]),
    row("DNS", &[on!("dns.enabled")], &[]),
    row("Keystone", &[on!("keystone.enabled")], &["Galera", "Memcached", "RabbitMQ"]),
    row("Glance", &[on!("glance.enabled")], &["Galera", "Memcached", "Keystone"]),
    row("Cinder", &[on!("cinder.enabled")], &["Galera", "Memcached", "RabbitMQ", "Keystone"]),
    row("Placement", &[on!("placement.enabled")], &["Galera", "Memcached", "Keystone"]),
    row("Neutron", &[on!("neutron.enabled")], &["Galera", "Memcached", "RabbitMQ", "Keystone"]),
    row("Nova", &[on!("nova.enabled")],
        &["Galera", "Memcached", "RabbitMQ", "Keystone", "Glance", "Neutron", "Placement"]),
    row("Heat", &[off!("heat.enabled")], &["Galera", "Memcached", "RabbitMQ", "Keystone"]),
    row("Swift", &[on!("swift.enabled")], &["Memcached", "Keystone"]),
    row("Horizon", &[off!("horizon.enabled")], &["Galera", "Memcached", "Keystone"]),
    row("Barbican", &[on!("barbican.enabled")], &["Galera", "Keystone"]),
    row("Octavia", &[off!("octavia.enabled")],
        &["Galera", "Memcached", "RabbitMQ", "Keystone", "Neutron", "Glance", "Nova"]),
    row("Manila", &[off!("manila.enabled")], &[]),
    row("Designate", &[off!("designate.enabled")], &[]),
    row("Ironic", &[off!("ironic.enabled")], &[]),
    row("Telemetry", &[on!("telemetry.enabled")], &[]),
    row("Telemetry.Ceilometer", &[on!("telemetry.enabled"), on!("telemetry.template.ceilometer.enabled")],
        &["RabbitMQ", "Keystone"]),
    row("Telemetry.Autoscaling", &[on!("telemetry.enabled"), off!("telemetry.template.autoscaling.enabled")],
        &["Galera", "Heat", "RabbitMQ", "Keystone"]),
    row("Telemetry.MetricStorage", &[on!("telemetry.enabled"), off!("telemetry.template.metricStorage.enabled")], &[]),
    row("Watcher", &[off!("watcher.enabled")],
        &["Galera", "Memcached", "RabbitMQ", "Keystone", "Telemetry", "Telemetry.Ceilometer",
          "Telemetry.MetricStorage"]),
];

/// The service of a name; a test holds that every name in the table is one.
#[must_use]
pub fn service(name: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|service| service.name == name)
}

/// The service whose section of `spec` has this key.
#[must_use]
pub fn of_section(section: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|service| service.section() == section)
}

impl Service {
    /// The key of its section in `spec`.
    #[must_use]
    pub fn section(&self) -> &'static str {
        self.switches.first().and_then(|switch| switch.path.keys().next()).unwrap_or_default()
    }

    /// The switch that turns it on.
    #[must_use]
    pub fn switch(&self) -> Option<&'static Switch> {
        self.switches.last()
    }
}

/// Topology references in the control plane that nobody holds against its namespace, below `spec`.
///
/// Source: no `ValidateCreate` is called for OVN and Horizon, and Swift's looks at its proxy twice.
pub const UNWATCHED_TOPOLOGIES: [&str; 3] =
    ["/spec/ovn/", "/spec/horizon/", "/spec/swift/template/swiftStorage/"];

/// The endpoints whose webhooks do not look at the keys of their overrides.
pub const UNWATCHED_KEYS: [&str; 3] = ["aodh", "cloudkitty", "watcher"];

/// The Routes whose TLS must be whole where it is written, by the section of `spec` whose service must run.
#[rustfmt::skip]
pub const ROUTES: [(&str, Path); 17] = [
    ("keystone", path!("spec.keystone.apiOverride.route.spec.tls")),
    ("ironic", path!("spec.ironic.apiOverride.route.spec.tls")),
    ("nova", path!("spec.nova.apiOverride.route.spec.tls")),
    ("placement", path!("spec.placement.apiOverride.route.spec.tls")),
    ("barbican", path!("spec.barbican.apiOverride.route.spec.tls")),
    ("neutron", path!("spec.neutron.apiOverride.route.spec.tls")),
    ("glance", path!("spec.glance.apiOverrides.*.route.spec.tls")),
    ("cinder", path!("spec.cinder.apiOverride.route.spec.tls")),
    ("heat", path!("spec.heat.apiOverride.route.spec.tls")),
    ("manila", path!("spec.manila.apiOverride.route.spec.tls")),
    ("swift", path!("spec.swift.proxyOverride.route.spec.tls")),
    ("octavia", path!("spec.octavia.apiOverride.route.spec.tls")),
    ("designate", path!("spec.designate.apiOverride.route.spec.tls")),
    ("watcher", path!("spec.watcher.apiOverride.route.spec.tls")),
    ("telemetry", path!("spec.telemetry.aodhApiOverride.route.spec.tls")),
    ("telemetry", path!("spec.telemetry.prometheusOverride.route.spec.tls")),
    ("telemetry", path!("spec.telemetry.alertmanagerOverride.route.spec.tls")),
];

/// Maps whose keys become parts of names of pods: the section whose service must run, and the longest key.
#[rustfmt::skip]
pub const NAMED_TEMPLATES: [(&str, Path, usize); 4] = [
    ("galera", path!("spec.galera.templates"), 46),
    ("memcached", path!("spec.memcached.templates"), 52),
    ("rabbitmq", path!("spec.rabbitmq.templates"), 52),
    ("redis", path!("spec.redis.templates"), 52),
];

/// The keys that a service's `defaultConfigOverwrite` may have.
///
/// Source: `ValidateDefaultConfigOverwrite` of neutron-operator, placement-operator and nova-operator.
#[rustfmt::skip]
pub const CONFIG_FILES: [(&str, Path, &[&str]); 5] = [
    ("neutron", path!("spec.neutron.template.defaultConfigOverwrite"), &["policy.yaml"]),
    ("placement", path!("spec.placement.template.defaultConfigOverwrite"), &["policy.yaml"]),
    ("nova", path!("spec.nova.template.apiServiceTemplate.defaultConfigOverwrite"),
     &["policy.yaml", "api-paste.ini", "nova_api_audit_map.conf"]),
    ("nova", path!("spec.nova.template.metadataServiceTemplate.defaultConfigOverwrite"), &["api-paste.ini"]),
    ("nova", path!("spec.nova.template.cellTemplates.*.metadataServiceTemplate.defaultConfigOverwrite"),
     &["api-paste.ini"]),
];

#[cfg(test)]
mod tests {
    use super::{CONFIG_FILES, NAMED_TEMPLATES, ROUTES, SERVICES, of_section, service};

    #[test]
    fn every_service_that_is_named_is_in_the_table() {
        for name in SERVICES.iter().flat_map(|service| service.needs) {
            assert!(service(name).is_some(), "{name}");
        }
        let sections = ROUTES.iter().map(|row| row.0).chain(NAMED_TEMPLATES.iter().map(|row| row.0));
        for section in sections.chain(CONFIG_FILES.iter().map(|row| row.0)) {
            assert!(of_section(section).is_some(), "{section}");
        }
    }
}
