//! Label selectors and what they match. Must not know kinds.

use std::collections::BTreeMap;

use crate::find::Part;
use crate::path;
use crate::path::Path;
use crate::yaml::PointerBuf;

/// One `matchExpressions` entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expression<'a> {
    /// The label's key.
    pub key: &'a str,
    /// `In`, `NotIn`, `Exists`, `DoesNotExist`.
    pub operator: &'a str,
    /// The values as written.
    pub values: Vec<&'a str>,
}

/// A `metav1.LabelSelector`.
#[derive(Debug, Clone)]
pub struct Selector<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// `matchLabels`.
    pub labels: BTreeMap<&'a str, &'a str>,
    /// `matchExpressions`.
    pub expressions: Vec<Expression<'a>>,
}

/// The selectors at a path.
#[must_use]
pub fn selectors<'a>(part: &Part<'a>, path: Path) -> Vec<Selector<'a>> {
    part.each(path).into_iter().map(Selector::read).collect()
}

impl<'a> Selector<'a> {
    fn read(part: Part<'a>) -> Self {
        Self {
            labels: part.words(path!("matchLabels")),
            expressions: part.each(path!("matchExpressions.[]")).iter().map(expression).collect(),
            pointer: part.pointer,
        }
    }

    /// Whether it selects everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.expressions.is_empty()
    }

    /// Whether it matches these labels; an expression with an unknown operator matches nothing.
    #[must_use]
    pub fn matches(&self, labels: &BTreeMap<&str, &str>) -> bool {
        let equal = |(key, value): (&&str, &&str)| labels.get(*key) == Some(value);
        self.labels.iter().all(equal) && self.expressions.iter().all(|expression| expression.matches(labels))
    }

    /// The selector in canonical order, so that equal ones compare equal; MetalLB sorts them likewise.
    #[must_use]
    pub fn sorted(&self) -> (BTreeMap<&'a str, &'a str>, Vec<Expression<'a>>) {
        let mut expressions = self.expressions.clone();
        for expression in &mut expressions {
            expression.values.sort_unstable();
        }
        expressions.sort_unstable();
        (self.labels.clone(), expressions)
    }
}

impl Expression<'_> {
    fn matches(&self, labels: &BTreeMap<&str, &str>) -> bool {
        let value = labels.get(self.key);
        let listed = value.is_some_and(|value| self.values.contains(value));
        match self.operator {
            "In" => listed,
            "NotIn" => !listed,
            "Exists" => value.is_some(),
            "DoesNotExist" => value.is_none(),
            _ => false,
        }
    }
}

fn expression<'a>(part: &Part<'a>) -> Expression<'a> {
    let word = |path| part.text(path).unwrap_or_default();
    let values = part.each(path!("values.[]"));
    Expression {
        key: word(path!("key")),
        operator: word(path!("operator")),
        values: values.iter().filter_map(|value| value.node.text()).collect(),
    }
}
