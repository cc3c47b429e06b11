//! What the config and the catalogue want of an endpoint: its pool and its address.

use crate::catalogue::endpoints::{Endpoint, OverrideShape};
use crate::change::Changes;
use crate::config::nearest;
use crate::context::Context;
use crate::krm::{Finding, Item};
use crate::rules::said;

use super::target::{Target, targets};

/// The pool and address for one endpoint.
#[derive(Debug)]
pub(super) struct Wanted {
    /// The base's pool by the catalogue.
    upstream_pool: Option<&'static str>,
    /// The instance's pool, where the config names one for this endpoint.
    pub(super) configured_pool: Option<String>,
    /// The pinned address, by the config.
    pub(super) configured_ip: Option<String>,
    /// What the base says in `externalEndpoints`, which the override takes the place of.
    external: Option<External>,
    /// Whether Services of one pool share an address by the catalogue.
    shares: bool,
}

/// An entry of `externalEndpoints`, as the instance has it.
#[derive(Debug)]
struct External {
    pool: String,
    ips: Option<String>,
    is_shared: Option<bool>,
    key: Option<String>,
}

impl Wanted {
    /// Asks the config first by the endpoint's own name, then by its family's, then the base, then the catalogue.
    pub(super) fn of(context: &Context<'_>, plane: &Item<'_>, target: &Target<'_, '_>) -> Self {
        let config = &context.instance.spec.endpoints;
        let name = target.name();
        let pool = config.pools.get(&name).or_else(|| config.pools.get(target.row().family()));
        let external = target.external_endpoint(plane).map(|endpoint| External {
            pool: endpoint.new_pool(context, plane),
            ips: endpoint.new_addresses(context, plane),
            is_shared: endpoint.is_shared(),
            key: endpoint.new_key(context, plane),
        });
        Self {
            configured_pool: pool.map(|pool| context.pool_name(pool)),
            upstream_pool: target.row().pool,
            configured_ip: config.load_balancer_ips.get(&name).cloned(),
            external,
            shares: target.shares(),
        }
    }

    /// What the base says in `externalEndpoints` of an address and its sharing, for an override that is there and says
    /// nothing of either.
    pub(super) fn of_external(&self, pool: &str) -> Option<(Option<String>, Option<String>)> {
        let external = self.external.as_ref()?;
        Some((external.ips.clone(), self.sharing_key(pool)))
    }

    /// The address to pin in an override that is new.
    pub(super) fn ip(&self) -> Option<String> {
        let external = || self.external.as_ref().and_then(|external| external.ips.clone());
        self.configured_ip.clone().or_else(external)
    }

    /// The key by which others may have its address, in an override that is new and draws from this pool.
    pub(super) fn sharing_key(&self, pool: &str) -> Option<String> {
        let external = self.external.as_ref();
        let is_shared = external.and_then(|external| external.is_shared).unwrap_or(self.shares);
        let key = external.and_then(|external| external.key.clone()).unwrap_or_else(|| pool.to_owned());
        is_shared.then_some(key)
    }

    /// Whether upstream or the config gives this endpoint an address at all.
    pub(super) fn is_known(&self) -> bool {
        self.upstream_pool.is_some() || self.configured_pool.is_some() || self.ip().is_some()
    }

    /// The instance's pool to draw from; why not, where there is none.
    pub(super) fn pool(&self, context: &Context<'_>) -> Result<String, String> {
        let external = self.external.as_ref().map(|external| &external.pool);
        let pool = match (self.configured_pool.as_ref().or(external), self.upstream_pool) {
            (Some(pool), _) => pool.clone(),
            (None, Some(pool)) => context.pool_name(pool),
            (None, None) => return Err("upstream gives it none".to_owned()),
        };
        let pools_are_here = context.inventory.all_pools().next().is_some();
        if pools_are_here && context.pool(&pool).is_none() {
            return Err(format!("the list holds pools, but none that becomes {pool:?}"));
        }
        Ok(pool)
    }
}

/// Says which endpoints of the config do not exist, and which are not in use.
pub(super) fn report_unused(context: &Context<'_>, changes: &mut Changes) {
    let config = &context.instance.spec.endpoints;
    let in_use = in_use(context);
    let pools = config.pools.keys().map(|name| (name, "pools", true));
    let ips = config.load_balancer_ips.keys().map(|name| (name, "loadBalancerIPs", false));
    for (name, field, by_family) in pools.chain(ips) {
        if !is_known(context, name, by_family) {
            changes.report(unknown(context, name, field));
        } else if !context.control_planes().is_empty()
            && !in_use.iter().any(|(used, family)| used == name || by_family && family == name)
        {
            let message = format!(
                "endpoint {name:?} of spec.endpoints.{field} is not in use: no enabled service has it"
            );
            changes.report(said::ENDPOINT_NOT_IN_USE.finding(message));
        }
    }
}

/// The names and families of the endpoints that the list's control planes run.
fn in_use(context: &Context<'_>) -> Vec<(String, &'static str)> {
    let each = context.control_planes().iter().flat_map(targets);
    each.map(|target| (target.name(), target.row().family())).collect()
}

fn configurable(context: &Context<'_>) -> impl Iterator<Item = &'static Endpoint> {
    context.endpoints().iter().filter(|endpoint| !endpoint.public_only)
}

fn is_known(context: &Context<'_>, name: &str, by_family: bool) -> bool {
    configurable(context).any(|endpoint| {
        let many = endpoint.name.contains('{') || endpoint.shape == OverrideShape::List;
        let family = endpoint.family();
        let member = name.strip_prefix(family).and_then(|rest| rest.strip_prefix('.')).is_some();
        if many { member || by_family && name == family } else { name == endpoint.name }
    })
}

fn unknown(context: &Context<'_>, name: &str, field: &str) -> Finding {
    let known: Vec<String> = configurable(context)
        .map(|endpoint| match endpoint.shape {
            OverrideShape::List => format!("{}.<index>", endpoint.name.replace("{name}", "<name>")),
            _ => endpoint.name.replace("{name}", "<name>"),
        })
        .collect();
    let meant = meant(context, name).map(|near| format!("did you mean {near}? ")).unwrap_or_default();
    let message = format!(
        "spec.endpoints.{field}: {name:?} is no endpoint that takes an address; {meant}known are {}",
        known.join(", ")
    );
    said::UNKNOWN_ENDPOINT.finding(message)
}

/// The endpoint that a name is nearest to; of a family with several, by the family's name.
fn meant(context: &Context<'_>, name: &str) -> Option<String> {
    let whole = || configurable(context).map(|endpoint| endpoint.name).filter(|name| !name.contains('{'));
    let (family, member) = name.split_once('.').map_or((name, ""), |(family, member)| (family, member));
    let of_family = || nearest(family, configurable(context).map(Endpoint::family));
    let near = nearest(name, whole()).map(str::to_owned);
    near.or_else(|| {
        Some(if member.is_empty() { of_family()?.to_owned() } else { format!("{}.{member}", of_family()?) })
    })
}
