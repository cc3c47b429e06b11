//! Addresses of attachments that the IPAM plugin cannot read or give out.
//!
//! Source: whereabouts `pkg/config/config.go`; host-local `backend/allocator/range.go`, `config.go`; static `main.go`; CNI
//! `pkg/types` (`Route`). An IPAM that is not known is not judged.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::address::Block;
use crate::catalogue::cni::{HOST_LOCAL, STATIC, WHEREABOUTS};
use crate::model::{Attachment, AttachmentRange, Model, Plugin};
use crate::rules::Report;

use super::attachment_config::say;

/// A range that is missing, cannot be read, or that host-local refuses.
pub(crate) fn ranges(model: &Model<'_>, report: &mut Report) {
    for (attachment, plugin) in plugins(model) {
        let gives = [WHEREABOUTS, HOST_LOCAL].contains(&plugin.ipam.as_str());
        if gives && plugin.ranges.is_empty() && !plugin.ranges_are_brought {
            let key = if plugin.ipam == HOST_LOCAL { "ranges" } else { "range" };
            let message = format!(
                "{} has no addresses to give out, and no pod starts without one; write {key}",
                plugin.ipam
            );
            say(attachment, message, report);
        }
        for range in plugin.ranges.iter().filter(|_| gives) {
            let own = || if plugin.ipam == HOST_LOCAL { of_host_local(range) } else { of_short_form(range) };
            for message in unreadable(plugin, range).map_or_else(own, |message| vec![message]) {
                say(attachment, message, report);
            }
        }
        for text in plugin.excluded.iter().filter(|text| gives && !is_block(&plugin.ipam, text)) {
            let message = format!("{text:?} in exclude is no CIDR; write one, such as 172.17.0.30/32");
            say(attachment, message, report);
        }
    }
}

fn plugins<'m, 'a>(model: &'m Model<'a>) -> impl Iterator<Item = (&'m Attachment<'a>, &'m Plugin<'a>)> {
    let attachments = model.networks.attachments.iter();
    attachments.flat_map(|attachment| attachment.run().map(move |plugin| (attachment, plugin)))
}

fn unreadable(plugin: &Plugin<'_>, range: &AttachmentRange<'_>) -> Option<String> {
    let net = range.net.as_ref().filter(|net| net.value.is_none() && !is_net(&plugin.ipam, &net.text));
    if let Some(net) = net {
        return Some(format!("{:?} is no range of addresses; write a CIDR, such as 172.17.0.0/24", net.text));
    }
    let ends = [&range.start, &range.end].into_iter().flatten();
    let end = ends.into_iter().find(|end| end.value.is_none() && !is_ip(&plugin.ipam, &end.text))?;
    Some(format!("{:?} is no IP address; write the first or the last of the range", end.text))
}

/// `192.168.2.225-192.168.2.230/28`: the start is refused outside, where `range_start` is not heeded.
fn of_short_form(range: &AttachmentRange<'_>) -> Vec<String> {
    let (Some(net), Some(start)) = (&range.net, &range.start) else { return Vec::new() };
    let is_outside = |(net, start): (IpNet, IpAddr)| !net.contains(&start);
    let outside = range.is_short && net.value.zip(start.value).is_some_and(is_outside);
    let message =
        || format!("the range starts at {}, outside of {}; write both of one network", start.text, net.text);
    outside.then(message).into_iter().collect()
}

fn of_host_local(range: &AttachmentRange<'_>) -> Vec<String> {
    let Some(net) = range.net.as_ref().and_then(|net| net.value) else { return Vec::new() };
    if net.max_prefix_len() - net.prefix_len() < 2 {
        return vec![format!("{net} is too small for host-local; write a network of four addresses or more")];
    }
    if net.trunc() != net {
        return vec![format!("{net} is no network, which host-local wants; write {}", net.trunc())];
    }
    let value = |end: &Option<crate::model::Address<'_>>| end.as_ref().and_then(|end| end.value);
    let (start, end) = (value(&range.start), value(&range.end));
    let outside = start.into_iter().chain(end).find(|address| !net.contains(address));
    let reversed = start.zip(end).filter(|(start, end)| start > end);
    match (outside, reversed) {
        (Some(outside), _) => vec![format!("{outside} lies outside of {net}; write an address of it")],
        (None, Some((start, end))) => {
            vec![format!("the range ends at {end}, before its start {start}; write an end behind it")]
        }
        _ => Vec::new(),
    }
}

/// A gateway, a route or an address for every pod that cannot be read.
pub(crate) fn addresses(model: &Model<'_>, report: &mut Report) {
    let known = [WHEREABOUTS, HOST_LOCAL, STATIC];
    for (attachment, plugin) in plugins(model).filter(|(_, plugin)| known.contains(&plugin.ipam.as_str())) {
        let ipam = plugin.ipam.as_str();
        let fixed = plugin.fixed.iter().filter(|_| ipam != HOST_LOCAL);
        let own = fixed.clone().map(|(address, _)| address).chain(&plugin.destinations);
        for text in own.filter(|text| !is_net(ipam, text)) {
            let message =
                format!("{text:?} is no address with a prefix length; write one, such as 172.17.0.5/24");
            say(attachment, message, report);
        }
        let gateways = plugin.gateways.iter().chain(fixed.filter_map(|(_, gateway)| gateway.as_ref()));
        for text in gateways.filter(|text| !is_ip(ipam, text)) {
            let message = format!("{text:?} is no IP address of a gateway; write one");
            say(attachment, message, report);
        }
    }
}

fn is_block(ipam: &str, text: &str) -> bool {
    Block::parse(text).is_ok() || is_net(ipam, text) || is_ip(ipam, text)
}

fn is_net(ipam: &str, text: &str) -> bool {
    let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
    format!("{}/{prefix}", spelled(ipam, address)).parse::<IpNet>().is_ok()
}

fn is_ip(ipam: &str, text: &str) -> bool {
    spelled(ipam, text).parse::<IpAddr>().is_ok()
}

/// An IPv4 address as whereabouts reads it: zeros in front of a number mean nothing.
fn spelled(ipam: &str, text: &str) -> String {
    let plain = |part: &str| match part.trim_start_matches('0') {
        "" if !part.is_empty() => "0".to_owned(),
        rest => rest.to_owned(),
    };
    let is_v4 = ipam == WHEREABOUTS && !text.contains(':');
    if is_v4 { text.split('.').map(plain).collect::<Vec<_>>().join(".") } else { text.to_owned() }
}
