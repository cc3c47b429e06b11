//! The table of rules: one row with name, severity, summary and check. Everything about a rule but its check is here;
//! this module must not know how a check works.
//!
//! Names are stable once released. `docs/rules.md` has a section for each row, in this order.

use super::{
    Report, addresses, base, cluster, control_plane, coverage, data_plane, fleet, hosts, infra, instance,
    left_behind, metallb, namespace, network, object, plan, public, references, thing, vip,
};
use crate::change::Changes;
use crate::config::Instance;
use crate::context::Context;
use crate::krm::{Finding, Item, Severity};
use crate::model::Model;
use crate::plan::Plan;
use Severity::{Error, Info, Warning};

/// Checks a finished list.
pub type ListCheck = fn(&Model<'_>, &mut Report);

/// Checks an instance's run, with its planned changes.
pub type RunCheck = fn(&Context<'_>, &Changes, &mut Report);

/// Checks an instance's finished list against its config.
pub type MadeCheck = fn(&Instance, &Model<'_>, &mut Report);

/// Checks an address plan by itself, for all of its slots.
pub type PlanCheck = fn(&Plan, &Item<'_>, &mut Report);

/// Checks an address plan against the one before it, which stands first.
pub type AgainCheck = fn(&Plan, &Plan, &Item<'_>, &mut Report);

/// Where a rule's findings come from.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// A check of every finished list.
    List(ListCheck),
    /// A check of an instance's run.
    Run(RunCheck),
    /// A check of an instance's finished list against its config.
    Made(MadeCheck),
    /// A check of an address plan.
    Plan(PlanCheck),
    /// A check of an address plan against the one before it.
    Again(AgainCheck),
    /// The run itself, which goes on afterwards.
    Said,
    /// The run itself, at a fixed level for this reason: otherwise the output would be wrong, or there is none.
    Fixed(&'static str),
}

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The stable name, printed as `tags.rule`.
    pub name: &'static str,
    /// The severity, unless the config sets another.
    pub severity: Severity,
    /// What it finds, in one sentence.
    pub summary: &'static str,
    /// Where its findings come from.
    pub check: Check,
}

impl Row {
    /// A finding of this rule about the whole list. No finding is made anywhere else.
    #[must_use]
    pub fn finding(&self, message: impl Into<String>) -> Finding {
        Finding {
            severity: self.severity,
            rule: self.name,
            message: message.into(),
            resource: None,
            field: None,
            file: None,
            place: None,
            others: Vec::new(),
        }
    }

    /// Whether `spec.rules` may set its level.
    #[must_use]
    pub fn is_settable(&self) -> bool {
        !matches!(self.check, Check::Fixed(_))
    }
}

const fn list(name: &'static str, severity: Severity, summary: &'static str, check: ListCheck) -> Row {
    Row { name, severity, summary, check: Check::List(check) }
}

const fn run(name: &'static str, severity: Severity, summary: &'static str, check: RunCheck) -> Row {
    Row { name, severity, summary, check: Check::Run(check) }
}

const fn made(name: &'static str, severity: Severity, summary: &'static str, check: MadeCheck) -> Row {
    Row { name, severity, summary, check: Check::Made(check) }
}

const fn planned(name: &'static str, severity: Severity, summary: &'static str, check: PlanCheck) -> Row {
    Row { name, severity, summary, check: Check::Plan(check) }
}

const fn again(name: &'static str, severity: Severity, summary: &'static str, check: AgainCheck) -> Row {
    Row { name, severity, summary, check: Check::Again(check) }
}

/// Makes rows with a constant for each, by which code reports them.
macro_rules! said {
    ($($constant:ident: $name:literal, $severity:ident, $summary:literal, $check:expr;)+) => {
        /// The rules that the run itself reports, as in `said::ADDRESS_STAYS.finding(message)`.
        pub mod said {
            use super::{Check::{Fixed, Said}, Row, Severity::{Error, Info, Warning}};

            $(
                #[doc = $summary]
                pub const $constant: Row =
                    Row { name: $name, severity: $severity, summary: $summary, check: $check };
            )+
        }

        pub(super) static SAID: &[Row] = &[$(said::$constant),+];
    };
}

/// The rules with a check.
pub(super) static CHECKS: &[Row] = &[
    // An instance, before anything is applied.
    run(
        "nothing-to-do",
        Warning,
        "The list holds nothing that the function changes.",
        instance::nothing_to_do,
    ),
    run(
        "made-by-another-config",
        Error,
        "An object was made for this instance by a config that moves something else.",
        instance::made_by_another_config,
    ),
    run(
        "made-for-another",
        Error,
        "An object was made for an instance that this one is not made from.",
        instance::made_for_another,
    ),
    run("pool-collision", Error, "Two pools end with one name.", instance::pool_collision),
    run("name-collision", Error, "A rename makes two objects one.", instance::name_collision),
    run(
        "pinned-address",
        Error,
        "An address of spec.endpoints.loadBalancerIPs cannot be had.",
        instance::pinned_address,
    ),
    run(
        "cluster-operator",
        Warning,
        "The configuration of one of the cluster's own operators, which all instances share.",
        instance::cluster_operator,
    ),
    run("from-unmatched", Warning, "The base has not what the config says of it.", base::from_unmatched),
    run(
        "left-behind",
        Warning,
        "An object of the instance holds something of the base's, in a place that the function does not know.",
        left_behind::left_behind,
    ),
    run(
        "moved-back",
        Error,
        "An object that was moved for the instance has what the base has again.",
        left_behind::moved_back,
    ),
    made(
        "not-moved",
        Error,
        "The instance gives out addresses that no network of the config covers.",
        coverage::not_moved,
    ),
    made(
        "nothing-moves",
        Warning,
        "The config has no networks, and the instance gives out the addresses that came in.",
        coverage::nothing_moves,
    ),
    run(
        "cluster-object",
        Error,
        "A cluster-scoped object would be changed for the instance and keep its name.",
        cluster::keeps_its_name,
    ),
    run(
        "foreign-object",
        Warning,
        "An object of another namespace would be changed for the instance and stay there.",
        cluster::stays_in_its_namespace,
    ),
    run(
        "bare-metal-host-moves",
        Error,
        "A BareMetalHost would move to the instance's namespace with the machine of the base's.",
        thing::machine_of_the_base,
    ),
    run(
        "volume-moves",
        Warning,
        "A PersistentVolume would move to the instance's claim with the storage of the base's.",
        thing::storage_of_the_base,
    ),
    run(
        "host-unmatched",
        Warning,
        "The config gives a node another name that the list does not have.",
        hosts::unmatched,
    ),
    run(
        "host-pattern",
        Warning,
        "An ansibleLimit finds what the base calls a node, and not its new name.",
        hosts::pattern,
    ),
    // An address plan, for all of its slots at once.
    planned(
        "plan-slot",
        Error,
        "Two instances of the plan have one slot, or one cannot be called so.",
        plan::slots::taken,
    ),
    planned("plan-room", Error, "A slot has no addresses of a network.", plan::addresses::room),
    planned(
        "plan-overlap",
        Error,
        "Two slots, two networks or what is reserved have an address in common.",
        plan::addresses::overlap,
    ),
    planned(
        "plan-step",
        Error,
        "A slot's network would be none: its step is no multiple of its size.",
        plan::addresses::step,
    ),
    planned(
        "plan-within",
        Error,
        "A slot's addresses leave what their network may have.",
        plan::addresses::within,
    ),
    planned(
        "plan-public",
        Warning,
        "A slot's addresses are not private, and somebody else's.",
        plan::addresses::public,
    ),
    planned("plan-vlan", Error, "A VLAN ID of a slot is taken, reserved, or none.", plan::names::vlan),
    planned(
        "plan-interface",
        Error,
        "A host interface of a slot is taken, has too long a name, or none.",
        plan::names::interface,
    ),
    planned(
        "plan-domain",
        Error,
        "Two networks of the plan's slots have one DNS domain.",
        plan::names::domain,
    ),
    again("plan-moved", Error, "An instance of the plan would move.", plan::again::moved),
    again("plan-gone", Warning, "The plan no longer has an instance that it had.", plan::again::gone),
    // MetalLB's objects.
    list(
        "address-pool-removed",
        Error,
        "MetalLB no longer reads AddressPool.",
        metallb::object::address_pool_removed,
    ),
    list(
        "metallb-namespace",
        Error,
        "An object of MetalLB's is outside of the one namespace that MetalLB reads.",
        metallb::object::outside_its_namespace,
    ),
    list("pool-empty", Error, "A pool has no name or no addresses.", metallb::pool::empty),
    list(
        "pool-address",
        Error,
        "MetalLB cannot read an entry of spec.addresses.",
        metallb::pool::unreadable_entry,
    ),
    list(
        "pool-mixed-families",
        Error,
        "A range begins in one address family and ends in the other.",
        metallb::pool::mixed_families,
    ),
    list("pool-mapped-ipv4", Warning, "IPv4 addresses are written as IPv6.", metallb::pool::mapped_ipv4),
    list("pool-leading-zero", Warning, "A prefix length begins with a zero.", metallb::pool::leading_zero),
    list(
        "pool-host-bits",
        Warning,
        "A CIDR has bits behind its prefix, and so is a larger network than it looks.",
        metallb::pool::host_bits,
    ),
    list(
        "pool-overlap",
        Error,
        "Two entries, of one pool or of two, hold the same address.",
        addresses::pool_overlap,
    ),
    list("pool-duplicate", Error, "Two pools of the list have one name.", metallb::pool::duplicate),
    list("allocation-duplicate", Error, "A pool names one namespace twice.", metallb::pool::namespace_twice),
    list(
        "pool-namespace-selectors",
        Warning,
        "Selectors let more namespaces into a pool than it seems.",
        metallb::pool::namespace_selectors,
    ),
    list(
        "pool-of-several",
        Warning,
        "A pool has several ranges and is open to several namespaces.",
        metallb::tenant::ranges_of_several,
    ),
    list(
        "pool-open",
        Warning,
        "A pool is open to every namespace beside pools of an instance.",
        metallb::tenant::open_to_all,
    ),
    list("selector-syntax", Error, "MetalLB cannot read a label selector.", metallb::selector::syntax),
    list("selector-duplicate", Error, "One list holds two equal selectors.", metallb::selector::duplicate),
    list(
        "advertisement-of-all-pools",
        Warning,
        "An advertisement names no pool and selects none, so it announces every pool of every instance.",
        metallb::advertisement::of_all_pools,
    ),
    list(
        "advertisement-reaches-others",
        Warning,
        "An advertisement's selectors reach pools of different instances.",
        metallb::advertisement::reaches_others,
    ),
    list(
        "advertisement-duplicate",
        Error,
        "An advertisement names a pool, peer or community twice.",
        metallb::advertisement::named_twice,
    ),
    list(
        "l2-other-network",
        Warning,
        "A pool is announced on an interface that is in another network.",
        metallb::segment::other_network,
    ),
    list(
        "unknown-pool",
        Error,
        "An advertisement names a pool that the list lacks though it holds others.",
        metallb::advertisement::unknown_pool,
    ),
    list(
        "pool-unadvertised",
        Warning,
        "No advertisement of the list announces a pool.",
        metallb::pool::unadvertised,
    ),
    list(
        "unknown-peer",
        Error,
        "An advertisement names a BGPPeer that the list lacks though it holds others.",
        metallb::advertisement::unknown_peer,
    ),
    list(
        "aggregation-length",
        Error,
        "An aggregation length does not fit the pools it is for.",
        metallb::route::aggregation_length,
    ),
    list(
        "local-preference",
        Error,
        "Two advertisements give one route different local preferences.",
        metallb::route::local_preference,
    ),
    list("community-syntax", Error, "A community is no number that BGP has.", metallb::community::syntax),
    list(
        "community-duplicate",
        Error,
        "One alias of a community is defined twice.",
        metallb::community::duplicate,
    ),
    list(
        "community-unknown",
        Error,
        "An advertisement names a community that no Community defines though the list holds some.",
        metallb::community::unknown,
    ),
    list(
        "peer-fields",
        Error,
        "A BGPPeer lacks a field, or has two that exclude each other.",
        metallb::peer::fields,
    ),
    list("peer-timers", Error, "The timers of a BGPPeer contradict each other.", metallb::peer::timers),
    list(
        "peer-secret",
        Error,
        "The Secret of a BGPPeer's password is none that MetalLB reads.",
        metallb::peer::secret,
    ),
    list(
        "peer-duplicate",
        Error,
        "Two BGPPeers of one node are the same neighbour.",
        metallb::session::duplicate,
    ),
    list(
        "peer-conflict",
        Error,
        "Two BGPPeers of one node disagree about our own side.",
        metallb::session::conflict,
    ),
    list(
        "bfd-profile-unknown",
        Error,
        "A BGPPeer names a BFDProfile that the list lacks though it holds some.",
        metallb::bfd::unknown,
    ),
    list(
        "bfd-profile",
        Error,
        "A BFDProfile is there twice, or a value of it is out of bounds.",
        metallb::bfd::profile,
    ),
    list(
        "bfd-echo-ipv6",
        Error,
        "A pool with IPv6 is announced to a BGPPeer whose BFD profile has echo mode.",
        metallb::bfd::echo_ipv6,
    ),
    // VIPs.
    list(
        "annotation-case",
        Warning,
        "A MetalLB annotation is spelled in a case that MetalLB does not read.",
        vip::annotation::miscased,
    ),
    list(
        "inert-annotations",
        Warning,
        "A Service that is no LoadBalancer has MetalLB annotations, which do nothing.",
        vip::annotation::inert,
    ),
    list(
        "vip-domains-disagree",
        Warning,
        "The two domains of an annotation have different values.",
        vip::annotation::domains_disagree,
    ),
    list(
        "vip-asked-twice",
        Error,
        "A Service asks for its address by annotation and by spec.loadBalancerIP.",
        vip::address::asked_twice,
    ),
    list(
        "vip-address",
        Error,
        "What a Service asks for is not one address, or one of each family.",
        vip::address::syntax,
    ),
    list(
        "vip-unknown-pool",
        Warning,
        "A Service asks for a pool that the list lacks though it holds others.",
        vip::pool::unknown,
    ),
    list(
        "vip-any-pool",
        Warning,
        "A LoadBalancer names no pool, and several let it in.",
        vip::choice::any_pool,
    ),
    list(
        "vip-outside-pools",
        Error,
        "A Service asks for an address that no pool of the list has.",
        vip::pinned::outside,
    ),
    list(
        "vip-outside-its-pool",
        Error,
        "A Service asks for an address that the pool it names does not have.",
        vip::pinned::outside,
    ),
    list(
        "vip-address-taken",
        Warning,
        "A Service asks for an address that no pool has and something else does.",
        vip::pinned::taken,
    ),
    list(
        "vip-two-pools",
        Error,
        "A Service asks for two addresses that no one pool has.",
        vip::address::of_two_pools,
    ),
    list(
        "foreign-service",
        Warning,
        "A Service asks for a pool that is closed to its namespace.",
        vip::pool::foreign_to_service,
    ),
    list(
        "vip-foreign-pool",
        Error,
        "An endpoint draws on a pool of another instance.",
        vip::pool::foreign_to_endpoint,
    ),
    list(
        "vip-sharing",
        Error,
        "Two Services ask for one address and may not share it.",
        vip::pinned::sharing,
    ),
    list("vip-port", Error, "Two Services ask for one address and listen on one port.", vip::pinned::port),
    list(
        "pool-too-small",
        Error,
        "A pool has fewer addresses than the Services that draw on it need.",
        vip::pool::too_small,
    ),
    // Networks.
    list(
        "pool-attachment-overlap",
        Error,
        "MetalLB and a network attachment give out one address.",
        addresses::pool_attachment_overlap,
    ),
    list(
        "pool-allocation-overlap",
        Warning,
        "MetalLB and the data plane's IPAM give out one address.",
        addresses::pool_allocation_overlap,
    ),
    list(
        "pool-address-taken",
        Error,
        "A pool holds the address of a gateway or of a node.",
        addresses::pool_address_taken,
    ),
    list(
        "attachment-allocation-overlap",
        Warning,
        "A network attachment and the data plane's IPAM of one namespace give out one address.",
        addresses::attachment_allocation_overlap,
    ),
    list(
        "attachment-address-taken",
        Warning,
        "A network attachment gives out the address of a gateway or of a node.",
        addresses::attachment_address_taken,
    ),
    list(
        "allocation-overlap",
        Warning,
        "Two networks of one instance give out one address to the data plane.",
        addresses::allocation_overlap,
    ),
    list(
        "allocation-address-taken",
        Warning,
        "The data plane's IPAM gives out an address that a node or an attachment has.",
        addresses::allocation_address_taken,
    ),
    list("public-network", Warning, "A network of an instance has public addresses.", public::networks),
    list(
        "attachment-outside",
        Warning,
        "An address of a network attachment lies outside its own range.",
        network::attachment::outside,
    ),
    list(
        "attachment-config",
        Error,
        "The CNI configuration of a network attachment is none that its plugin takes.",
        network::attachment_config::config,
    ),
    list(
        "attachment-master",
        Warning,
        "A network attachment does not say on which interface it is made.",
        network::attachment_config::on_default_route,
    ),
    list(
        "attachment-range",
        Error,
        "A network attachment has no range of addresses that its IPAM can give out.",
        network::attachment_range::ranges,
    ),
    list(
        "attachment-address",
        Error,
        "An address or a route of a network attachment cannot be read.",
        network::attachment_range::addresses,
    ),
    list(
        "attachment-foreign",
        Error,
        "Pods ask for a network attachment of another namespace.",
        network::foreign_attachment::foreign,
    ),
    list(
        "node-policy-field",
        Error,
        "A node policy has a field that nmstate does not have, or a value that it cannot read.",
        network::node_field::fields,
    ),
    list(
        "node-policy-address",
        Error,
        "An address of a node policy is none, or of the wrong family or length.",
        network::node_address::addresses,
    ),
    list(
        "node-policy-twice",
        Warning,
        "A node policy has one interface or one address twice.",
        network::node_address::twice,
    ),
    list(
        "node-policy-name",
        Error,
        "A node policy names an interface as the kernel does not.",
        network::node_interface::names,
    ),
    list(
        "node-policy-vlan",
        Error,
        "A VLAN of a node policy is one that the kernel refuses.",
        network::node_interface::vlans,
    ),
    list(
        "node-policy-port",
        Error,
        "A port of a node policy is one twice, or cannot be one.",
        network::node_port::ports,
    ),
    list(
        "node-policy-route",
        Error,
        "A route of a node policy is none that a node takes.",
        network::node_route::routes,
    ),
    list(
        "node-policy-unknown",
        Warning,
        "A node policy builds upon or routes through an interface that no policy sets up.",
        network::node_route::unknown_interface,
    ),
    list("netconfig-twice", Error, "A namespace has two NetConfigs.", network::net_config::twice),
    list(
        "netconfig-name",
        Error,
        "A name or a domain of a NetConfig is refused by its webhook.",
        network::net_config::names,
    ),
    list(
        "netconfig-subnet",
        Error,
        "A CIDR of a NetConfig cannot be read or stands there twice.",
        network::net_config::subnet,
    ),
    list(
        "netconfig-address",
        Error,
        "An address of a NetConfig lies outside its subnet.",
        network::net_config::address,
    ),
    list(
        "netconfig-range",
        Error,
        "An allocation range of a NetConfig does not begin before it ends.",
        network::net_config::range,
    ),
    list(
        "netconfig-vlan",
        Error,
        "A VLAN of a NetConfig is no number up to 4094.",
        network::net_config::vlan,
    ),
    list(
        "ipset-network",
        Error,
        "A node or an IPSet asks for a network that the NetConfig does not have, or for one twice.",
        network::ip_request::network,
    ),
    list(
        "ipset-address",
        Error,
        "A fixed address of a node or an IPSet is none that its subnet can give.",
        network::ip_request::address,
    ),
    list(
        "ipset-route",
        Error,
        "A node or an IPSet has a default route without a gateway, or two.",
        network::ip_request::default_route,
    ),
    list(
        "node-networks",
        Error,
        "A data plane node has no networks, or none by which it is reached.",
        data_plane::node_set::networks,
    ),
    list(
        "ansible-host",
        Error,
        "The host of a data plane node is no address of its ctlplane.",
        data_plane::node_set::hosts,
    ),
    list("node-twice", Error, "A data plane node is in two node sets.", data_plane::node_set::twice),
    list("volume-name", Error, "A volume of a node set cannot be called so.", data_plane::node_set::volumes),
    list(
        "data-plane-service",
        Error,
        "A data plane service has nothing to run.",
        data_plane::service::artifact,
    ),
    list(
        "vlan-disagrees",
        Warning,
        "NetConfig, node policies and attachments give one network different VLANs.",
        network::vlan::disagrees,
    ),
    list(
        "unknown-master",
        Warning,
        "A network attachment is made on an interface that no node policy knows.",
        network::interface::unknown_master,
    ),
    list(
        "unknown-attachment",
        Warning,
        "Pods ask for a network attachment that their namespace lacks though it has others.",
        references::attachments,
    ),
    list(
        "unknown-nic",
        Warning,
        "A provider network is on an interface that no node policy knows.",
        references::nics,
    ),
    list(
        "unknown-interface",
        Warning,
        "An L2Advertisement announces on an interface that no node policy knows.",
        network::interface::unknown_to_advertisement,
    ),
    list(
        "l2-pool-unanswered",
        Warning,
        "No node has an address in the network of a pool that is announced by ARP or NDP.",
        network::interface::unanswered_pool,
    ),
    // The control plane.
    list("second-control-plane", Error, "A namespace has two control planes.", control_plane::plane::second),
    list(
        "endpoint-key",
        Error,
        "An endpoint is overridden that is neither internal nor public.",
        control_plane::endpoint::key,
    ),
    list(
        "endpoint-surplus",
        Error,
        "A public endpoint is overridden that the service does not have.",
        control_plane::endpoint::surplus,
    ),
    list(
        "unknown-backend",
        Warning,
        "A service names a database, a cache or a message bus that the control plane does not have.",
        references::backends,
    ),
    list(
        "unknown-secret",
        Warning,
        "An object names a Secret that is nearly, and not quite, called as one of its namespace.",
        references::secrets,
    ),
    list(
        "unknown-service",
        Warning,
        "A node set names a service that neither the list nor the operator has.",
        references::services,
    ),
    list(
        "unknown-object",
        Warning,
        "An object names another that its namespace lacks though it has others of the kind.",
        references::objects,
    ),
    list(
        "unknown-node",
        Warning,
        "Pods are to run on a node that the list does not have though it has others.",
        references::nodes,
    ),
    list(
        "foreign-topology",
        Error,
        "A topologyRef leads into another namespace.",
        control_plane::plane::foreign_topology,
    ),
    list(
        "pod-override-length",
        Error,
        "RabbitMQ has more or fewer pod overrides than pods.",
        control_plane::endpoint::pod_override_length,
    ),
    list(
        "override-ignored",
        Warning,
        "RabbitMQ's Service is overridden in a field that the operator does not take over.",
        control_plane::endpoint::override_ignored,
    ),
    list(
        "dns-option",
        Error,
        "A DNS option is none that infra-operator takes.",
        control_plane::value::dns_option,
    ),
    list(
        "dns-local",
        Warning,
        "A DNS option takes the place of the one for the instance's own names.",
        fleet::dns::local_hides_default,
    ),
    list(
        "dhcp-range",
        Error,
        "A DHCP range of Ironic lies outside its own network.",
        control_plane::value::dhcp_range,
    ),
    list(
        "dhcp-overlap",
        Error,
        "Two DHCP ranges of Ironic have an address in common.",
        control_plane::ironic::overlap,
    ),
    list("ironic-conductor", Error, "Ironic's conductors are refused.", control_plane::ironic::conductors),
    list(
        "service-dependency",
        Error,
        "A service runs without another that it needs.",
        control_plane::service::dependency,
    ),
    list(
        "openstack-version",
        Error,
        "An OpenStackVersion is not called as its control plane, or there are two.",
        control_plane::plane::version,
    ),
    list(
        "bus-user",
        Error,
        "All services get one user of the messaging bus.",
        control_plane::service::bus_user,
    ),
    list("route-tls", Error, "A Route's TLS lacks certificate or key.", control_plane::service::route_tls),
    list(
        "template-name",
        Error,
        "A name cannot be part of the names of the pods that are made of it.",
        control_plane::template::names,
    ),
    list(
        "config-overwrite",
        Error,
        "A configuration file is overwritten that nobody may.",
        control_plane::template::config_files,
    ),
    list(
        "template-contradiction",
        Error,
        "Fields of one service's template contradict each other.",
        control_plane::template::contradictions,
    ),
    list("nova-cell", Error, "A cell of Nova is refused.", control_plane::nova::cells),
    list("glance-api", Error, "Glance's APIs are refused.", control_plane::glance::apis),
    list(
        "keystone-external",
        Error,
        "Another control plane's Keystone is used, and its URLs are not there.",
        control_plane::keystone::external,
    ),
    list("deprecated-field", Warning, "A field or version is deprecated.", control_plane::field::deprecated),
    list("rabbitmq-user", Error, "A user or vhost of RabbitMQ is refused.", infra::rabbitmq::users),
    list("instance-ha-twice", Error, "Two InstanceHa are for one cloud.", infra::instance_ha::cloud_twice),
    // Any object, as its CRD has it.
    list("unknown-field", Warning, "A field is not in the kind's CRD.", object::field::unknown),
    list(
        "field-required",
        Error,
        "A field that the kind's CRD requires is missing.",
        object::field::required,
    ),
    list("field-type", Error, "A value is not of the type that its field has.", object::field::type_of_value),
    list("field-enum", Error, "A value is none of those that its field takes.", object::field::choice),
    list("field-pattern", Error, "A value does not match its field's pattern.", object::field::pattern),
    list(
        "field-bounds",
        Error,
        "A value is too small, too large, too short or too long.",
        object::field::bounds,
    ),
    list("object-name", Error, "An object's name, namespace or label is refused.", object::name::refused),
    // Several instances in one list.
    list("object-twice", Error, "One object is defined twice with different content.", fleet::object::twice),
    list(
        "namespace-absent",
        Warning,
        "Objects have no namespace beside others of OpenStack's that have one.",
        namespace::absent,
    ),
    list(
        "of-a-neighbour",
        Warning,
        "An object of one instance holds a name, a namespace or an address of another.",
        fleet::neighbour::of_a_neighbour,
    ),
    list("route-twice", Error, "Two instances have a route of one host.", fleet::dns::route_twice),
    list("bare-metal-host-twice", Error, "Two BareMetalHosts are one machine.", thing::machine_twice),
    list("instances-overlap", Warning, "Two instances give out one address.", addresses::instances_overlap),
    list(
        "node-interfaces-fight",
        Error,
        "Two policies of one node set one interface differently.",
        fleet::node::interfaces_fight,
    ),
    list(
        "node-globals-fight",
        Warning,
        "Two policies of one node set its resolvers or a route differently.",
        fleet::node::globals_fight,
    ),
    list(
        "region-equal",
        Info,
        "Two control planes have regions of one name.",
        control_plane::plane::region_equal,
    ),
];

said! {
    UNREADABLE: "unreadable", Error,
        "A text is no YAML, or holds something that is no Kubernetes object.",
        Fixed("what cannot be read cannot be printed either");
    NO_RESOURCE_LIST: "no-resource-list", Error,
        "Standard input holds no ResourceList.",
        Fixed("without a list there is nothing to do");
    NO_CONFIG: "no-config", Error,
        "The list has no function config.",
        Fixed("without a config nobody knows what is to be made");
    CONFIG: "config", Error,
        "The function config cannot be understood.",
        Fixed("without a config nobody knows what is to be made");
    PLAN: "plan", Error,
        "The address plan is not there, or cannot be understood.",
        Fixed("without the plan nobody knows what is to be made");
    PLAN_UNNAMED: "plan-unnamed", Error,
        "The list has an address plan, and the config of an instance does not name it.",
        Said;
    NAMESPACE_MISSING: "namespace-missing", Error,
        "Neither the config nor the list says which namespace is the instance's.",
        Fixed("all names are made of the namespace");
    CONTROL_PLANES: "control-planes", Error,
        "The list holds control planes of several namespaces.",
        Fixed("one run makes one instance, and nothing says which of them");
    CONTROL_PLANE_NAMESPACE: "control-plane-namespace", Error,
        "The control plane is in a namespace that is neither the instance's nor the base's.",
        Fixed("the pools would be closed to the control plane that they are for");
    CANNOT_EDIT: "cannot-edit", Error,
        "Something must change where it cannot be edited safely.",
        Fixed("what cannot be edited would stay the base's");
    UNKNOWN_ENDPOINT: "unknown-endpoint", Error,
        "The config names an endpoint that does not exist.",
        Said;
    ENDPOINT_NOT_IN_USE: "endpoint-not-in-use", Warning,
        "The config names an endpoint that no enabled service has.",
        Said;
    ENDPOINT_WITHOUT_POOL: "endpoint-without-pool", Warning,
        "An endpoint got no pool.",
        Said;
    ENDPOINT_UNPINNED: "endpoint-unpinned", Warning,
        "An endpoint may take an address that others have pinned.",
        Said;
    EXTERNAL_ENDPOINTS_REMOVED: "external-endpoints-removed", Warning,
        "A control plane has a field that operators no longer read.",
        Said;
    ALLOCATED_FROM_POOL: "allocated-from-pool", Warning,
        "A manifest has the annotation that MetalLB writes itself.",
        Said;
    ADDRESS_STAYS: "address-stays", Warning,
        "Addresses that are not within what moves stay as they are.",
        Said;
    VLAN_STAYS: "vlan-stays", Warning,
        "A VLAN that moves elsewhere stays where nothing says whose it is.",
        Said;
    INTERFACE_NAME: "interface-name", Error,
        "The name of a host interface would be too long.",
        Fixed("the base's interface would stay, and two instances would configure it");
    CNI_CONFIG: "cni-config", Error,
        "The CNI configuration of an attachment cannot be read.",
        Fixed("the base's addresses and interfaces would stay in it, and two instances would have them");
    NETWORKS_ANNOTATION: "networks-annotation", Error,
        "The annotation that attaches pods to networks cannot be read.",
        Fixed("the base's namespace would stay in it, and pods would be on another instance's networks");
    SHARED_INTERFACE: "shared-interface", Warning,
        "An interface is the base's too, and an address on it moves.",
        Said;
    SHARED_PORT: "shared-port", Warning,
        "An interface of the instance has a port of the base's.",
        Said;
    NODE_GLOBAL: "node-global", Warning,
        "The base's and the instance's policies would set the resolvers or a route of one node.",
        Said;
    SHARED_OBJECT: "shared-object", Info,
        "An object that all instances of a plan share is left to the one that prints it.",
        Fixed("two would print one object");
    RULE_OFF: "rule-off", Info,
        "The config has switched a rule off.",
        Fixed("it tells a rule that found nothing from one that was not asked");
}
