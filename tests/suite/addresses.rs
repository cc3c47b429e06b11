//! Addresses in any value, found without the code under test: texts cut at what no address holds, and `std::net`.

use std::net::IpAddr;

use serde_json::Value;

/// A network: its address, and how many leading bits of it count.
#[derive(Clone, Copy)]
pub(crate) struct Network(IpAddr, u32);

impl Network {
    /// Reads `172.17.0.0/24`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/')?;
        Some(Self(address.parse().ok()?, length.parse().ok()?))
    }

    fn holds(self, address: IpAddr) -> bool {
        let bits = |address: IpAddr| match address {
            IpAddr::V4(v4) => (u128::from(v4.to_bits()) << 96, 4),
            IpAddr::V6(v6) => (v6.to_bits(), 6),
        };
        let ((own, family), (other, others)) = (bits(self.0), bits(address));
        family == others && (self.1 == 0 || (own ^ other) >> (128 - self.1) == 0)
    }
}

/// Every word of a value that is an address in one of the networks: keys, values, JSON and base64 within.
pub(crate) fn found(value: &Value, networks: &[Network]) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            let keys = fields.keys().flat_map(|key| in_text(key, networks));
            keys.chain(fields.values().flat_map(|value| found(value, networks))).collect()
        }
        Value::Array(values) => values.iter().flat_map(|value| found(value, networks)).collect(),
        Value::String(text) => {
            let decoded = base64(text).unwrap_or_default();
            in_text(text, networks).into_iter().chain(in_text(&decoded, networks)).collect()
        }
        _ => Vec::new(),
    }
}

fn in_text(text: &str, networks: &[Network]) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_ascii_hexdigit() || matches!(c, '.' | ':')));
    let held = |word: &&str| {
        let address = word.trim_matches('.').parse().or_else(|_| word.trim_end_matches(':').parse());
        address.is_ok_and(|address| networks.iter().any(|network| network.holds(address)))
    };
    // `172.17.0.80:5000` and `tcp:172.17.0.80` hold an address between colons.
    let parts = |word| if word_is_mixed(word) { word.split(':').collect() } else { vec![word] };
    let words = words.flat_map(parts);
    words.filter(held).map(str::to_owned).collect()
}

fn word_is_mixed(word: &str) -> bool {
    word.contains('.') && word.contains(':') && !word.contains("::")
}

/// The text that is meant, where it is base64 of one.
fn base64(text: &str) -> Option<String> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits: String = text.split_whitespace().collect();
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u32, 0u32);
    for digit in digits.trim_end_matches('=').bytes() {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        bits = bits << 6 | u32::try_from(value).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    String::from_utf8(bytes).ok()
}

/// What the scanner must see, and what it must not.
pub(crate) fn scanner_works() -> Result<(), libtest_mimic::Failed> {
    let networks: Vec<Network> =
        ["172.17.0.0/24", "fd00:bbbb::/64"].into_iter().filter_map(Network::read).collect();
    let cases = [
        ("172.17.0.80-172.17.0.90", 2),
        ("tcp:172.17.0.80:6642", 1),
        ("http://[fd00:bbbb::80]:8080", 1),
        ("{\"range\": \"fd00:bbbb:0::0/64\"}", 1),
        ("It is 172.17.0.80.", 1),
        ("bmV0OiAxNzIuMTcuMC44MC8yNAo=", 1),
        ("172.27.0.80 52:54:00:aa:bb:cc 1.172.17.0.80 fd00:bbbc::80", 0),
    ];
    for (text, count) in cases {
        let got = found(&Value::from(text), &networks);
        if got.len() != count {
            return Err(format!("{text}: {got:?}").into());
        }
    }
    Ok(())
}
