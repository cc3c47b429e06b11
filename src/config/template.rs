//! Name templates: how a base name becomes an instance's name, and back.

use schemars::JsonSchema;
use serde::Deserialize;

use super::ConfigError;

/// A template with `{name}` once and `{namespace}` any number of times.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Template(String);

impl From<&str> for Template {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Template {
    /// Refuses a template that gives one name to everything, or that holds another placeholder.
    pub fn check(&self, field: &str) -> Result<(), ConfigError> {
        let Self(text) = self;
        if text.matches("{name}").count() != 1 {
            let message =
                format!("the template {text:?} must hold {{name}} once, as in \"{{namespace}}-{{name}}\"");
            return Err(ConfigError::new(field, message));
        }
        let rest = text.replace("{name}", "").replace("{namespace}", "");
        if rest.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.')) {
            return Ok(());
        }
        let message = format!(
            "the template {text:?} may hold {{name}}, {{namespace}}, lower-case letters, digits, '-' and '.' only"
        );
        Err(ConfigError::new(field, message))
    }

    /// Whether names stay as they are.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        self.0 == "{name}"
    }

    /// What stands before and after the name in this namespace.
    fn affixes(&self, namespace: &str) -> (String, String) {
        let filled = self.0.replace("{namespace}", namespace);
        let (prefix, suffix) = filled.split_once("{name}").unwrap_or((&filled, ""));
        (prefix.to_owned(), suffix.to_owned())
    }
}

/// A template at work for one instance: idempotent, and able to take back what it made for the base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    own: (String, String),
    base: Option<(String, String)>,
}

impl Naming {
    /// Names for `namespace`, made from those of `from`.
    #[must_use]
    pub fn new(template: &Template, namespace: &str, from: Option<&str>) -> Self {
        let base = from.filter(|from| *from != namespace).map(|from| template.affixes(from));
        Self { own: template.affixes(namespace), base }
    }

    /// The instance's name for a name of the base.
    ///
    /// A name that is the instance's already stays. One that the template made for the base's namespace is
    /// taken back first. Where both could be meant (`a` and `a-b` are namespaces), the longer match is.
    #[must_use]
    pub fn apply(&self, name: &str) -> String {
        // An object without a name is the API server's to refuse; a name made of nothing would grow with each run.
        if name.is_empty() {
            return String::new();
        }
        let own = bare(name, &self.own);
        let base = self.base.as_ref().and_then(|affixes| bare(name, affixes));
        let bare_name = match (own, base) {
            (Some(own), Some(base)) if base.len() < own.len() => base,
            (Some(_), _) => return name.to_owned(),
            (None, Some(base)) => base,
            (None, None) => name,
        };
        format!("{}{bare_name}{}", self.own.0, self.own.1)
    }
}

/// The name between the affixes; none where they do not fit or say nothing.
fn bare<'n>(name: &'n str, (prefix, suffix): &(String, String)) -> Option<&'n str> {
    let inner = name.strip_prefix(prefix.as_str())?.strip_suffix(suffix.as_str())?;
    (!inner.is_empty()).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::{Naming, Template};

    fn check(template: &str, (namespace, from): (&str, Option<&str>), names: &[(&str, &str)]) {
        let naming = Naming::new(&Template::from(template), namespace, from);
        for (name, expected) in names {
            assert_eq!(naming.apply(name), *expected, "{template} for {namespace} from {from:?}: {name}");
            assert_eq!(naming.apply(expected), *expected, "idempotent: {expected}");
        }
    }

    #[test]
    fn names_follow_the_instance() {
        let names = [("ctlplane", "two-ctlplane"), ("two-ctlplane", "two-ctlplane"), ("two-", "two-two-")];
        check("{namespace}-{name}", ("two", None), &names);
        let names = [("one-ctlplane", "two-ctlplane"), ("ctlplane", "two-ctlplane")];
        check("{namespace}-{name}", ("two", Some("one")), &names);
        check("{name}", ("two", Some("one")), &[("peer", "peer"), ("one-peer", "one-peer")]);
        check("{name}-{namespace}", ("two", Some("one")), &[("worker-one", "worker-two"), ("w", "w-two")]);
    }

    #[test]
    fn the_longer_match_wins_where_one_namespace_begins_like_the_other() {
        check(
            "{namespace}-{name}",
            ("os-b", Some("os")),
            &[("os-b-pool", "os-b-pool"), ("os-pool", "os-b-pool")],
        );
        check("{namespace}-{name}", ("os", Some("os-b")), &[("os-b-pool", "os-pool"), ("pool", "os-pool")]);
    }

    #[test]
    fn templates_that_lose_the_name_are_refused() {
        assert!(Template::from("{namespace}").check("names.pool").is_err());
        assert!(Template::from("{name}{name}").check("names.pool").is_err());
        assert!(Template::from("{name}-{cluster}").check("names.pool").is_err());
        assert!(Template::from("{namespace}-{name}").check("names.pool").is_ok());
    }
}
