//! VLAN IDs in settings, by the key before them: `vlan_id: 20`, `internalapi_vlan_id=20`, `"vlan_id": "20"`.
//!
//! Source: edpm-ansible's `edpm_network_config` (`<network>_vlan_id`), os-net-config (`vlan_id`), OpenStack's network data.

const KEY: &str = "vlan_id";
/// No network has a longer name.
const LONGEST_NAME: usize = 63;

/// A VLAN ID in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenVlan<'t> {
    /// The network that the key names; empty where it names none.
    pub network: &'t str,
    /// Where its digits begin.
    pub start: usize,
    /// Its digits.
    pub digits: &'t str,
    /// What they say.
    pub id: u16,
}

/// The network that the key of a VLAN ID names, which is empty for `vlan_id` alone; none for any other key.
#[must_use]
pub fn vlan_key(key: &str) -> Option<&str> {
    match key.strip_suffix(KEY)? {
        "" => Some(""),
        name => name.strip_suffix('_').filter(|name| !name.is_empty()),
    }
}

/// All VLAN IDs of a text that stand behind their key.
#[must_use]
pub fn written_vlans(text: &str) -> Vec<WrittenVlan<'_>> {
    text.match_indices(KEY).filter_map(|(at, _)| written(text, at + KEY.len())).collect()
}

/// The ID behind a key that ends here.
fn written(text: &str, end: usize) -> Option<WrittenVlan<'_>> {
    let (before, behind) = text.split_at_checked(end)?;
    let key = before.char_indices().rev().take_while(|(_, c)| is_word(*c)).take(LONGEST_NAME + KEY.len() + 1);
    let network = vlan_key(before.get(key.last()?.0..)?)?;
    let quotes = ['"', '\'', '\\'];
    let blank = [' ', '\t'];
    let value = behind.trim_start_matches(quotes).trim_start_matches(blank).strip_prefix([':', '='])?;
    let value = value.trim_start_matches(blank).trim_start_matches(quotes);
    let rest = value.trim_start_matches(|c: char| c.is_ascii_digit());
    let (digits, start) = (value.get(..value.len() - rest.len())?, text.len() - value.len());
    let id = digits.parse().ok().filter(|_| ends_here(rest))?;
    Some(WrittenVlan { network, start, digits, id })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// Whether a number ends here: not before more of a word, a fraction or a template.
fn ends_here(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('.') => !chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => !is_word(c) && !matches!(c, '{' | '[' | '(' | '*' | '$' | '%'),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::written_vlans;

    #[test]
    fn ids_behind_their_keys() {
        for (text, expected) in [
            ("vlan_id: 20", Some(("", 20))),
            ("- {vlan_id: 20, mtu: 1500}", Some(("", 20))),
            ("internalapi_vlan_id=20\n", Some(("internalapi", 20))),
            ("\"storage_mgmt_vlan_id\" : \"0020\"", Some(("storage_mgmt", 20))),
            ("{\\\"vlan_id\\\": 20}", Some(("", 20))),
            ("the vlan_id: 20.", Some(("", 20))),
            ("vlan_id: {{ lookup('vars', networks_lower[network] ~ '_vlan_id') }}", None),
            ("{{ network }}_vlan_id: 20", None),
            ("vlan_id: 20{{ x }}", None),
            ("vlan_id: 20-25", None),
            ("vlan_id: 2.5", None),
            ("vlan_id: 99999", None),
            ("vlan_ids: 20", None),
            ("myvlan_id: 20", None),
            ("vlan_id == 20", None),
            ("vlan_id 20", None),
        ] {
            let found = written_vlans(text);
            let found: Vec<_> = found.iter().map(|vlan| (vlan.network, vlan.id)).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn a_long_text_takes_one_look() {
        for piece in ["vlan_id", "_vlan_id: ", "vlan_id\t", "vlan_id:1"] {
            let _ = written_vlans(&piece.repeat(200_000));
        }
    }
}
