//! Applies a mapping to any text, token by token; every byte outside of a moved address stays. Must not know any
//! syntax but that of addresses.

use std::net::IpAddr;

use ipnet::IpNet;

use super::ranges::differ_at_the_end;
use super::respell::respell_end;
use super::tokens::{Spelled, Token, tokens};
use super::words::Word;
use super::{Mapping, Outcome, respell};

/// The result for a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rewritten {
    /// The new text; `None` if nothing changed.
    pub text: Option<String>,
    /// Tokens that could not move.
    pub stuck: Vec<Stuck>,
}

/// A network or range that should move and cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    /// As it stands in the text.
    pub token: String,
    /// Why, as the end of a sentence about it.
    pub reason: String,
}

/// Moves every address, network and range in a text, keeping spellings.
#[must_use]
pub fn rewrite(text: &str, mapping: &Mapping) -> Rewritten {
    if mapping.is_empty() {
        return Rewritten::default();
    }
    let mut run = Run { text, mapping, new: String::new(), done: 0, stuck: Vec::new() };
    for token in tokens(text) {
        run.token(token);
    }
    run.finish()
}

struct Run<'t> {
    text: &'t str,
    mapping: &'t Mapping,
    new: String,
    /// The number of the text's bytes that are in `new` already.
    done: usize,
    stuck: Vec<Stuck>,
}

impl Run<'_> {
    fn token(&mut self, token: Token<'_>) {
        match token {
            Token::One(one) => {
                if let Some(new) = self.mapping.map_address(one.address) {
                    self.put(one, new);
                }
            }
            Token::Net(one, net) => self.net(one, net),
            Token::Range(first, last) => {
                if let Some((low, high)) = self.range(first, last) {
                    self.put(first, low);
                    self.put(last, high);
                }
            }
            Token::Short(first, last) => self.short(first, last),
            Token::Reversed(name) => match self.mapping.map_net(name.net) {
                Outcome::Moved(net) => self.put_text(name.labels, &name.with(net)),
                Outcome::Stays => {}
                Outcome::Stuck(reason) => self.stick(name.name, name.name.end(), &reason.to_string()),
            },
        }
    }

    /// Where a range moves; none where it does not, which is told if it should.
    fn range(&mut self, first: Spelled<'_>, last: Spelled<'_>) -> Option<(IpAddr, IpAddr)> {
        match self.mapping.map_range(first.address, last.address) {
            Outcome::Moved(ends) => Some(ends),
            Outcome::Stays => None,
            Outcome::Stuck(reason) => {
                self.stick(first.word, last.word.end(), &reason.to_string());
                None
            }
        }
    }

    /// Moves both ends, if the last number still tells them apart.
    fn short(&mut self, first: Spelled<'_>, last: Spelled<'_>) {
        let Some((low, high)) = self.range(first, last) else { return };
        if !differ_at_the_end(low, high) {
            let reason = format!("it becomes {low}-{high}, which no short end can say");
            return self.stick(first.word, last.word.end(), &reason);
        }
        self.put(first, low);
        self.put_text(last.word, &respell_end(first.word.text, last.word.text, last.address, high));
    }

    fn net(&mut self, one: Spelled<'_>, net: IpNet) {
        match self.mapping.map_net(net) {
            Outcome::Moved(moved) => self.put(one, moved.addr()),
            Outcome::Stays => {}
            Outcome::Stuck(reason) => {
                let rest = self.text.get(one.word.end()..).unwrap_or_default();
                let length = rest.find(|c: char| !(c == '/' || c == '.' || c.is_ascii_digit()));
                let token = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
                let end = one.word.end().saturating_add(token.trim_end_matches('.').len());
                self.stick(one.word, end, &reason.to_string());
            }
        }
    }

    fn put(&mut self, old: Spelled<'_>, new: IpAddr) {
        if new != old.address {
            self.put_text(old.word, &respell(old.word.text, new));
        }
    }

    fn put_text(&mut self, old: Word<'_>, new: &str) {
        self.new.push_str(self.text.get(self.done..old.start).unwrap_or_default());
        self.new.push_str(new);
        self.done = old.end();
    }

    fn stick(&mut self, first: Word<'_>, end: usize, reason: &str) {
        let token = self.text.get(first.start..end).unwrap_or_default().to_owned();
        self.stuck.push(Stuck { token, reason: reason.to_owned() });
    }

    fn finish(mut self) -> Rewritten {
        self.new.push_str(self.text.get(self.done..).unwrap_or_default());
        Rewritten { text: (self.new != self.text).then_some(self.new), stuck: self.stuck }
    }
}

#[cfg(test)]
mod tests {
    use super::rewrite;
    use crate::address::{Block, Mapping};

    fn mapping() -> Mapping {
        let block = |text: &str| Block::parse(text).unwrap();
        let pairs = [
            ("172.17.0.0/24", "172.27.0.0/24"),
            ("192.168.122.80-192.168.122.90", "192.168.122.110-192.168.122.120"),
            ("fd00:bbbb::/64", "fd00:cccc::/64"),
            ("11:22:33:44::/64", "11:22:33:55::/64"),
            ("172.19.0.80-172.19.0.90", "172.29.0.250-172.29.1.4"),
        ];
        Mapping::new(pairs.map(|(from, to)| (block(from), block(to))).to_vec()).unwrap()
    }

    #[test]
    fn whole_tokens_move() {
        for (text, expected) in [
            ("172.17.0.80", "172.27.0.80"),
            ("172.17.0.8 172.17.0.80", "172.27.0.8 172.27.0.80"),
            ("172.17.0.0/24", "172.27.0.0/24"),
            ("172.17.0.5/24,", "172.27.0.5/24,"),
            ("172.17.0.0/255.255.255.0", "172.27.0.0/255.255.255.0"),
            ("172.17.0.80-172.17.0.90", "172.27.0.80-172.27.0.90"),
            ("172.17.0.80 - 172.17.0.90", "172.27.0.80 - 172.27.0.90"),
            ("172.17.0.80- 172.17.0.90", "172.27.0.80- 172.27.0.90"),
            ("172.17.0.80 -172.17.0.90", "172.27.0.80 -172.27.0.90"),
            ("172.17.0.80-172.17.0.90/24", "172.27.0.80-172.27.0.90/24"),
            ("172.17.0.0/25-172.17.0.128/25", "172.27.0.0/25-172.27.0.128/25"),
            ("172.17.0.80-90", "172.27.0.80-90"),
            ("192.168.122.80-90.", "192.168.122.110-120."),
            ("exclude 172.17.0.80-90: yes", "exclude 172.27.0.80-90: yes"),
            ("fd00:bbbb::80-90", "fd00:cccc::80-90"),
            ("FD00:BBBB::0-FF", "FD00:CCCC::0-FF"),
            ("172.17.0.4..172.17.0.10 172.17.0.4...", "172.27.0.4..172.27.0.10 172.27.0.4..."),
            ("::ffff:172.17.0.80", "::ffff:172.27.0.80"),
            ("[::FFFF:AC11:50]:80", "[::FFFF:AC1B:50]:80"),
            ("::ffff:172.17.0.0/120", "::ffff:172.27.0.0/120"),
            ("::ffff:172.17.0.80-::ffff:172.17.0.90", "::ffff:172.27.0.80-::ffff:172.27.0.90"),
            ("ptr-record=80.0.17.172.in-addr.arpa,a", "ptr-record=80.0.27.172.in-addr.arpa,a"),
            ("80.122.168.192.in-addr.arpa", "110.122.168.192.in-addr.arpa"),
            ("server=/0.17.172.In-Addr.Arpa/172.17.0.1", "server=/0.27.172.In-Addr.Arpa/172.27.0.1"),
            (
                "0/25.0.17.172.in-addr.arpa. 0-9.0.17.172.in-addr.arpa",
                "0/25.0.27.172.in-addr.arpa. 0-9.0.27.172.in-addr.arpa",
            ),
            ("{{ host }}.0.17.172.in-addr.arpa", "{{ host }}.0.27.172.in-addr.arpa"),
            ("0.0.0.0.0.0.0.0.B.B.B.B.0.0.D.F.ip6.arpa", "0.0.0.0.0.0.0.0.C.C.C.C.0.0.D.F.ip6.arpa"),
            (
                "1.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.b.b.b.b.0.0.d.f.ip6.arpa",
                "1.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.c.c.c.c.0.0.d.f.ip6.arpa",
            ),
            ("fd00:bbbb:0::10 fd00:bbbb:0000:0:0:0:0:0010", "fd00:cccc:0::10 fd00:cccc:0000:0:0:0:0:0010"),
            ("172.17.0.80 - it is good", "172.27.0.80 - it is good"),
            ("172.17.0.80,fd00:bbbb::80", "172.27.0.80,fd00:cccc::80"),
            ("172.17.0.80 - fd00:bbbb::80", "172.27.0.80 - fd00:cccc::80"),
            ("- 172.17.0.80\n- 172.17.0.90\n", "- 172.27.0.80\n- 172.27.0.90\n"),
            ("192.168.122.80#53", "192.168.122.110#53"),
            ("/example.com/172.17.0.80", "/example.com/172.27.0.80"),
            ("172.17.0.80:5000", "172.27.0.80:5000"),
            ("172.17.0.80:8080:80", "172.27.0.80:8080:80"),
            ("tcp:172.17.0.80:6642,ssl:172.17.0.81:6641", "tcp:172.27.0.80:6642,ssl:172.27.0.81:6641"),
            ("inet6:[fd00:bbbb::80]:11211", "inet6:[fd00:cccc::80]:11211"),
            ("fd00:bbbb::80%eth0", "fd00:cccc::80%eth0"),
            ("fd00:bbbb::80%eth0/64", "fd00:cccc::80%eth0/64"),
            ("fd00:bbbb::80-fd00:bbbb::90", "fd00:cccc::80-fd00:cccc::90"),
            ("FD00:BBBB:0::0096/64", "FD00:CCCC:0::0096/64"),
            ("http://172.17.0.80:5000/v3", "http://172.27.0.80:5000/v3"),
            ("http://172.17.0.80/24/x", "http://172.27.0.80/24/x"),
            ("http://172.17.0.80:${PORT}/", "http://172.27.0.80:${PORT}/"),
            (
                "http://user@[fd00:bbbb::80]/v3?x=172.17.0.80&y",
                "http://user@[fd00:cccc::80]/v3?x=172.27.0.80&y",
            ),
            ("It is 172.17.0.80. And 172.17.0.0/24.", "It is 172.27.0.80. And 172.27.0.0/24."),
            ("172.17.0.80: yes, fd00:bbbb::80: too", "172.27.0.80: yes, fd00:cccc::80: too"),
            ("{\"range\":\"172.17.0.0/24\"}", "{\"range\":\"172.27.0.0/24\"}"),
            ("a\\n172.17.0.80\\n172.17.0.81\\\"", "a\\n172.27.0.80\\n172.27.0.81\\\""),
            ("{% if a %}172.17.0.80{% endif %}", "{% if a %}172.27.0.80{% endif %}"),
            ("“172.17.0.80”", "“172.27.0.80”"),
            ("--listen=172.17.0.80 <172.17.0.81>", "--listen=172.27.0.80 <172.27.0.81>"),
        ] {
            let rewritten = rewrite(text, &mapping());
            assert_eq!(rewritten.text.as_deref(), Some(expected), "{text}");
            assert!(rewritten.stuck.is_empty(), "{text}");
        }
    }

    #[test]
    fn all_else_stays() {
        for text in [
            "1.172.17.0.80",
            "v172.17.0.80",
            "172.17.0.80.5",
            "172.17.0.800",
            "172.17.0.080",
            "ip-172-17-0-80",
            "host-172.17.0.80.example.com",
            "172.17.0.80.example.com",
            "172.17.0.80-rc1",
            "172.17.0.80-90.el9 172.17.0.80-70 172.17.0.80-090 172.17.0.80-256 172.17.0.80-90-1",
            "172.17.0.80-90:5000 172.17.0.80-90{{ x }} 172.17.0.80..90 fd00:bbbb::80-rc1 fd00:bbbb::80-7f",
            "::ffff:172.18.0.80",
            "é172.17.0.80",
            "172.17.0.8*",
            "172.17.0.8[0-9]",
            "172.17.0.8{0,1}",
            "172.17.0.8$x",
            "172.17.0.8%d",
            "172.17.0.80.{{ domain }}",
            "fd00:bbbb::{{ host }}",
            "{{ net }}172.17.0.80",
            "172\\.17\\.0\\.80",
            "5.80.0.17.172.in-addr.arpa",
            "{{ a }}80.0.17.172.in-addr.arpa",
            "80.0.17.172.in-addr.arpa.example.com",
            "80.0.18.172.in-addr.arpa 122.168.192.in-addr.arpa 1.0.0.0.b.b.b.b.0.0.d.f.ip6.arpa",
            "52:54:00:aa:bb:cc",
            "11:22:33:44:55:66:77:88",
            "11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11:22:33:44",
            "12:30:45",
            "255.255.255.0 0.0.0.0/0 ::/0 ::",
            "CHANGEME_172.17.0.80",
            "192.168.122.0/24",
            "",
        ] {
            assert_eq!(rewrite(text, &mapping()), super::Rewritten::default(), "{text}");
        }
    }

    #[test]
    fn what_is_stuck_is_told() {
        for (text, token, reason) in [
            ("dst 172.17.0.0/16.", "172.17.0.0/16", "it is broader than 172.17.0.0/24, which moves"),
            (
                "172.17.0.0/255.255.0.0",
                "172.17.0.0/255.255.0.0",
                "it is broader than 172.17.0.0/24, which moves",
            ),
            (
                "172.17.0.80 - 172.17.1.9",
                "172.17.0.80 - 172.17.1.9",
                "it straddles the edge of 172.17.0.0/24, which moves",
            ),
            ("/17.172.in-addr.arpa/", "17.172.in-addr.arpa", "it is broader than 172.17.0.0/24, which moves"),
            (
                "172.19.0.80-90",
                "172.19.0.80-90",
                "it becomes 172.29.0.250-172.29.1.4, which no short end can say",
            ),
            ("fd00:bbbb::/48", "fd00:bbbb::/48", "it is broader than fd00:bbbb::/64, which moves"),
        ] {
            let rewritten = rewrite(text, &mapping());
            assert_eq!(rewritten.text, None, "{text}");
            let told: Vec<_> =
                rewritten.stuck.iter().map(|s| (s.token.as_str(), s.reason.as_str())).collect();
            assert_eq!(told, [(token, reason)], "{text}");
        }
    }
}
