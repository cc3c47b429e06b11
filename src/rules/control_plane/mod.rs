//! The control plane: what the operators and their webhooks refuse or ignore.

mod deprecated_field;
mod dhcp_range;
mod dns_option;
mod endpoint_key;
mod endpoint_surplus;
mod foreign_topology;
mod override_ignored;
mod pod_override_length;
mod second_control_plane;
mod unknown_field;

use super::Rule;
use crate::krm::Severity::{Error, Warning};

/// The rules of this area in their order.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "second-control-plane",
        severity: Error,
        summary: "A namespace has two control planes.",
        check: second_control_plane::check,
    },
    Rule {
        name: "endpoint-key",
        severity: Error,
        summary: "An endpoint is overridden that is neither internal nor public.",
        check: endpoint_key::check,
    },
    Rule {
        name: "endpoint-surplus",
        severity: Error,
        summary: "A public endpoint is overridden that the service does not have.",
        check: endpoint_surplus::check,
    },
    Rule {
        name: "foreign-topology",
        severity: Error,
        summary: "A topologyRef leads into another namespace.",
        check: foreign_topology::check,
    },
    Rule {
        name: "pod-override-length",
        severity: Error,
        summary: "RabbitMQ has more or fewer pod overrides than pods.",
        check: pod_override_length::check,
    },
    Rule {
        name: "override-ignored",
        severity: Warning,
        summary: "RabbitMQ's Service is overridden in a field that the operator does not take over.",
        check: override_ignored::check,
    },
    Rule {
        name: "dns-option",
        severity: Error,
        summary: "A DNS option is none that infra-operator takes.",
        check: dns_option::check,
    },
    Rule {
        name: "dhcp-range",
        severity: Error,
        summary: "A DHCP range of Ironic lies outside its own network.",
        check: dhcp_range::check,
    },
    Rule {
        name: "deprecated-field",
        severity: Warning,
        summary: "A field or version is deprecated.",
        check: deprecated_field::check,
    },
    Rule {
        name: "unknown-field",
        severity: Warning,
        summary: "A field is not in the kind's CRD.",
        check: unknown_field::check,
    },
];
