//! Names of an instance: its own domain, and the hosts of its routes.

use std::collections::BTreeMap;

use crate::catalogue::dns::{BELOW, HOST, LOCAL, OPTIONS, ROUTES, SERVER};
use crate::find::{Part, under};
use crate::krm::Item;
use crate::model::Model;
use crate::path;
use crate::rules::Report;
use crate::yaml::PointerBuf;

/// A `local` option in place of the one that infra-operator would add for the instance's own names.
pub(crate) fn local_hides_default(model: &Model<'_>, report: &mut Report) {
    let is_on = |item: &Item<'_>| {
        let plane = model.control_planes.iter().find(|plane| plane.item.index == item.index);
        plane.is_none_or(|plane| plane.is_on(&SERVER))
    };
    for (group, kind, path) in OPTIONS {
        for item in model.objects.iter().filter(|item| item.is(group, kind) && is_on(item)) {
            let options = item.part().each(path);
            let local: Vec<_> =
                options.iter().filter(|option| option.text(path!("key")) == Some(LOCAL)).collect();
            of_item(item, &local, report);
        }
    }
}

fn of_item(item: &Item<'_>, local: &[&Part<'_>], report: &mut Report) {
    let (Some(namespace), Some(first)) = (item.namespace(), local.first()) else { return };
    let own = format!("{namespace}.svc");
    let values = local.iter().flat_map(|option| option.facts(path!("values.[]")));
    let covers = |value: &str| value.split('/').any(|domain| domain == own || domain == "svc");
    if !values.into_iter().any(|value| covers(value.text)) {
        let message = format!(
            "infra-operator adds local=/{own}/ only where there is no option local, so with this one nodes ask other servers \
             for names of {own}; add the value /{own}/, or take the option out"
        );
        report.add(report.finding(message).at(item, &first.pointer).without_current());
    }
}

/// One host for two routes of different namespaces: the router takes the older one alone.
///
/// Source: `OpenShift`'s router, `HostAlreadyClaimed`; with `namespaceOwnership: InterNamespaceAllowed` paths may differ.
pub(crate) fn route_twice(model: &Model<'_>, report: &mut Report) {
    let mut first: BTreeMap<String, (&Item<'_>, PointerBuf)> = BTreeMap::new();
    for (group, kind, path) in ROUTES {
        for item in model.objects.iter().filter(|item| item.is(group, kind)) {
            for route in item.part().each(path) {
                let Some(host) = route.fact(HOST).filter(|host| !host.text.is_empty()) else { continue };
                let below = route.text(BELOW).unwrap_or_default().trim_end_matches('/');
                let name = format!("{}{below}", host.text.to_ascii_lowercase());
                let place = under(&route.pointer, &["host"]);
                let (earlier, at) = first.entry(name).or_insert((item, place));
                if earlier.namespace() != item.namespace() {
                    let message = format!(
                        "{} is the host of a route of {} too, and the router serves the older one alone; give each \
                         instance a host of its own",
                        host.text,
                        earlier.reference()
                    );
                    report.add(report.finding(message).at(item, &host.pointer).beside(earlier, at));
                }
            }
        }
    }
}
