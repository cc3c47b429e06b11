//! `ipset-address`: a fixed address of a node or an `IPSet` that its subnet does not hold, or excludes.
//!
//! Source: infra-operator `apis/network/v1beta1/ipset_webhook.go`, and for excluded ones `internal/ipam/funcs.go`. It need
//! not be in an allocation range.

use super::requested::requests;
use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for request in requests(model) {
        for asked in request.networks {
            let (Some(fixed), Some(subnet)) = (&asked.fixed_ip, request.subnet(asked)) else { continue };
            let Some(net) = subnet.cidr.as_ref().and_then(|cidr| cidr.value) else { continue };
            let message = match fixed.value {
                None => format!("{:?} is no IP address; write one of {net}", fixed.text),
                Some(outside) if !net.contains(&outside) => {
                    format!("{outside} lies outside the subnet {net}; write an address of that subnet")
                }
                Some(ip) if subnet.excludes(ip) => {
                    format!(
                        "{ip} is one of the subnet's excludeAddresses, and is not given out; write another"
                    )
                }
                Some(_) => continue,
            };
            report.at(request.item, &fixed.pointer, message);
        }
    }
}
