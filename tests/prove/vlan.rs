//! VLANs made of network namespaces: a veth pair each, one end named as the host interface that a speaker
//! announces at, the other in a namespace of its own, held by this program started again as a client.
//!
//! The client asks the kernel to resolve addresses (ARP, or neighbour solicitation for IPv6) by sending each a
//! datagram, and reads the kernel's neighbour table. Knows nothing of MetalLB.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, UdpSocket};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use crate::Outcome;
use crate::servers::command;

/// The argument with which this program is a client.
pub(crate) const CLIENT: &str = "--vlan-client";
/// The client's end of the pair, and its own address: none that any pool holds.
pub(crate) const DEVICE: &str = "far";
const CLIENT_ADDRESS: &str = "198.51.100.1/32";
/// Milliseconds after which the kernel asks again; it asks three times.
const AGAIN: &str = "80";
/// How many neighbours may be looked for at once: the kernel has one table for all namespaces, and forgets what is
/// beyond a thousand.
const AT_ONCE: usize = 600;
/// How often an address is asked for that the kernel has forgotten.
const TRIES: usize = 4;
/// Longer than all three.
const PATIENCE: Duration = Duration::from_millis(300);

/// The VLANs on which somebody answered, for each address.
pub(crate) type Answers = BTreeMap<IpAddr, BTreeSet<String>>;

pub(crate) struct Vlans {
    /// By their near ends.
    clients: BTreeMap<String, Mutex<Client>>,
}

struct Client {
    interface: String,
    /// The announcing end's: an answer must come from there.
    hardware: String,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
    process: Child,
}

impl Vlans {
    /// Makes one VLAN for each interface name.
    pub(crate) fn start(interfaces: &BTreeSet<String>) -> Outcome<Self> {
        let client = |name: &String| Ok((name.clone(), Mutex::new(Client::start(name)?)));
        Ok(Self { clients: interfaces.iter().map(client).collect::<Outcome<_>>()? })
    }

    /// For each address, on which of some VLANs somebody answered for it. Where nobody did, all are asked once
    /// more: a speaker on a busy machine may be slow.
    pub(crate) fn who_answers(
        &self,
        addresses: &BTreeSet<IpAddr>,
        vlans: &BTreeSet<String>,
    ) -> Outcome<Answers> {
        let mut answers = self.ask(addresses, vlans)?;
        let silent = answers.iter().filter(|(_, vlans)| vlans.is_empty()).map(|(address, _)| *address);
        let silent: BTreeSet<IpAddr> = silent.collect();
        answers.extend(self.ask(&silent, vlans)?);
        Ok(answers)
    }

    /// The process that holds the network namespace at the far end of a VLAN, for whoever runs something there.
    pub(crate) fn far_end(&self, interface: &str) -> Outcome<u32> {
        Ok(self.client(interface)?.lock().unwrap().process.id())
    }

    fn client(&self, interface: &str) -> Outcome<&Mutex<Client>> {
        self.clients.get(interface).ok_or_else(|| format!("there is no VLAN {interface}"))
    }

    /// As many at a time as the kernel keeps.
    fn ask(&self, addresses: &BTreeSet<IpAddr>, vlans: &BTreeSet<String>) -> Outcome<Answers> {
        let all: Vec<IpAddr> = addresses.iter().copied().collect();
        let parts = all.chunks((AT_ONCE / vlans.len().max(1)).max(1));
        let answers = parts.map(|part| self.ask_at_once(&part.iter().copied().collect(), vlans));
        Ok(answers.collect::<Outcome<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// Asks all those VLANs at once.
    fn ask_at_once(&self, addresses: &BTreeSet<IpAddr>, vlans: &BTreeSet<String>) -> Outcome<Answers> {
        let ask = |interface: &'_ String| -> Outcome<(String, BTreeSet<IpAddr>)> {
            Ok((interface.clone(), self.client(interface)?.lock().unwrap().probe(addresses)?))
        };
        let answers: Vec<(String, BTreeSet<IpAddr>)> = thread::scope(|scope| {
            let asked: Vec<_> = vlans.iter().map(|vlan| scope.spawn(move || ask(vlan))).collect();
            asked.into_iter().map(|probe| probe.join().unwrap()).collect::<Outcome<_>>()
        })?;
        let on = |address| answers.iter().filter(move |(_, got)| got.contains(address)).map(|(vlan, _)| vlan);
        Ok(addresses.iter().map(|address| (*address, on(address).cloned().collect())).collect())
    }
}

impl Client {
    fn start(interface: &str) -> Outcome<Self> {
        let own = std::env::current_exe().map_err(|e| e.to_string())?;
        let mut process = Command::new("unshare")
            .args(["--net", "--"])
            .arg(own)
            .arg(CLIENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| e.to_string())?;
        let (Some(requests), Some(answers)) = (process.stdin.take(), process.stdout.take()) else {
            return Err("a client without pipes".to_owned());
        };
        let mut answers = BufReader::new(answers);
        // Its first line: it is in its own namespace, the device can be moved there.
        read_line(&mut answers)?;
        let id = process.id().to_string();
        ip(&[
            format!("link add {interface} type veth peer name {DEVICE} netns {id}"),
            format!("link set dev {interface} addrgenmode none up"),
            format!("address add fe80::1/64 dev {interface} nodad"),
        ])?;
        let hardware = hardware_address(interface)?;
        let mut client = Self { interface: interface.to_owned(), hardware, requests, answers, process };
        client.ask("up")?;
        Ok(client)
    }

    fn probe(&mut self, addresses: &BTreeSet<IpAddr>) -> Outcome<BTreeSet<IpAddr>> {
        let list: Vec<String> = addresses.iter().map(ToString::to_string).collect();
        let answer = self.ask(&format!("probe {}", list.join(" ")))?;
        let mut found = BTreeSet::new();
        for pair in answer.split_whitespace() {
            let (address, hardware) = pair.split_once('=').ok_or(format!("not an answer: {pair}"))?;
            if hardware != self.hardware {
                return Err(format!("{address} was answered by {hardware}, not by {}", self.interface));
            }
            found.insert(address.parse().map_err(|_| format!("no address: {address}"))?);
        }
        Ok(found)
    }

    fn ask(&mut self, request: &str) -> Outcome<String> {
        writeln!(self.requests, "{request}").map_err(|e| e.to_string())?;
        read_line(&mut self.answers)
    }
}

/// The other end: answers one line to each line, until its input ends.
pub(crate) fn client() -> ExitCode {
    println!("here");
    for line in std::io::stdin().lines() {
        let line = line.expect("the other end writes text");
        let mut words = line.split(' ');
        let answer = match words.next() {
            Some("up") => client_up().map(|()| "up".to_owned()),
            _ => client_probe(&words.filter_map(|word| word.parse().ok()).collect::<Vec<_>>()),
        };
        println!("{}", answer.unwrap_or_else(|error| format!("error={}", error.replace('\n', " "))));
    }
    ExitCode::SUCCESS
}

fn client_up() -> Outcome<()> {
    // Everything is on the link: the kernel asks for any address at all.
    ip(&[
        "link set lo up".to_owned(),
        format!("link set dev {DEVICE} addrgenmode none up"),
        format!("address add fe80::2/64 dev {DEVICE} nodad"),
        format!("address add {CLIENT_ADDRESS} dev {DEVICE}"),
        format!("ntable change name arp_cache dev {DEVICE} retrans {AGAIN}"),
        format!("ntable change name ndisc_cache dev {DEVICE} retrans {AGAIN}"),
        format!("route add 0.0.0.0/0 dev {DEVICE}"),
        format!("route add ::/0 dev {DEVICE}"),
    ])
}

/// Asks until the kernel has an entry for each address, found or not: it drops some where others fill its table.
fn client_probe(addresses: &[IpAddr]) -> Outcome<String> {
    forget_neighbours()?;
    let mut left = addresses.to_vec();
    for _ in 0..TRIES {
        left.iter().try_for_each(look_for)?;
        thread::sleep(PATIENCE);
        let table = command("ip", &["neighbour", "show", "dev", DEVICE])?;
        let entries: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        left.retain(|address| !entries.iter().any(|entry| entry.first() == Some(&&*address.to_string())));
        if left.is_empty() {
            return Ok(entries.iter().filter_map(|entry| resolved(entry)).collect::<Vec<_>>().join(" "));
        }
    }
    Err(format!("the kernel does not look for {left:?}"))
}

/// Whether anybody takes the datagram is no matter; that the kernel looks for the neighbour is.
fn look_for(address: &IpAddr) -> Outcome<()> {
    let any = if address.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
    let socket = UdpSocket::bind(any).map_err(|e| e.to_string())?;
    let _ = socket.send_to(b"?", (*address, 9));
    Ok(())
}

/// The address and the hardware that answered for it.
fn resolved(entry: &[&str]) -> Option<String> {
    let place = entry.iter().position(|word| *word == "lladdr")?;
    Some(format!("{}={}", entry.first()?, entry.get(place + 1)?))
}

/// Tried again: an entry that the kernel itself removes meanwhile is an error for `ip`.
fn forget_neighbours() -> Outcome<()> {
    let flush = || command("ip", &["neighbour", "flush", "dev", DEVICE]).map(drop);
    (0..3).find_map(|_| flush().ok()).map_or_else(flush, Ok)
}

/// Many commands at once: there are many VLANs, and a process costs more than what it does.
fn ip(commands: &[String]) -> Outcome<()> {
    let mut process = Command::new("ip")
        .args(["-batch", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("ip: {e}"))?;
    let mut input = process.stdin.take().ok_or("ip without a pipe")?;
    writeln!(input, "{}", commands.join("\n")).map_err(|e| e.to_string())?;
    drop(input);
    let output = process.wait_with_output().map_err(|e| e.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("ip {}: {}", commands.join("; "), String::from_utf8_lossy(&output.stderr)))
}

/// `/sys` shows the devices of the namespace that mounted it, so `ip` is asked.
fn hardware_address(device: &str) -> Outcome<String> {
    let line = command("ip", &["-oneline", "link", "show", "dev", device])?;
    let mut words = line.split_whitespace().skip_while(|word| *word != "link/ether");
    words.nth(1).map(str::to_owned).ok_or(format!("{device} has no hardware address"))
}

fn read_line(from: &mut impl BufRead) -> Outcome<String> {
    let mut line = String::new();
    from.read_line(&mut line).map_err(|e| e.to_string())?;
    let line = line.trim_end().to_owned();
    if line.starts_with("error=") { Err(line) } else { Ok(line) }
}
