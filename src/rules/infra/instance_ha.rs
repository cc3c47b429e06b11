//! `InstanceHa`: one for each cloud of a namespace.
//!
//! Source: infra-operator `apis/instanceha/v1beta1/instanceha_webhook.go`.

use std::collections::BTreeMap;

use crate::find::place;
use crate::krm::Item;
use crate::model::Model;
use crate::path;
use crate::rules::Report;

/// The cloud where none is written: the CRD's default.
const CLOUD_DEFAULT: &str = "default";

/// A second `InstanceHa` for one cloud.
pub(crate) fn cloud_twice(model: &Model<'_>, report: &mut Report) {
    let mut first: BTreeMap<(Option<&str>, &str), &str> = BTreeMap::new();
    let is_one = |item: &&Item<'_>| item.is("instanceha.openstack.org", "InstanceHa");
    for item in model.objects.iter().filter(is_one) {
        let cloud = item.part().text(path!("spec.openStackCloud")).unwrap_or(CLOUD_DEFAULT);
        let other = *first.entry((item.namespace(), cloud)).or_insert(item.name());
        if other != item.name() {
            let message = format!(
                "the InstanceHa {other} is for the cloud {cloud} already, and a second is refused; leave one, or name \
                 another cloud"
            );
            report.at(item, &place(path!("spec.openStackCloud")), message);
        }
    }
}
