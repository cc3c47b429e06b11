//! A router of its own at the far end of a VLAN: FRR's bgpd, which takes routes and gives none. It needs no zebra: what
//! it hears is asked of it, and goes into no kernel's table. Knows nothing of MetalLB.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::Outcome;
use crate::servers::{Servers, command};
use crate::vlan::{DEVICE, Vlans};

/// Each route and its next hop.
pub(crate) type Routes = BTreeMap<String, String>;

/// One session: a side is an address with its prefix length, and an AS number.
pub(crate) struct Session {
    pub(crate) interface: String,
    pub(crate) near: (String, u64),
    pub(crate) far: (String, u64),
}

pub(crate) struct Router {
    place: PathBuf,
}

impl Router {
    /// Gives both ends of the VLAN their addresses, and waits for the near one to call.
    pub(crate) fn start(servers: &Servers, vlans: &Vlans, session: &Session) -> Outcome<Self> {
        let place = servers.run.join(format!("router-{}", session.interface));
        let configuration = place.join("bgpd.conf");
        fs::create_dir(&place)
            .and_then(|()| fs::write(&configuration, session.configuration()))
            .map_err(|e| e.to_string())?;
        let inside = format!("--net=/proc/{}/ns/net", vlans.far_end(&session.interface)?);
        command("ip", &["address", "replace", &session.near.0, "dev", &session.interface])?;
        command("nsenter", &[&inside, "ip", "address", "replace", &session.far.0, "dev", DEVICE])?;
        let (socket, process) = (place.to_string_lossy(), place.join("bgpd.pid"));
        servers.spawn(
            &format!("router-{}", session.interface),
            "nsenter".as_ref(),
            &[],
            &[
                &inside,
                "bgpd",
                "--no_zebra",
                "--no_kernel",
                "--skip_runas",
                "--vty_port=0",
                &format!("--listenon={}", address(&session.far.0)),
                &format!("--config_file={}", configuration.to_string_lossy()),
                &format!("--pid_file={}", process.to_string_lossy()),
                &format!("--vty_socket={socket}"),
            ],
        )?;
        let router = Self { place };
        servers.wait("a router", || router.routes().is_ok())?;
        Ok(router)
    }

    /// What it has heard.
    pub(crate) fn routes(&self) -> Outcome<Routes> {
        let socket = self.place.to_string_lossy();
        let said = command("vtysh", &["--vty_socket", &socket, "-c", "show ip bgp json"])?;
        let table: Value = serde_json::from_str(&said).map_err(|e| format!("{e} in: {said}"))?;
        let next_hop = |paths: &Value| paths[0]["nexthops"][0]["ip"].as_str().unwrap_or_default().to_owned();
        let routes = table["routes"].as_object().ok_or_else(|| format!("no routes in: {said}"))?;
        Ok(routes.iter().map(|(prefix, paths)| (prefix.clone(), next_hop(paths))).collect())
    }
}

impl Session {
    fn configuration(&self) -> String {
        let (own, other, neighbour) = (self.far.1, self.near.1, address(&self.near.0));
        format!(
            "router bgp {own}\n no bgp ebgp-requires-policy\n neighbor {neighbour} remote-as {other}\n \
             neighbor {neighbour} passive\n"
        )
    }
}

fn address(with_length: &str) -> &str {
    with_length.split_once('/').map_or(with_length, |(address, _)| address)
}
