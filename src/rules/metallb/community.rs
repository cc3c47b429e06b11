//! BGP communities, and the aliases in `Community` objects.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Model;
use crate::rules::Report;

/// A literal community, or an alias's value, that MetalLB cannot read.
pub(crate) fn syntax(model: &Model<'_>, report: &mut Report) {
    for community in &model.communities {
        for alias in &community.aliases {
            if let Some(reason) = fault(alias.value) {
                report.at(&community.item, &alias.pointer, message(alias.value, reason));
            }
        }
    }
    for advertisement in &model.advertisements {
        for fact in advertisement.communities.iter().filter(|fact| fact.text.contains(':')) {
            if let Some(reason) = fault(fact.text) {
                report.at(&advertisement.item, &fact.pointer, message(fact.text, reason));
            }
        }
    }
}

fn message(text: &str, reason: &str) -> String {
    format!("MetalLB cannot read the community {text:?}: {reason}; write 64512:100 or large:64512:1:2")
}

fn fault(text: &str) -> Option<&'static str> {
    let parts: Vec<&str> = text.split(':').collect();
    let number = |text: &str, limit: u32| {
        text.bytes().all(|byte| byte.is_ascii_digit())
            && text.parse::<u32>().is_ok_and(|value| value <= limit)
    };
    match parts.as_slice() {
        [one, two] => {
            [one, two].iter().any(|part| !number(part, 65535)).then_some("its parts are numbers to 65535")
        }
        ["large", rest @ ..] if rest.len() == 3 => {
            rest.iter().any(|part| !number(part, u32::MAX)).then_some("its parts are numbers to 4294967295")
        }
        _ => Some("it has neither two numbers nor `large` and three"),
    }
}

/// Aliases are global to the cluster: MetalLB rejects a second one of a name.
pub(crate) fn duplicate(model: &Model<'_>, report: &mut Report) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for community in &model.communities {
        for alias in &community.aliases {
            if let Some(first) = seen.insert(alias.name, community.item.name()) {
                let message = format!(
                    "Community {first} defines the alias {:?} already, and aliases are global to the cluster; give each its \
                     own, or define it once",
                    alias.name
                );
                report.at(&community.item, &alias.pointer, message);
            }
        }
    }
}

/// An alias that no `Community` defines. Runs only if the list holds `Community` objects.
pub(crate) fn unknown(model: &Model<'_>, report: &mut Report) {
    if model.communities.is_empty() {
        return;
    }
    let aliases = model.communities.iter().flat_map(|community| &community.aliases);
    let aliases: BTreeSet<&str> = aliases.map(|alias| alias.name).collect();
    for advertisement in &model.advertisements {
        for fact in &advertisement.communities {
            if !fact.text.contains(':') && !aliases.contains(fact.text) {
                let message = format!(
                    "no Community of the list defines {:?}, and MetalLB's speakers then keep their old configuration; \
                     define the alias, or write the community as numbers",
                    fact.text
                );
                report.at(&advertisement.item, &fact.pointer, message);
            }
        }
    }
}
