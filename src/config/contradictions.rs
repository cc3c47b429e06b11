//! Networks that say of one thing of the base that it goes to two places, or that it goes and stays.

use super::ConfigError;
use super::network_moves::domain;
use super::schema::{Network, Side};

/// Of every two networks what they contradict each other in, said of the later one.
pub(super) fn contradictions(networks: &[Network]) -> Vec<ConfigError> {
    let mut wrong = Vec::new();
    for (index, later) in networks.iter().enumerate() {
        let field = format!("spec.networks[{index}]");
        // Two ports may each carry a VLAN of one number.
        let interface = |network: &Network| network.from.interface.clone();
        let one_port = |earlier: &&Network| match (interface(earlier), interface(later)) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        let before = || networks.iter().take(index);
        wrong.extend(
            before().filter(one_port).find_map(|one| of(&field, "vlan", one, later, |side| side.vlan)),
        );
        let text = |name, value: fn(&Side) -> Option<String>| {
            let stays = |one: &&Network| {
                end(one, value) == value(&one.from) || end(later, value) == value(&later.from)
            };
            before().filter(stays).find_map(|one| of(&field, name, one, later, value))
        };
        wrong.extend(text("interface", |side| side.interface.clone()));
        wrong.extend(text("dnsDomain", domain));
    }
    wrong
}

/// What becomes of a value of the base.
fn end<T>(network: &Network, value: fn(&Side) -> Option<T>) -> Option<T> {
    network.to.as_ref().and_then(value).or_else(|| value(&network.from))
}

fn of<T: PartialEq + ToString>(
    field: &str,
    name: &str,
    earlier: &Network,
    later: &Network,
    value: fn(&Side) -> Option<T>,
) -> Option<ConfigError> {
    let from = value(&later.from).filter(|from| value(&earlier.from).as_ref() == Some(from))?;
    let (one, other) = (end(earlier, value)?, end(later, value)?);
    if one == other {
        return None;
    }
    let goes = |network: &Network, end: &T| {
        let place = if *end == from { "stays".to_owned() } else { format!("goes to {}", end.to_string()) };
        format!("{place} by the network {:?}", network.name)
    };
    let message = format!(
        "{name} {} {} and {}; give it one place",
        from.to_string(),
        goes(earlier, &one),
        goes(later, &other)
    );
    let side = if later.to.as_ref().and_then(value).is_some() { "to" } else { "from" };
    Some(ConfigError::new(format!("{field}.{side}.{name}"), message))
}
