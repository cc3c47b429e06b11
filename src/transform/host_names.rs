//! Host names of the cluster in text: `*.openstack.svc`, and the hosts that Routes get by default.
//!
//! Whole names only: another instance's (`x.my-openstack.svc`), and the Galera instance `openstack`, stay. Objects of
//! OpenStack's groups are searched as a whole, all others where their text moves with the network too.

use crate::catalogue::endpoints::EXTERNAL_KEYSTONE;
use crate::catalogue::fields::{FIELDS, Field, Syntax};
use crate::catalogue::kinds;
use crate::catalogue::references::ROUTE_SUBDOMAINS;
use crate::change::Changes;
use crate::context::Context;
use crate::find::{scalars, select, value};
use crate::krm::{Item, base64};
use crate::path::Segment;
use crate::transform::network::{applies, is_on};
use crate::yaml::{Node, PointerBuf};

/// What moves in a text; none where nothing does.
type Moved = fn(&str, from: &str, to: &str) -> Option<String>;

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    let Some(from) = context.instance.from.as_deref() else { return };
    for item in context.inventory.own.iter().filter(|item| !context.is_made(item)) {
        for (pointer, written, moved) in texts(context, item, from) {
            let text = changes.text(item, &pointer).unwrap_or(written);
            if let Some(text) = moved(text, from, &context.instance.namespace) {
                changes.set(item, pointer, text);
            }
        }
    }
}

/// The texts of an object that may hold a host, each once, with what moves one.
fn texts<'a>(context: &Context<'_>, item: &Item<'a>, from: &str) -> Vec<(PointerBuf, &'a str, Moved)> {
    let is_openstack = kinds::is_openstack(item.group());
    let mut texts: Vec<(PointerBuf, &str, Moved)> = Vec::new();
    if is_openstack {
        let external = value(item.node, EXTERNAL_KEYSTONE).and_then(Node::as_bool) == Some(true);
        let wanted = |keys: &[&str], text: &str| text.contains(from) && is_host_text(external, keys);
        let each = scalars(item.node, wanted).into_iter();
        texts.extend(each.map(|scalar| (scalar.pointer, scalar.text, moved as Moved)));
    }
    let rows = FIELDS.iter().filter(|row| !is_openstack || is_of_metadata(row));
    for row in rows.filter(|row| applies(row, item) && is_on(context, row, item)) {
        let Some(moved) = in_syntax(row.syntax) else { continue };
        let parts = select(item.node, row.path).into_iter();
        texts.extend(parts.filter_map(|part| Some((part.pointer, part.node.as_str()?, moved))));
    }
    let subdomains = ROUTE_SUBDOMAINS
        .iter()
        .filter(|(group, kind, _)| kinds::is_one_of(group, kind, item.group(), item.kind));
    for part in subdomains.flat_map(|(.., path)| select(item.node, *path)) {
        texts.extend(part.node.as_str().map(|text| (part.pointer, text, moved_subdomain as Moved)));
    }
    texts
}

/// How the texts of a row move.
fn in_syntax(syntax: Syntax) -> Option<Moved> {
    match syntax {
        Syntax::Text | Syntax::Settings => Some(moved),
        Syntax::Base64 => Some(moved_base64),
        _ => None,
    }
}

fn is_of_metadata(row: &Field) -> bool {
    row.path.segments().first() == Some(&Segment::Key("metadata"))
}

/// With another control plane's Keystone (`external`), Keystone's URLs point there on purpose.
fn is_host_text(external: bool, keys: &[&str]) -> bool {
    let label = keys.starts_with(&["metadata"]) || keys.contains(&"labels");
    !(label || external && keys.starts_with(&["spec", "keystone"]))
}

fn moved_base64(coded: &str, from: &str, to: &str) -> Option<String> {
    let text = moved(&base64::decoded(coded)?, from, to)?;
    Some(base64::encoded(&text, coded))
}

/// `<service>-<namespace>`, before which nothing tells it from any other name: only the whole end counts.
fn moved_subdomain(text: &str, from: &str, to: &str) -> Option<String> {
    let before =
        text.strip_suffix(from)?.strip_suffix('-').filter(|before| before.ends_with(is_label_char))?;
    Some(format!("{before}-{to}"))
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
    use super::{moved, moved_subdomain};

    #[test]
    fn the_end_of_a_subdomain_moves() {
        for (text, expected) in [
            ("keystone-public-openstack", Some("keystone-public-two")),
            ("openstack", None),
            ("-openstack", None),
            ("keystone-public-openstack2", None),
            ("keystone-public.openstack", None),
        ] {
            assert_eq!(moved_subdomain(text, "openstack", "two").as_deref(), expected, "{text}");
        }
    }

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
