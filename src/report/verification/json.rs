//! A comparison for programs: the items of the KRM specification, each with its command.

use serde_json::{Value, json};

use crate::krm::Severity;
use crate::verify::{Fault, PoolLine, ServiceLine, Verified};

pub(super) fn print(verified: &Verified, notes: bool) -> String {
    let shown = |fault: &&Fault| notes || fault.finding.severity != Severity::Info;
    let page = json!({
        "objects": verified.objects,
        "pools": verified.pools.iter().map(pool).collect::<Value>(),
        "services": verified.services.iter().map(service).collect::<Value>(),
        "results": verified.faults.iter().filter(shown).map(result).collect::<Value>(),
    });
    format!("{page:#}\n")
}

fn pool(line: &PoolLine) -> Value {
    json!({
        "name": line.name,
        "namespaces": line.namespaces,
        "addresses": line.addresses,
        "services": line.services,
        "live": line.is_there,
        "rendered": line.is_rendered,
    })
}

fn service(line: &ServiceLine) -> Value {
    json!({
        "namespace": line.namespace,
        "name": line.name,
        "endpoint": line.endpoint,
        "pool": line.pool,
        "addresses": line.addresses,
        "live": line.is_there,
    })
}

fn result(fault: &Fault) -> Value {
    let mut result = fault.finding.to_value();
    if let Some(result) = result.as_object_mut() {
        result.insert("command".to_owned(), json!(fault.command));
    }
    result
}
