//! Name templates: how a base name becomes an instance's name, and back.

use schemars::JsonSchema;
use serde::Deserialize;

use super::ConfigError;

/// The most characters of an object's name.
const LONGEST_NAME: usize = 253;

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
        let shortest = rest.chars().count() + text.matches("{namespace}").count();
        if shortest >= LONGEST_NAME {
            let message = format!(
                "the template adds {shortest} characters or more to a name, and a name has {LONGEST_NAME} at most; write a \
                 shorter one"
            );
            return Err(ConfigError::new(field, message));
        }
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

/// A template at work for one instance, and for the instance that it is made from.
///
/// Whether a name was made by it cannot be seen from the name: `ostest-master-2` fits `{name}-2`. Objects say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    own: (String, String),
    from: Option<(String, String)>,
}

impl Naming {
    /// Names for `namespace`, made from those of `from`.
    #[must_use]
    pub fn new(template: &Template, namespace: &str, from: Option<&str>) -> Self {
        Self { own: template.affixes(namespace), from: from.map(|from| template.affixes(from)) }
    }

    /// The instance's name for a name of the base.
    #[must_use]
    pub fn apply(&self, base: &str) -> String {
        // An object without a name is the API server's to refuse.
        if base.is_empty() { String::new() } else { format!("{}{base}{}", self.own.0, self.own.1) }
    }

    /// What the base calls what the instance that this one is made from calls so.
    #[must_use]
    pub fn base_of<'n>(&self, name: &'n str) -> &'n str {
        self.from.as_ref().and_then(|affixes| bare(name, affixes)).unwrap_or(name)
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

    #[test]
    fn names_are_made_and_taken_back() {
        for (template, base, name, of_from) in [
            ("{namespace}-{name}", "ctlplane", "two-ctlplane", "one-ctlplane"),
            ("{namespace}-{name}", "two-ctlplane", "two-two-ctlplane", "one-two-ctlplane"),
            ("{name}-{namespace}", "worker", "worker-two", "worker-one"),
            ("{name}", "peer", "peer", "peer"),
        ] {
            let naming = Naming::new(&Template::from(template), "two", Some("one"));
            assert_eq!((naming.apply(base).as_str(), naming.base_of(of_from)), (name, base), "{template}");
        }
        let naming = Naming::new(&Template::from("{namespace}-{name}"), "two", None);
        assert_eq!((naming.apply(""), naming.base_of("one-a")), (String::new(), "one-a"));
    }

    #[test]
    fn templates_that_lose_the_name_are_refused() {
        assert!(Template::from("{namespace}").check("names.pool").is_err());
        assert!(Template::from("{name}{name}").check("names.pool").is_err());
        assert!(Template::from("{name}-{cluster}").check("names.pool").is_err());
        assert!(Template::from("{namespace}-{name}").check("names.pool").is_ok());
    }
}
