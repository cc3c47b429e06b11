//! Label selectors: what they say and what they match. Knows no kind.

use std::collections::BTreeMap;

use crate::krm::Item;
use crate::yaml::{Node, PointerBuf};

use super::fact::under;

/// One `matchExpressions` entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expression<'a> {
    /// The label's key.
    pub key: &'a str,
    /// `In`, `NotIn`, `Exists`, `DoesNotExist`.
    pub operator: &'a str,
    /// The values as they are written.
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

/// The selectors of the list at a path of an item.
#[must_use]
pub fn selectors<'a>(item: &Item<'a>, path: &[&str]) -> Vec<Selector<'a>> {
    let list = item.node.path(path).map(Node::items).unwrap_or_default();
    let place = PointerBuf::from_tokens(path.iter().copied());
    let read =
        |(index, node): (usize, &'a Node<'a>)| Selector::read(under(&place, &[&index.to_string()]), node);
    list.iter().enumerate().map(read).collect()
}

impl<'a> Selector<'a> {
    fn read(pointer: PointerBuf, node: &'a Node<'a>) -> Self {
        let labels = node.get("matchLabels").map(Node::entries).unwrap_or_default();
        let labels = labels.iter().filter_map(|entry| Some((entry.key.text()?, entry.value.text()?)));
        let expressions = node.get("matchExpressions").map(Node::items).unwrap_or_default();
        Self { pointer, labels: labels.collect(), expressions: expressions.iter().map(expression).collect() }
    }

    /// Whether it selects everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.expressions.is_empty()
    }

    /// Whether it selects what has these labels; an unknown operator selects nothing.
    #[must_use]
    pub fn matches(&self, labels: &BTreeMap<&str, &str>) -> bool {
        let equal = |(key, value): (&&str, &&str)| labels.get(*key) == Some(value);
        self.labels.iter().all(equal) && self.expressions.iter().all(|expression| expression.matches(labels))
    }

    /// The same in one order, so that equal selectors compare equal, as MetalLB sorts them.
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

fn expression<'a>(node: &'a Node<'a>) -> Expression<'a> {
    let word = |key: &str| node.get(key).and_then(Node::text).unwrap_or_default();
    let values = node.get("values").map(Node::items).unwrap_or_default();
    Expression {
        key: word("key"),
        operator: word("operator"),
        values: values.iter().filter_map(Node::text).collect(),
    }
}
