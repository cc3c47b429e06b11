//! Users and vhosts of RabbitMQ.
//!
//! Source: infra-operator `apis/rabbitmq/v1beta1/rabbitmquser_webhook.go`, `rabbitmqvhost_webhook.go`.

use std::collections::BTreeMap;

use crate::find::{Fact, place};
use crate::krm::Item;
use crate::model::Model;
use crate::path;
use crate::rules::Report;

const GROUP: &str = "rabbitmq.openstack.org";

/// The longest name of a user, in bytes.
const LONGEST: usize = 39;

/// A user or a vhost that the webhook refuses: its name, its vhost, or that it is there twice.
pub(crate) fn users(model: &Model<'_>, report: &mut Report) {
    let of_kind = |kind: &'static str| model.objects.iter().filter(move |item| item.is(GROUP, kind));
    for item in of_kind("RabbitMQVhost") {
        if let Some(name) = item.part().fact(path!("spec.name")).filter(|name| name.text != "/") {
            characters(item, &name, report);
        }
    }
    let mut first: BTreeMap<[&str; 4], &str> = BTreeMap::new();
    for item in of_kind("RabbitMQUser") {
        let part = item.part();
        let name = part.fact(path!("spec.username")).filter(|name| !name.text.is_empty());
        if let Some(name) = &name {
            characters(item, name, report);
            if name.text.len() > LONGEST {
                let message = format!(
                    "the name has {} bytes, and {LONGEST} are taken; write a shorter one",
                    name.text.len()
                );
                report.at(item, &name.pointer, message);
            }
        }
        let vhost = part.text(path!("spec.vhostRef")).unwrap_or_default();
        of_vhost(item, vhost, &of_kind("RabbitMQVhost").collect::<Vec<_>>(), report);
        let cluster = part.text(path!("spec.rabbitmqClusterName")).unwrap_or_default();
        let Some(name) = name else { continue };
        let key = [item.namespace().unwrap_or_default(), cluster, vhost, name.text];
        let other = *first.entry(key).or_insert(item.name());
        if other != item.name() {
            let message = format!(
                "the user {} is that of the RabbitMQUser {other} already, on one cluster and vhost; write another name",
                name.text
            );
            report.at(item, &name.pointer, message);
        }
    }
}

fn characters(item: &Item<'_>, name: &Fact<'_>, report: &mut Report) {
    let is_taken = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':');
    if !name.text.bytes().all(is_taken) {
        let message = format!("{:?} is no name here; write letters, digits, -, _, . and :", name.text);
        report.at(item, &name.pointer, message);
    }
}

/// Asked only where the list holds vhosts of the namespace: others may be there already.
fn of_vhost(item: &Item<'_>, wanted: &str, vhosts: &[&Item<'_>], report: &mut Report) {
    let mut own = vhosts.iter().filter(|vhost| vhost.namespace() == item.namespace()).peekable();
    if wanted.is_empty() || own.peek().is_none() || own.any(|vhost| vhost.name() == wanted) {
        return;
    }
    let message =
        format!("the namespace has no RabbitMQVhost {wanted}, though others; name one of them, or add it");
    report.at(item, &place(path!("spec.vhostRef")), message);
}
