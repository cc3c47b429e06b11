//! CNI configurations of attachments that no plugin takes.
//!
//! Source: Multus `pkg/types/conf.go`; the plugins' `loadConf` (macvlan, ipvlan, vlan, bridge). A configuration that is
//! not there may be a file on the nodes. Plugins that are not known are not judged.

use serde::de::IgnoredAny;

use crate::catalogue::cni::{HIGHEST_VLAN, MODES, ON_A_MASTER};
use crate::model::{Attachment, Model, Plugin};
use crate::rules::Report;
use crate::yaml;

/// A configuration that is no JSON, names no plugin, or has a value that the plugin refuses.
pub(crate) fn config(model: &Model<'_>, report: &mut Report) {
    for attachment in &model.networks.attachments {
        let Some(config) = attachment.config.as_ref().filter(|config| !config.text.trim().is_empty()) else {
            continue;
        };
        match serde_json::from_str::<IgnoredAny>(config.text) {
            Err(error) => {
                let message =
                    format!("the CNI configuration is no JSON ({error}), and no pod starts with it; mend it");
                say(attachment, message, report);
            }
            Ok(_) if !config.text.trim_start().starts_with('{') => {
                say(attachment, "the CNI configuration is no JSON object; write one".to_owned(), report);
            }
            Ok(_) => match yaml::parse(config.text) {
                Err(error) => {
                    say(
                        attachment,
                        format!("the CNI configuration cannot be read ({error}); mend it"),
                        report,
                    );
                }
                Ok(_) => of_plugins(attachment, report),
            },
        }
    }
}

fn of_plugins(attachment: &Attachment<'_>, report: &mut Report) {
    if attachment.run().next().is_none() {
        say(
            attachment,
            "the CNI configuration has a list of plugins without one; write one".to_owned(),
            report,
        );
    }
    for plugin in attachment.run() {
        for message in
            [kindless(plugin), mode(plugin), vlan(plugin), masterless(plugin)].into_iter().flatten()
        {
            say(attachment, message, report);
        }
    }
}

fn kindless(plugin: &Plugin<'_>) -> Option<String> {
    plugin.kind.is_empty().then(|| {
        "a plugin of the CNI configuration has no type, so nobody knows which to run; write its type"
            .to_owned()
    })
}

fn mode(plugin: &Plugin<'_>) -> Option<String> {
    let (_, modes) = MODES.iter().find(|(kind, _)| *kind == plugin.kind)?;
    let mode = plugin.mode.as_deref().filter(|mode| !modes.contains(mode))?;
    Some(format!("{} has no mode {mode:?}; write one of {}", plugin.kind, modes.join(", ")))
}

fn vlan(plugin: &Plugin<'_>) -> Option<String> {
    let (_, most) = HIGHEST_VLAN.iter().find(|(kind, _)| *kind == plugin.kind)?;
    let vlan = plugin.vlan.as_deref()?;
    let is_taken = vlan.parse().is_ok_and(|id: i64| (0..=*most).contains(&id));
    (!is_taken).then(|| format!("{vlan:?} is no VLAN to {}; write a number from 1 to 4094", plugin.kind))
}

fn masterless(plugin: &Plugin<'_>) -> Option<String> {
    let (kind, _) = ON_A_MASTER.iter().find(|(kind, may)| *kind == plugin.kind && !may)?;
    plugin
        .master
        .is_none()
        .then(|| format!("{kind} makes its interface on another, and none is named; write master"))
}

/// An interface for pods without a word on what it is made: on whatever has the node's default route.
pub(crate) fn on_default_route(model: &Model<'_>, report: &mut Report) {
    for attachment in &model.networks.attachments {
        for plugin in attachment.run().filter(|plugin| plugin.master.is_none()) {
            if ON_A_MASTER.contains(&(plugin.kind.as_str(), true)) {
                let message = format!(
                    "{} names no master, so its interfaces are made on the one with the node's default route; write \
                     master",
                    plugin.kind
                );
                say(attachment, message, report);
            }
        }
    }
}

/// Says something of the configuration, whose text is too long to repeat.
pub(super) fn say(attachment: &Attachment<'_>, message: String, report: &mut Report) {
    if let Some(config) = &attachment.config {
        report.add(report.finding(message).at(&attachment.item, &config.pointer).without_current());
    }
}
