//! Faults of node policies, by class: every one that the rules know.

use serde_json::{Value, json};

use super::policies::{Random, ipv6};

/// A fault: its name, the rule that is to find it, and how a state gets it.
pub(super) type Fault = (&'static str, &'static str, fn(&mut Value, &mut Random));

/// The interface of a name in a state.
fn named<'s>(state: &'s mut Value, name: &str) -> &'s mut Value {
    let all = state["interfaces"].as_array_mut().unwrap();
    all.iter_mut().find(|interface| interface["name"] == name).unwrap()
}

fn vlan<'s>(state: &'s mut Value, random: &mut Random) -> &'s mut Value {
    let name = random.one(&["internalapi", "storage", "tenant"]);
    named(state, name)
}

fn add(state: &mut Value, interface: Value) {
    state["interfaces"].as_array_mut().unwrap().push(interface);
}

fn route(state: &mut Value, route: Value) {
    let routes = &mut state["routes"]["config"];
    if routes.is_null() {
        *routes = json!([]);
    }
    routes.as_array_mut().unwrap().push(route);
}

/// Every class of fault that the rules know.
pub(super) const FAULTS: &[Fault] = &[
    ("unreadable address", "node-policy-address", |s, r| {
        let text = *r.one(&["172.17.0.300", "172.17.0", "172.17.0.5/24", "node", ""]);
        vlan(s, r)["ipv4"]["address"][0]["ip"] = json!(text);
    }),
    ("IPv6 below ipv4", "node-policy-address", |s, r| {
        vlan(s, r)["ipv4"]["address"][0]["ip"] = json!("fd00::5");
    }),
    ("IPv4 below ipv6", "node-policy-address", |s, r| {
        vlan(s, r)["ipv6"] = json!({"enabled": true, "address": [{"ip": "172.17.0.5", "prefix-length": 24}]});
    }),
    ("prefix too long", "node-policy-address", |s, r| {
        vlan(s, r)["ipv4"]["address"][0]["prefix-length"] =
            r.one(&[json!(33), json!("64"), json!(255)]).clone();
    }),
    ("prefix no number", "node-policy-field", |s, r| {
        let prefix =
            r.one(&[json!("/24"), json!(-1), json!(256), json!(24.5), json!(true), json!([24])]).clone();
        vlan(s, r)["ipv4"]["address"][0]["prefix-length"] = prefix;
    }),
    ("prefix missing", "node-policy-field", |s, r| {
        vlan(s, r)["ipv4"]["address"] = json!([{"ip": "172.17.0.5"}]);
    }),
    ("address no list", "node-policy-field", |s, r| {
        vlan(s, r)["ipv4"]["address"] = json!({"ip": "172.17.0.5", "prefix-length": 24});
    }),
    ("resolver no address", "node-policy-address", |s, r| {
        s["dns-resolver"]["config"]["server"] =
            json!([r.one(&["ns.example.com", "192.168.122", "fd00:::1"])]);
    }),
    ("IPv6 on a small MTU", "node-policy-address", |s, r| {
        let vlan = vlan(s, r);
        vlan["mtu"] = json!(1200);
        vlan["ipv6"] = ipv6("fd00::7");
    }),
    ("unknown field of the state", "node-policy-field", |s, r| {
        s[*r.one(&["interface", "dns", "vlans"])] = json!([]);
    }),
    ("unknown field of an interface", "node-policy-field", |s, r| {
        let field = *r.one(&["ip", "vlans", "link-agregation", "bridge"]);
        vlan(s, r)[field] = json!({});
    }),
    ("unknown field of a family", "node-policy-field", |s, r| {
        let field = *r.one(&["addresses", "gateway", "dchp"]);
        vlan(s, r)["ipv4"][field] = json!(true);
    }),
    ("unknown field of an address", "node-policy-field", |s, r| {
        vlan(s, r)["ipv4"]["address"][0]["prefix"] = json!(24);
    }),
    ("unknown field of a VLAN", "node-policy-field", |s, r| vlan(s, r)["vlan"]["base"] = json!("enp6s0")),
    ("unknown field of a bridge", "node-policy-field", |s, _| {
        named(s, "ospbr")["bridge"]["mtu"] = json!(1500);
    }),
    ("unknown field of a route", "node-policy-field", |s, _| {
        route(
            s,
            json!({"destination": "10.8.0.0/16", "next-hop-interface": "ospbr", "via": "192.168.122.1"}),
        );
    }),
    ("unknown state", "node-policy-field", |s, r| vlan(s, r)["state"] = json!("present")),
    ("unknown protocol", "node-policy-field", |s, r| vlan(s, r)["vlan"]["protocol"] = json!("802.1Q")),
    ("switch unreadable", "node-policy-field", |s, r| {
        let word = r.one(&[json!("enabled"), json!(2), json!([true])]).clone();
        vlan(s, r)["ipv4"]["enabled"] = word;
    }),
    ("MTU unreadable", "node-policy-field", |s, r| {
        let mtu = r.one(&[json!("jumbo"), json!(-1), json!(1e9), json!({}), json!("9000 ")]).clone();
        named(s, "enp6s0")["mtu"] = mtu;
    }),
    ("name missing", "node-policy-field", |s, _| add(s, json!({"type": "ethernet", "state": "up"}))),
    ("name a number", "node-policy-field", |s, _| add(s, json!({"name": 20, "type": "dummy"}))),
    ("port a text", "node-policy-field", |s, _| named(s, "ospbr")["bridge"]["port"] = json!(["enp6s0"])),
    ("unknown type", "node-policy-field", |s, r| {
        add(s, json!({"name": "x", "type": r.one(&["vlna", "bridge", "Vlan"])}));
    }),
    ("VLAN without an ID", "node-policy-field", |s, r| vlan(s, r)["vlan"] = json!({"base-iface": "enp6s0"})),
    ("VLAN ID no number", "node-policy-field", |s, r| {
        vlan(s, r)["vlan"]["id"] = r.one(&[json!("20x"), json!(-5), json!(70000), json!(2.5)]).clone();
    }),
    ("VLAN ID too high", "node-policy-vlan", |s, r| {
        vlan(s, r)["vlan"]["id"] = r.one(&[json!(4095), json!("5000"), json!(65535)]).clone();
    }),
    ("VLAN on nothing", "node-policy-vlan", |s, r| vlan(s, r)["vlan"] = json!({"id": 40})),
    ("VLAN on itself", "node-policy-vlan", |s, _| {
        named(s, "storage")["vlan"]["base-iface"] = json!("storage");
    }),
    ("VLAN on what goes", "node-policy-vlan", |s, r| {
        add(s, json!({"name": "gone", "type": "dummy", "state": "absent"}));
        vlan(s, r)["vlan"]["base-iface"] = json!("gone");
    }),
    ("VLAN twice", "node-policy-vlan", |s, _| {
        let id = named(s, "storage")["vlan"]["id"].clone();
        named(s, "tenant")["vlan"]["id"] = id;
    }),
    ("VLAN larger than its port", "node-policy-vlan", |s, r| {
        named(s, "enp6s0")["mtu"] = json!("1500");
        vlan(s, r)["mtu"] = json!(9000);
    }),
    ("name too long", "node-policy-name", |s, r| vlan(s, r)["name"] = json!("openstack2-internalapi")),
    ("name with a slash", "node-policy-name", |s, r| {
        add(s, json!({"name": r.one(&["a/b", "a b", "a:b"]), "type": "dummy"}));
    }),
    ("lo of another type", "node-policy-name", |s, r| {
        s["interfaces"].as_array_mut().unwrap().retain(|interface| interface["name"] != "lo");
        add(s, json!({"name": "lo", "type": r.one(&["ethernet", "dummy"])}));
    }),
    ("lo without IPv4", "node-policy-name", |s, _| {
        s["interfaces"].as_array_mut().unwrap().retain(|interface| interface["name"] != "lo");
        add(s, json!({"name": "lo", "type": "loopback", "ipv4": {"enabled": false}}));
    }),
    ("port of two bridges", "node-policy-port", |s, _| {
        add(s, json!({"name": "octbr", "type": "linux-bridge", "bridge": {"port": [{"name": "enp6s0"}]}}));
    }),
    ("port of a bridge and a bond", "node-policy-port", |s, _| {
        add(
            s,
            json!({"name": "bond9", "type": "bond", "link-aggregation": {"mode": "802.3ad", "port": ["enp6s0"]}}),
        );
    }),
    ("port twice", "node-policy-port", |s, _| {
        named(s, "ospbr")["bridge"]["port"] = json!([{"name": "enp6s0"}, {"name": "enp6s0"}]);
    }),
    ("bridge its own port", "node-policy-port", |s, _| {
        named(s, "ospbr")["bridge"]["port"] = json!([{"name": "ospbr"}]);
    }),
    ("lo a port", "node-policy-port", |s, _| {
        s["interfaces"].as_array_mut().unwrap().retain(|interface| interface["name"] != "lo");
        named(s, "ospbr")["bridge"]["port"] = json!([{"name": "enp6s0"}, {"name": "lo"}]);
    }),
    ("port with an address", "node-policy-port", |s, _| {
        named(s, "enp6s0")["ipv4"] =
            json!({"enabled": true, "address": [{"ip": "10.7.0.1", "prefix-length": 24}]});
    }),
    ("destination unreadable", "node-policy-route", |s, r| {
        let to = *r.one(&["10.8.0/16", "10.8.0.0/33", "all", "fd00::/129"]);
        route(s, json!({"destination": to, "next-hop-interface": "ospbr"}));
    }),
    ("next hop unreadable", "node-policy-route", |s, r| {
        let by = *r.one(&["", "gateway", "192.168.122.1/24"]);
        route(
            s,
            json!({"destination": "10.8.0.0/16", "next-hop-interface": "ospbr", "next-hop-address": by}),
        );
    }),
    ("next hop of the other family", "node-policy-route", |s, _| {
        route(
            s,
            json!({"destination": "10.8.0.0/16", "next-hop-interface": "ospbr", "next-hop-address": "fd00::1"}),
        );
    }),
    ("route to nowhere", "node-policy-route", |s, _| {
        route(s, json!({"destination": "0.0.0.0/8", "next-hop-interface": "ospbr"}));
    }),
    ("route through nothing", "node-policy-route", |s, _| {
        route(s, json!({"destination": "10.8.0.0/16", "next-hop-address": "192.168.122.1"}));
    }),
    ("route through what goes", "node-policy-route", |s, _| {
        add(s, json!({"name": "gone", "type": "dummy", "state": "absent"}));
        route(s, json!({"destination": "10.8.0.0/16", "next-hop-interface": "gone"}));
    }),
    ("route without its family", "node-policy-route", |s, _| {
        route(s, json!({"destination": "fd00:8::/64", "next-hop-interface": "ospbr"}));
    }),
    ("weight of a route", "node-policy-route", |s, r| {
        let weight = r.one(&[json!(0), json!("300")]).clone();
        route(s, json!({"destination": "10.8.0.0/16", "next-hop-interface": "ospbr", "weight": weight}));
    }),
];

/// What a policy leaves to the node: its name, and how a state gets it.
pub(super) type Unsaid = (&'static str, fn(&mut Value));

/// What is no fault on a node that has what the policy does not say, and is one to the library, which has no node.
pub(super) const OF_THE_NODE: &[Unsaid] = &[
    ("lo without a type", |s| {
        s["interfaces"].as_array_mut().unwrap().retain(|interface| interface["name"] != "lo");
        add(
            s,
            json!({"name": "lo", "ipv6": {"enabled": true, "address": [{"ip": "fd00:9::1", "prefix-length": 128}]}}),
        );
    }),
    ("bridge without a type", |s| add(s, json!({"name": "br9", "bridge": {"port": []}}))),
    ("route through a card", |s| {
        route(s, json!({"destination": "10.8.0.0/16", "next-hop-interface": "enp99s0"}));
    }),
    ("route through a card of the node's addresses", |s| {
        add(s, json!({"name": "enp98s0", "type": "ethernet", "state": "up"}));
        route(s, json!({"destination": "10.8.0.0/16", "next-hop-interface": "enp98s0"}));
    }),
    ("IPv6 route through a card of the node's addresses", |s| {
        add(s, json!({"name": "enp98s0", "type": "ethernet", "state": "up"}));
        route(s, json!({"destination": "fd00:8::/64", "next-hop-interface": "enp98s0"}));
    }),
    ("bond without a mode", |s| {
        add(s, json!({"name": "bond9", "type": "bond", "link-aggregation": {"port": ["enp99s0"]}}));
    }),
    ("VRF without a table", |s| add(s, json!({"name": "vrf9", "type": "vrf", "vrf": {"port": ["enp99s0"]}}))),
    ("resolver alone", |s| *s = json!({"dns-resolver": {"config": {"server": ["192.168.122.1"]}}})),
    ("MAC address of a card", |s| {
        add(
            s,
            json!({"name": "br9", "type": "linux-bridge", "copy-mac-from": "enp6s0", "bridge": {"port": []}}),
        );
    }),
    ("MAC address of a card of the node's", |s| {
        add(
            s,
            json!({"name": "br9", "type": "linux-bridge", "copy-mac-from": "enp99s0", "bridge": {"port": []}}),
        );
    }),
];
