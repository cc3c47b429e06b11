//! `netconfig-address`: a gateway, a range's end, an excluded address or a next hop that its subnet does not hold.

use crate::krm::Item;
use crate::model::{Address, Model, Subnet};
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for config in &model.networks.net_configs {
        for (_, subnet) in config.subnets() {
            of_subnet(&config.item, subnet, report);
        }
    }
}

fn of_subnet(item: &Item<'_>, subnet: &Subnet<'_>, report: &mut Report) {
    let Some(net) = subnet.cidr.as_ref().and_then(|cidr| cidr.value) else { return };
    let ranges = subnet.ranges.iter().flat_map(|range| range.start.iter().chain(&range.end));
    let hops = subnet.routes.iter().filter_map(|route| route.next_hop.as_ref());
    let addresses: Vec<&Address<'_>> =
        subnet.gateway.iter().chain(ranges).chain(&subnet.excluded).chain(hops).collect();
    for address in addresses {
        let message = match address.value {
            None => format!("{:?} is no IP address; write one of {net}", address.text),
            Some(outside) if !net.contains(&outside) => {
                format!("{outside} lies outside the subnet {net}; write an address of that subnet")
            }
            Some(_) => continue,
        };
        report.at(item, &address.pointer, message);
    }
    let destinations = subnet.routes.iter().filter_map(|route| route.destination.as_ref());
    for destination in destinations.filter(|destination| destination.value.is_none()) {
        let message = format!("{:?} is no CIDR; write one, such as 0.0.0.0/0", destination.text);
        report.at(item, &destination.pointer, message);
    }
}
