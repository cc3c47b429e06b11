//! `peer-timers`: a hold time below three seconds, or a keepalive longer than it.

use crate::krm::Severity;
use crate::model::{Model, fact};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "peer-timers",
    severity: Severity::Error,
    summary: "The timers of a BGPPeer contradict each other.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for peer in &model.peers {
        let timer = |key| fact(&peer.item, &["spec", key]).and_then(|fact| Some((seconds(fact.text)?, fact)));
        let (hold, keepalive) = (timer("holdTime"), timer("keepaliveTime"));
        let Some((hold, fact)) = hold else { continue };
        if hold > 0.0 && hold < 3.0 {
            let message = format!("a hold time of {} is too short; write 0s, or 3s or more", fact.text);
            report.at(&peer.item, &fact.pointer, message);
        } else if let Some((_, wrong)) = keepalive.filter(|(keepalive, _)| *keepalive > hold) {
            let message = format!(
                "a keepalive time of {} is longer than the hold time {}; write a shorter one",
                wrong.text, fact.text
            );
            report.at(&peer.item, &wrong.pointer, message);
        }
    }
}

/// A Go duration (`1m30s`) in seconds.
fn seconds(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    let mut sum = 0.0;
    while !rest.is_empty() && rest != "0" {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, behind) = rest.split_at_checked(digits)?;
        let unit = behind.find(|c: char| c.is_ascii_digit()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at_checked(unit)?;
        sum += number.parse::<f64>().ok()? * unit_seconds(unit)?;
        rest = behind;
    }
    Some(sum)
}

fn unit_seconds(unit: &str) -> Option<f64> {
    Some(match unit {
        "h" => 3600.0,
        "m" => 60.0,
        "s" => 1.0,
        "ms" => 1e-3,
        "us" | "µs" => 1e-6,
        "ns" => 1e-9,
        _ => return None,
    })
}
