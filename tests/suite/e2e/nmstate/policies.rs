//! Node policies made at random, the same ones for a seed: sound ones, and with something odd anywhere.

use serde_json::{Value, json};

/// `SplitMix64`.
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub(super) fn one<'v, T>(&mut self, of: &'v [T]) -> &'v T {
        &of[self.below(of.len())]
    }
}

/// What nmstate and we take of a node: cards, and on them bridges, VLANs, a bond, a VRF.
pub(super) fn sound(random: &mut Random) -> Value {
    let node = random.below(200) + 10;
    let mut interfaces = vec![
        json!({"name": "enp6s0", "type": "ethernet", "state": "up", "mtu": 9000}),
        json!({"name": "ospbr", "type": "linux-bridge", "state": "up", "mtu": 1500,
            "bridge": {"options": {"stp": {"enabled": false}}, "port": [{"name": "enp6s0"}]},
            "ipv4": ipv4(random, &format!("192.168.122.{node}")), "ipv6": {"enabled": false}}),
    ];
    for (index, name) in ["internalapi", "storage", "tenant"].into_iter().enumerate() {
        let net = 17 + index;
        let mut vlan = json!({"name": name, "type": "vlan", "state": "up", "mtu": random.one(&[1500, 9000]),
            "vlan": {"base-iface": "enp6s0", "id": as_text(random, 20 + index)},
            "ipv4": ipv4(random, &format!("172.{net}.0.{node}"))});
        vlan["ipv6"] =
            if random.chance(2) { json!({"enabled": false}) } else { ipv6(&format!("fd00:{net}::{node}")) };
        interfaces.push(vlan);
    }
    for more in [bond, vrf, loopback, removed, open_vswitch] {
        if random.chance(2) {
            interfaces.extend(more(node));
        }
    }
    let mut state = json!({"interfaces": interfaces,
        "dns-resolver": {"config": {"server": ["192.168.122.1"], "search": []}}});
    if random.chance(2) {
        state["routes"] = json!({"config": [
            {"destination": "0.0.0.0/0", "next-hop-interface": "ospbr", "next-hop-address": "192.168.122.1"},
            {"destination": "10.9.0.0/16", "next-hop-interface": "storage", "next-hop-address": "172.18.0.1",
                "table-id": as_text(random, 254), "metric": 150},
        ]});
    }
    state
}

/// A number, or a text of it.
fn as_text(random: &mut Random, number: usize) -> Value {
    if random.chance(3) { json!(number.to_string()) } else { json!(number) }
}

fn ipv4(random: &mut Random, ip: &str) -> Value {
    let enabled = random.one(&[json!(true), json!("yes"), json!(1)]).clone();
    json!({"enabled": enabled, "dhcp": false, "address": [{"ip": ip, "prefix-length": as_text(random, 24)}]})
}

pub(super) fn ipv6(ip: &str) -> Value {
    json!({"enabled": true, "dhcp": false, "autoconf": false, "address": [{"ip": ip, "prefix-length": 64}]})
}

fn bond(node: usize) -> Vec<Value> {
    let bond = json!({"name": "bond0", "type": "bond", "state": "up", "copy-mac-from": "enp7s0",
        "link-aggregation": {"mode": "active-backup", "port": ["enp7s0", "enp8s0"]},
        "ipv4": {"enabled": true, "dhcp": false, "address": [{"ip": format!("10.1.0.{node}"), "prefix-length": 24}]}});
    let card =
        |name, mac| json!({"name": name, "type": "ethernet", "mac-address": mac, "ipv4": {"enabled": false}});
    vec![bond, card("enp7s0", "52:54:00:00:00:07"), card("enp8s0", "52:54:00:00:00:08")]
}

fn vrf(node: usize) -> Vec<Value> {
    vec![
        json!({"name": "tenants", "type": "vrf", "state": "up", "vrf": {"port": ["enp9s0"], "route-table-id": 100}}),
        json!({"name": "enp9s0", "type": "ethernet", "ethernet": {"auto-negotiation": true, "speed": 10000, "duplex": "full"},
            "ipv4": {"enabled": true, "dhcp": false, "address": [{"ip": format!("10.2.0.{node}"), "prefix-length": 32}]}}),
    ]
}

fn loopback(node: usize) -> Vec<Value> {
    vec![json!({"name": "lo", "type": "loopback", "state": "up",
        "ipv4": {"enabled": true, "address": [{"ip": "127.0.0.1", "prefix-length": 8},
            {"ip": format!("172.30.0.{node}"), "prefix-length": 32}]}})]
}

/// Of an interface that goes, little is read.
fn removed(_: usize) -> Vec<Value> {
    vec![
        json!({"name": "old", "type": "linux-bridge", "state": "absent", "bridge": "whatever", "was": "here"}),
    ]
}

fn open_vswitch(_: usize) -> Vec<Value> {
    vec![
        json!({"name": "br-data", "type": "ovs-bridge", "state": "up",
            "bridge": {"port": [{"name": "enp10s0"}, {"name": "data0"}]}}),
        json!({"name": "data0", "type": "ovs-interface", "state": "up", "ipv4": {"enabled": true, "dhcp": true}}),
    ]
}

/// Puts something odd anywhere: a value of another type, or a field with a letter too many.
pub(super) fn odd(state: &mut Value, random: &mut Random) {
    let mut node = state;
    loop {
        let size = match &*node {
            Value::Object(fields) => fields.len(),
            Value::Array(items) => items.len(),
            _ => 0,
        };
        if size == 0 || random.chance(6) {
            break;
        }
        let at = random.below(size);
        node = match node {
            Value::Object(fields) => {
                let key = fields.keys().nth(at).unwrap().clone();
                if random.chance(8) {
                    let value = fields.remove(&key).unwrap();
                    fields.insert(format!("{key}s"), value);
                    return;
                }
                fields.get_mut(&key).unwrap()
            }
            Value::Array(items) => &mut items[at],
            _ => unreachable!(),
        };
    }
    let values =
        [json!("x"), json!(7), json!(-1), json!(true), json!([]), json!({}), json!(1.5), json!("10.0.0.1")];
    *node = random.one(&values).clone();
}
