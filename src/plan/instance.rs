//! An instance's config as the plan has it. Must not know how a config is used.

use serde_json::{Map, Value, json};

use crate::address::{Mapping, address};
use crate::config::ConfigError;

use super::{Course, Lack, Network, Plan, Seat, SlotNetwork};

impl Plan {
    /// The `spec` of an instance of the plan: what its slot has, then the plan's defaults, then what the plan writes for
    /// it, then what its own config says, each over those before, network by network.
    pub fn spec(&self, name: &str, own: &Map<String, Value>) -> Result<Value, Vec<ConfigError>> {
        let Some(registered) = self.instances.get(name) else { return Err(vec![self.unregistered(name)]) };
        let seat = Seat { slot: registered.slot, slice: registered.slice, instance: name };
        let slots = self.slot_networks(seat).map_err(|(index, lack)| {
            vec![ConfigError::new(format!("spec.networks[{index}]"), lack.of_slot(registered.slot))]
        })?;
        let mut spec = self.of_slot(seat, &slots);
        merge(&mut spec, &self.moved_defaults(seat, &slots));
        for layer in [&registered.spec, own] {
            merge(&mut spec, layer);
        }
        spec.remove("plan");
        Ok(Value::Object(spec))
    }

    /// What a slot has of each network; or the first network that it lacks.
    pub fn slot_networks(&self, seat: Seat<'_>) -> Result<Vec<SlotNetwork>, (usize, Lack)> {
        let each = self.networks.iter().enumerate();
        each.map(|(index, network)| network.slot(seat).map_err(|lack| (index, lack))).collect()
    }

    fn unregistered(&self, name: &str) -> ConfigError {
        let known: Vec<&str> = self.instances.keys().map(String::as_str).collect();
        let near = crate::config::nearest(name, known.iter().copied());
        let near = near.map_or_else(String::new, |near| format!(" (did you mean {near:?}?)"));
        let message = format!(
            "the plan has no instance {name:?}{near}; write `{name}: {}` there, which is the lowest free slot",
            self.free_slot()
        );
        ConfigError::new("spec.instances", message)
    }

    fn of_slot(&self, seat: Seat<'_>, slots: &[SlotNetwork]) -> Map<String, Value> {
        let networks = self.networks.iter().zip(slots).map(|(network, own)| network.moved(seat, own));
        let interfaces = self.interfaces.iter().filter_map(|interface| {
            let to = interface.of_seat(seat)?;
            Some(json!({ "from": interface.from, "to": to }))
        });
        let mut spec = Map::new();
        spec.insert("namespace".to_owned(), json!(seat.instance));
        if let Some(from) = &self.from {
            spec.insert("from".to_owned(), json!({ "namespace": from }));
        }
        spec.insert("networks".to_owned(), networks.collect());
        let interfaces: Vec<Value> = interfaces.collect();
        if !interfaces.is_empty() {
            spec.insert("interfaces".to_owned(), interfaces.into());
        }
        spec
    }

    /// The defaults with the base's addresses of endpoints moved as their networks are.
    fn moved_defaults(&self, seat: Seat<'_>, slots: &[SlotNetwork]) -> Map<String, Value> {
        let pairs =
            self.networks.iter().zip(slots).flat_map(|(network, own)| {
                network.base(seat).iter().copied().zip(own.addresses.iter().copied())
            });
        let mapping = Mapping::new(pairs.collect()).unwrap_or_default();
        let mut defaults = self.defaults.clone();
        let pins = defaults.get_mut("endpoints").and_then(|endpoints| endpoints.get_mut("loadBalancerIPs"));
        for pin in pins.and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
            let moved = |word: &str| {
                let to = address(word.trim()).ok().and_then(|one| mapping.map_address(one));
                to.map_or_else(|| word.to_owned(), |to| to.to_string())
            };
            if let Some(text) = pin.as_str() {
                *pin = text.split(',').map(moved).collect::<Vec<_>>().join(",").into();
            }
        }
        defaults
    }
}

impl crate::config::PlannedInterface {
    /// The name that an instance has; the base's own where it lives in the base's subnets.
    #[must_use]
    pub fn of_seat(&self, seat: Seat<'_>) -> Option<String> {
        self.of_slot(seat.slot).filter(|_| seat.slice.is_none())
    }

    /// The name in a slot; none in slot 1, or where the list ends before.
    #[must_use]
    pub fn of_slot(&self, slot: u32) -> Option<String> {
        let place = usize::try_from(slot.checked_sub(2)?).ok()?;
        match &self.to {
            Value::Array(names) => names.get(place)?.as_str().map(str::to_owned),
            template => {
                let filled = template.as_str()?.replace("{base}", &self.from);
                Some(filled.replace("{slot}", &slot.to_string()))
            }
        }
    }
}

impl Network {
    /// As a config has it: without `to` where nothing of it moves.
    fn moved(&self, seat: Seat<'_>, own: &SlotNetwork) -> Value {
        let side = |addresses: Vec<String>,
                    vlan: Option<u32>,
                    interface: Option<&String>,
                    domain: Option<&String>| {
            let mut side = Map::new();
            let mut put =
                |key: &str, value: Option<Value>| value.map(|value| side.insert(key.to_owned(), value));
            put("addresses", Some(json!(addresses)).filter(|_| !addresses.is_empty()));
            put("vlan", vlan.map(Value::from));
            put("interface", interface.map(|name| json!(name)));
            put("dnsDomain", domain.map(|name| json!(name)));
            Value::Object(side)
        };
        let first = |pair: &Option<(String, String)>| pair.as_ref().map(|(base, _)| base.clone());
        let texts = |blocks: &[crate::address::Block]| blocks.iter().map(ToString::to_string).collect();
        let (interface, domain) = (first(&self.interface), first(&self.dns_domain));
        let vlan = self.vlan.map(|(vlan, _)| u32::from(vlan));
        let from = side(texts(self.base(seat)), vlan, interface.as_ref(), domain.as_ref());
        if seat.slot <= 1 || self.course == Course::Shared {
            return json!({ "name": self.name, "from": from });
        }
        let to = side(texts(&own.addresses), own.vlan, own.interface.as_ref(), own.dns_domain.as_ref());
        json!({ "name": self.name, "from": from, "to": to })
    }
}

impl Lack {
    /// Why a slot cannot be had, in a sentence.
    #[must_use]
    pub fn of_slot(&self, slot: u32) -> String {
        match self {
            Self::Beyond(block) => {
                format!(
                    "slot {slot} has no addresses: {block} cannot go so far up; take a smaller step, or another slot"
                )
            }
            Self::SlicesEnd { slices, needed } => {
                format!(
                    "slot {slot} needs addresses to {needed}, and {slices} ends before; give it more room"
                )
            }
        }
    }
}

/// Puts what `layer` says over what is there: field by field, and network by network.
fn merge(below: &mut Map<String, Value>, layer: &Map<String, Value>) {
    for (key, value) in layer {
        match (below.get_mut(key), value) {
            (Some(Value::Object(known)), Value::Object(more)) => merge(known, more),
            (Some(Value::Array(known)), Value::Array(more)) if key == "networks" => by_name(known, more),
            (Some(known), value) => *known = value.clone(),
            (None, value) => drop(below.insert(key.clone(), value.clone())),
        }
    }
}

fn by_name(known: &mut Vec<Value>, more: &[Value]) {
    let name =
        |network: &Value| network.get("name").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    for network in more {
        match known.iter_mut().find(|one| name(one) == name(network)) {
            Some(one) => one.clone_from(network),
            None => known.push(network.clone()),
        }
    }
}
