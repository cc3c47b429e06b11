//! A comparison for terminals: the pools, the Services with their addresses, and where all is right, that it is.

use crate::krm::Severity;
use crate::report::escaped;
use crate::verify::{PoolLine, ServiceLine, Verified};

const POOLS: [&str; 4] = ["POOL", "FOR", "ADDRESSES", "SERVICES"];
const SERVICES: [&str; 4] = ["ENDPOINT", "SERVICE", "POOL", "ADDRESS"];

/// The tables; one without a line is left out.
pub(super) fn tables(verified: &Verified) -> String {
    let pools = table(POOLS, &verified.pools.iter().map(pool).collect::<Vec<_>>());
    let services = table(SERVICES, &verified.services.iter().map(service).collect::<Vec<_>>());
    let between = if pools.is_empty() || services.is_empty() { "" } else { "\n" };
    format!("{pools}{between}{services}")
}

/// Where nothing is wrong: silence would not say that anything was looked at.
pub(super) fn end(verified: &Verified, notes: bool) -> String {
    let count = |is_info: bool| {
        let all = verified.faults.iter().map(|fault| fault.finding.severity == Severity::Info);
        all.filter(|info| *info == is_info).count()
    };
    if count(false) > 0 || (notes && count(true) > 0) {
        return String::new();
    }
    let more = match count(true) {
        0 => String::new(),
        1 => " (1 note with -v)".to_owned(),
        count => format!(" ({count} notes with -v)"),
    };
    format!("\n{} objects are on the cluster as rendered: no findings{more}\n", verified.objects)
}

fn pool(line: &PoolLine) -> [String; 4] {
    let namespaces = if line.namespaces.is_empty() { "any".to_owned() } else { line.namespaces.join(", ") };
    let services = if line.is_there { line.services.to_string() } else { "not there".to_owned() };
    [line.name.clone(), namespaces, line.addresses.join(", "), services]
}

fn service(line: &ServiceLine) -> [String; 4] {
    let addresses = match (line.is_there, line.addresses.as_slice()) {
        (false, _) => "no Service".to_owned(),
        (true, []) => "pending".to_owned(),
        (true, all) => all.join(", "),
    };
    let or_dash = |word: &Option<String>| word.clone().unwrap_or_else(|| "-".to_owned());
    let name = format!("{}/{}", line.namespace, line.name);
    [or_dash(&line.endpoint), name, or_dash(&line.pool), addresses]
}

fn table(head: [&str; 4], lines: &[[String; 4]]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let safe = lines.iter().map(|line| line.clone().map(|cell| escaped(&cell).into_owned()));
    let rows: Vec<[String; 4]> = std::iter::once(head.map(str::to_owned)).chain(safe).collect();
    let widths: [usize; 4] = std::array::from_fn(|column| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    });
    let row = |row: &[String; 4]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(row).collect()
}
