//! Finds addresses, networks and ranges in any text as whole tokens. Must not know where they move.

use std::net::IpAddr;

use ipnet::IpNet;

use super::prefix;
use super::words::{Word, may_begin, may_end};

/// An address in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelled<'t> {
    pub(super) word: Word<'t>,
    pub(super) address: IpAddr,
}

/// An address, a network or a range at one position of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    One(Spelled<'t>),
    Net(Spelled<'t>, IpNet),
    Range(Spelled<'t>, Spelled<'t>),
}

/// All tokens of a text, in order.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(word) = Word::find(text, at) {
        at = read(text, unescaped(text, word), &mut tokens);
    }
    tokens
}

/// The word without the letter of an escape (`\n`, `\r`, `\t`) before it.
fn unescaped<'t>(text: &str, word: Word<'t>) -> Word<'t> {
    let escaped = text.get(..word.start).is_some_and(|before| before.ends_with('\\'));
    let shorter = word.text.strip_prefix(['n', 'r', 't']).filter(|_| escaped);
    shorter.map_or(word, |text| Word { start: word.start.saturating_add(1), text })
}

/// Reads the token that begins with this word, and returns where to go on.
fn read<'t>(text: &'t str, word: Word<'t>, tokens: &mut Vec<Token<'t>>) -> usize {
    if let Some((first, last)) = range(text, word) {
        tokens.push(Token::Range(first, last));
        return last.word.end();
    }
    let Some((bare, address)) = word.address() else {
        tokens.extend(parts(text, word).map(Token::One));
        return word.end();
    };
    let one = Spelled { word: bare, address };
    if !whole(text, word, one) {
        return word.end();
    }
    if let Some((net, end)) = network(text, one) {
        tokens.push(Token::Net(one, net));
        return end;
    }
    tokens.push(Token::One(one));
    word.end()
}

/// Whether an address at the start of a word is a token, and not part of a longer one.
fn whole(text: &str, word: Word<'_>, one: Spelled<'_>) -> bool {
    let end = one.word.end();
    let percent = text.get(end..).is_some_and(|rest| rest.starts_with('%'));
    let punctuated = one.address.is_ipv6() || text.get(end..).is_some_and(|rest| rest.starts_with('.'));
    may_begin(text, one.word.start)
        && may_end(text, end)
        && !(percent && one.address.is_ipv4())
        && (!punctuated || may_end(text, word.end()))
}

/// IPv4 addresses between the colons of a word: `172.17.0.80:5000`, `tcp:172.17.0.80:6642`.
fn parts<'t>(text: &'t str, word: Word<'t>) -> impl Iterator<Item = Spelled<'t>> {
    let readable = !word.text.contains("::");
    let mut start = word.start;
    let parts = word.text.split(':').filter(move |_| readable).map(move |part| {
        let found = Word { start, text: part };
        start = found.end().saturating_add(1);
        found
    });
    parts.filter_map(move |part| {
        let last = part.end() == word.end();
        let (bare, address) = part.address().filter(|(bare, _)| last || *bare == part)?;
        let one = Spelled { word: bare, address };
        (address.is_ipv4() && whole(text, part, one)).then_some(one)
    })
}

/// Two whole addresses of one family with a dash between, the lower one first.
fn range<'t>(text: &'t str, word: Word<'t>) -> Option<(Spelled<'t>, Spelled<'t>)> {
    let (first, second) = match word.text.split_once('-') {
        Some((first, rest)) if !rest.is_empty() => {
            (first, Word { start: word.end() - rest.len(), text: rest })
        }
        dashed => (dashed.map_or(word.text, |(first, _)| first), behind_dash(text, word)?),
    };
    let first = Spelled { word: word.cut(first), address: word.cut(first).exact()? };
    let (bare, address) = second.address()?;
    let last = Spelled { word: bare, address };
    let ordered = first.address.is_ipv4() == last.address.is_ipv4() && first.address <= last.address;
    (ordered && may_begin(text, word.start) && whole(text, second, last)).then_some((first, last))
}

/// The next word after a dash, with blanks around it, on the same line.
fn behind_dash<'t>(text: &'t str, word: Word<'t>) -> Option<Word<'t>> {
    let blank = [' ', '\t'];
    let mut rest = text.get(word.end()..)?.trim_start_matches(blank);
    if !word.text.ends_with('-') {
        rest = rest.strip_prefix('-')?.trim_start_matches(blank);
    }
    Word::at(text, text.len().saturating_sub(rest.len()))
}

/// The network of a prefix length or netmask after the address, and its end; before a further slash it is a path
/// instead.
fn network(text: &str, one: Spelled<'_>) -> Option<(IpNet, usize)> {
    let slash = one.word.end();
    let path = text.get(..one.word.start)?.ends_with('/');
    if path || !text.get(slash..)?.starts_with('/') {
        return None;
    }
    let word = Word::at(text, slash.saturating_add(1))?;
    let length = word.text.split('-').next().unwrap_or_default().trim_end_matches(['.', ':']);
    let end = word.start.saturating_add(length.len());
    let further = text.get(end..)?.starts_with('/') || !may_end(text, end);
    let net = IpNet::new(one.address, prefix(length).or_else(|| mask(one.address, length))?).ok()?;
    let dashed = text.get(end..)?.starts_with('-');
    (!further).then(|| (net, end.saturating_add(usize::from(dashed))))
}

/// The prefix length of `255.255.255.0`.
fn mask(address: IpAddr, text: &str) -> Option<u8> {
    let mask = text.parse().ok().filter(|_| address.is_ipv4())?;
    ipnet::ipv4_mask_to_prefix(mask).ok()
}
