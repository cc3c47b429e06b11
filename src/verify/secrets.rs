//! Secrets: which keys are there and whether their values are the rendered ones. No value is ever told.

use std::collections::BTreeMap;

use crate::krm::{Item, at_most, base64, listed};
use crate::yaml::Node;

use super::Fault;
use super::command::{apply, kubectl};
use super::table::{DIFFERS, SECRETS_UNREAD};

/// The keys whose values differ, by name.
pub(super) fn differences(rendered: &Item<'_>, live: &Item<'_>) -> Option<Fault> {
    let (wanted, found) = (values(rendered), values(live));
    let differ = wanted.iter().filter(|(key, value)| found.get(*key) != Some(value));
    let keys: Vec<String> = differ.map(|(key, _)| (*key).to_owned()).collect();
    let cause = format!("{} is not there or has another value", listed(&keys));
    let command = apply(rendered, true);
    let fault = Fault::new(&DIFFERS, &cause, "see that nobody needs what is there, and apply", command);
    (!keys.is_empty()).then(|| fault.about(rendered))
}

/// That nothing is known of Secrets, and how to see that they are there: a note for each namespace.
pub(super) fn unread(rendered: &[&Item<'_>]) -> Vec<Fault> {
    let mut namespaces: Vec<&str> =
        rendered.iter().map(|item| item.namespace().unwrap_or_default()).collect();
    namespaces.dedup();
    let fault = |namespace: &str| {
        let own = rendered.iter().filter(|item| item.namespace().unwrap_or_default() == namespace);
        let names = own.clone().map(|item| item.name());
        let place: &[&str] = if namespace.is_empty() { &[] } else { &["-n", namespace] };
        let words =
            ["get", "Secret"].into_iter().chain(names).chain(place.iter().copied()).chain(["-o", "name"]);
        let all: Vec<String> = own.map(|item| item.reference().to_string()).collect();
        let cause = format!(
            "the live list holds no Secrets, so nothing is said of {}",
            listed(&at_most(5, all.into_iter()))
        );
        let command = kubectl(&words.collect::<Vec<_>>());
        Fault::new(&SECRETS_UNREAD, &cause, "see that they are there", command)
    };
    namespaces.into_iter().map(fault).collect()
}

/// The values by their keys, as pods read them; what is no text stays base64.
fn values<'a>(secret: &Item<'a>) -> BTreeMap<&'a str, String> {
    let of = |map: &str| secret.node.get(map).map(Node::entries).unwrap_or_default().iter();
    let texts = |map: &str| of(map).filter_map(|entry| Some((entry.key.text()?, entry.value.text()?)));
    let read = |(key, text): (&'a str, &'a str)| {
        (key, base64::decoded(text).unwrap_or_else(|| text.split_ascii_whitespace().collect()))
    };
    let data = texts("data").map(read);
    data.chain(texts("stringData").map(|(key, text)| (key, text.to_owned()))).collect()
}
