//! Host names of the cluster in text: `*.openstack.svc`, and the hosts that Routes get by default.
//!
//! Whole names only: another instance's (`x.my-openstack.svc`), and the Galera instance `openstack`, stay.

use crate::catalogue::endpoints::EXTERNAL_KEYSTONE;
use crate::catalogue::kinds;
use crate::catalogue::references::HOST_NAME_TEXT;
use crate::change::Changes;
use crate::context::Context;
use crate::find::{scalars, value};
use crate::krm::Item;
use crate::yaml::Node;

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    let Some(from) = context.instance.from.as_deref() else { return };
    let items = context.inventory.own.iter().filter(|item| may_hold_hosts(item) && !context.is_made(item));
    for item in items {
        let external = value(item.node, EXTERNAL_KEYSTONE).and_then(Node::as_bool) == Some(true);
        let wanted = |keys: &[&str], text: &str| text.contains(from) && is_host_text(item, external, keys);
        for scalar in scalars(item.node, wanted) {
            let text = changes.text(item, &scalar.pointer).unwrap_or(scalar.text);
            if let Some(text) = moved(text, from, &context.instance.namespace) {
                changes.set(item, scalar.pointer, text);
            }
        }
    }
}

fn may_hold_hosts(item: &Item<'_>) -> bool {
    kinds::is_openstack(item.group()) || HOST_NAME_TEXT.iter().any(|(group, kind, _)| item.is(group, kind))
}

/// With another control plane's Keystone (`external`), Keystone's URLs point there on purpose.
fn is_host_text(item: &Item<'_>, external: bool, keys: &[&str]) -> bool {
    if kinds::is_openstack(item.group()) {
        let label = keys.starts_with(&["metadata"]) || keys.contains(&"labels");
        return !(label || external && keys.starts_with(&["spec", "keystone"]));
    }
    HOST_NAME_TEXT.iter().any(|(group, kind, path)| item.is(group, kind) && keys.starts_with(path))
}

/// The text with every host of the namespace moved; none where there is no such host.
fn moved(text: &str, from: &str, to: &str) -> Option<String> {
    let services = replace(text, &format!("{from}.svc"), &format!("{to}.svc"), is_service_host);
    let text_then = services.as_deref().unwrap_or(text);
    replace(text_then, &format!("-{from}.apps."), &format!("-{to}.apps."), is_route_host).or(services)
}

fn replace(text: &str, old: &str, new: &str, fits: fn(&str, &str) -> bool) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices(old) {
        let (before, after) = (text.get(..at)?, text.get(at + old.len()..)?);
        if fits(before, after) {
            out.push_str(text.get(done..at)?);
            out.push_str(new);
            done = at + old.len();
        }
    }
    out.push_str(text.get(done..)?);
    (done > 0).then_some(out)
}

fn is_label_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// `openstack.svc` as a name by itself or behind a dot, with nothing, a port, a path or the cluster's domain behind.
fn is_service_host(before: &str, after: &str) -> bool {
    !before.ends_with(is_label_char) && !after.starts_with(is_label_char)
}

/// `<service>-<namespace>.apps.<domain>`: a name must stand before, a domain after.
fn is_route_host(before: &str, after: &str) -> bool {
    before.ends_with(is_label_char) && after.starts_with(is_label_char)
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn whole_host_names_move() {
        let cases = [
            ("https://keystone-internal.openstack.svc:5000", Some("https://keystone-internal.two.svc:5000")),
            ("a.openstack.svc.cluster.local b.openstack.svc", Some("a.two.svc.cluster.local b.two.svc")),
            ("/openstack.svc/", Some("/two.svc/")),
            (
                "swift-public-openstack.apps.ocp.openstack.lab",
                Some("swift-public-two.apps.ocp.openstack.lab"),
            ),
            ("a.my-openstack.svc", None),
            ("a.openstack2.svc", None),
            ("a.openstack.svcs", None),
            ("keystone.openstack.example.com", None),
            ("openstack", None),
        ];
        for (text, expected) in cases {
            assert_eq!(moved(text, "openstack", "two").as_deref(), expected, "{text}");
        }
    }
}
