//! Networks: addresses that two things give out, and objects that name each other wrongly.

mod attachment_outside;
mod interfaces;
mod ipset_address;
mod ipset_network;
mod ipset_route;
mod l2_pool_unanswered;
mod netconfig_address;
mod netconfig_name;
mod netconfig_range;
mod netconfig_subnet;
mod netconfig_twice;
mod netconfig_vlan;
mod requested;
mod unknown_interface;
mod unknown_master;
mod vlan_disagrees;

use super::{Rule, addresses};
use crate::krm::Severity::{Error, Warning};

/// The rules of this area in their order.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "pool-attachment-overlap",
        severity: Error,
        summary: "MetalLB and a network attachment give out one address.",
        check: addresses::pool_attachment_overlap,
    },
    Rule {
        name: "pool-allocation-overlap",
        severity: Warning,
        summary: "MetalLB and the data plane's IPAM give out one address.",
        check: addresses::pool_allocation_overlap,
    },
    Rule {
        name: "pool-address-taken",
        severity: Error,
        summary: "A pool holds the address of a gateway or of a node.",
        check: addresses::pool_address_taken,
    },
    Rule {
        name: "attachment-allocation-overlap",
        severity: Warning,
        summary: "A network attachment and the data plane's IPAM of one namespace give out one address.",
        check: addresses::attachment_allocation_overlap,
    },
    Rule {
        name: "attachment-address-taken",
        severity: Warning,
        summary: "A network attachment gives out the address of a gateway or of a node.",
        check: addresses::attachment_address_taken,
    },
    Rule {
        name: "allocation-overlap",
        severity: Warning,
        summary: "Two networks of one instance give out one address to the data plane.",
        check: addresses::allocation_overlap,
    },
    Rule {
        name: "allocation-address-taken",
        severity: Warning,
        summary: "The data plane's IPAM gives out an address that a node or an attachment has.",
        check: addresses::allocation_address_taken,
    },
    Rule {
        name: "attachment-outside",
        severity: Warning,
        summary: "An address of a network attachment lies outside its own range.",
        check: attachment_outside::check,
    },
    Rule {
        name: "netconfig-twice",
        severity: Error,
        summary: "A namespace has two NetConfigs.",
        check: netconfig_twice::check,
    },
    Rule {
        name: "netconfig-name",
        severity: Error,
        summary: "A name or a domain of a NetConfig is refused by its webhook.",
        check: netconfig_name::check,
    },
    Rule {
        name: "netconfig-subnet",
        severity: Error,
        summary: "A CIDR of a NetConfig cannot be read or stands there twice.",
        check: netconfig_subnet::check,
    },
    Rule {
        name: "netconfig-address",
        severity: Error,
        summary: "An address of a NetConfig lies outside its subnet.",
        check: netconfig_address::check,
    },
    Rule {
        name: "netconfig-range",
        severity: Error,
        summary: "An allocation range of a NetConfig does not begin before it ends.",
        check: netconfig_range::check,
    },
    Rule {
        name: "netconfig-vlan",
        severity: Error,
        summary: "A VLAN of a NetConfig is no number up to 4094.",
        check: netconfig_vlan::check,
    },
    Rule {
        name: "ipset-network",
        severity: Error,
        summary: "A node or an IPSet asks for a network that the NetConfig does not have, or for one twice.",
        check: ipset_network::check,
    },
    Rule {
        name: "ipset-address",
        severity: Error,
        summary: "A fixed address of a node or an IPSet is none that its subnet can give.",
        check: ipset_address::check,
    },
    Rule {
        name: "ipset-route",
        severity: Error,
        summary: "A node or an IPSet has a default route without a gateway, or two.",
        check: ipset_route::check,
    },
    Rule {
        name: "vlan-disagrees",
        severity: Warning,
        summary: "NetConfig, node policies and attachments give one network different VLANs.",
        check: vlan_disagrees::check,
    },
    Rule {
        name: "unknown-master",
        severity: Warning,
        summary: "A network attachment is made on an interface that no node policy knows.",
        check: unknown_master::check,
    },
    Rule {
        name: "unknown-interface",
        severity: Warning,
        summary: "An L2Advertisement announces on an interface that no node policy knows.",
        check: unknown_interface::check,
    },
    Rule {
        name: "l2-pool-unanswered",
        severity: Warning,
        summary: "No node has an address in the network of a pool that is announced by ARP or NDP.",
        check: l2_pool_unanswered::check,
    },
];
