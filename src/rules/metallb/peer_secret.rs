//! `peer-secret`: the Secret that a peer names, where the list holds it: its type and its key.

use std::collections::BTreeMap;

use crate::krm::{Item, Severity};
use crate::model::{Model, fact};
use crate::rules::{Report, Rule};
use crate::yaml::Node;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "peer-secret",
    severity: Severity::Error,
    summary: "The Secret of a BGPPeer's password is none that MetalLB reads.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    let mut secrets = None;
    for peer in &model.peers {
        let Some(name) = fact(&peer.item, &["spec", "passwordSecret", "name"]) else { continue };
        let secrets = secrets.get_or_insert_with(|| of_metallb(model));
        let Some(secret) = secrets.get(name.text) else { continue };
        let kind = secret.node.get("type").and_then(Node::text).unwrap_or("Opaque");
        let holds = |field| secret.node.path(&[field, "password"]).is_some();
        let reason = match kind {
            "kubernetes.io/basic-auth" if holds("data") || holds("stringData") => continue,
            "kubernetes.io/basic-auth" => "has no key `password`; add it".to_owned(),
            other => format!("is of type {other}; make it kubernetes.io/basic-auth"),
        };
        report.at(&peer.item, &name.pointer, format!("Secret {} {reason}", name.text));
    }
}

/// The Secrets beside MetalLB by their names.
fn of_metallb<'m, 'a>(model: &'m Model<'a>) -> BTreeMap<&'a str, &'m Item<'a>> {
    let secrets = model.objects.iter().filter(|item| item.is("", "Secret"));
    let secrets = secrets.filter(|item| item.namespace() == Some(&model.metallb_namespace));
    let mut named = BTreeMap::new();
    for secret in secrets {
        named.entry(secret.name()).or_insert(secret);
    }
    named
}
