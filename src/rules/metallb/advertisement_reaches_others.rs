//! `advertisement-reaches-others`: label selectors do not know whose a pool is: one that reaches two instances' pools leaks routes.

use crate::krm::Severity;
use crate::model::{Model, Selector};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "advertisement-reaches-others",
    severity: Severity::Warning,
    summary: "An advertisement's selectors reach pools of different instances.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for advertisement in &model.advertisements {
        for selector in advertisement.pool_selectors.iter().filter(|selector| !selector.is_empty()) {
            if let Some((first, other)) = strangers(model, selector) {
                let message = format!(
                    "the selector reaches IPAddressPools {first} and {other}, which are of different instances; add a \
                     label that only one instance's pools have"
                );
                report.at(&advertisement.item, &selector.pointer, message);
            }
        }
    }
}

/// Two pools that it selects and that no one namespace may use.
fn strangers<'a>(model: &Model<'a>, selector: &Selector<'_>) -> Option<(&'a str, &'a str)> {
    let reached = model.pools.iter().filter(|pool| selector.matches(&pool.labels));
    let mut scoped = reached.filter_map(|pool| Some((pool.name, pool.scope()?)));
    let (first, scope) = scoped.next()?;
    let (other, _) = scoped.find(|(_, other)| !other.iter().any(|name| scope.contains(name)))?;
    Some((first, other))
}
