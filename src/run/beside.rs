//! A run looked at from beside: what `explain` and `patch` say of it is said of one that would succeed, in its own context.

use super::failure::{Seen, config_document, config_finding, levels_of, no_config, read_config};
use super::settle::settle;
use super::{items, plans, stream};
use crate::config::{Config, ConfigError, INSTANCE, Sharing};
use crate::context::Context;
use crate::inventory::Inventory;
use crate::krm::{Finding, Item, Source};

/// Hands out the context of a run, its objects and what it has to say; or says why it would do nothing.
pub(super) fn in_context<T>(
    config: &Source<'_>,
    sources: &[Source<'_>],
    look: impl FnOnce(&Context<'_>, &[Item<'_>], Vec<Finding>) -> T,
) -> Result<T, Vec<Finding>> {
    let output = stream(config, sources);
    if output.failed {
        return Err(output.findings);
    }
    let document = config_document(config)?.ok_or_else(|| vec![no_config()])?;
    let (read, _) = read_config(Seen::Alone(config), document)?;
    let items = items(sources)?;
    let (spec, sharing) = match read {
        Config::Instance(spec) => (*spec, Sharing::Each),
        Config::Planned(planned) => plans::completed(&planned, &items)?,
        Config::FleetCheck(_) | Config::SharedObjects(_) => return Err(vec![no_instance()]),
    };
    levels_of(&spec.rules)?;
    let inventory = Inventory::new(&items);
    let instance = settle(spec, &inventory)?.sharing(sharing);
    Ok(look(&Context::new(&instance, &inventory), &items, output.findings))
}

fn no_instance() -> Finding {
    let message = format!("it makes no instance; give an {}, or see eval --diff", INSTANCE.kind);
    config_finding("function config", &ConfigError::new("kind", message))
}
