//! Cron schedules as the operators read them. Must not know where one stands.
//!
//! Source: `robfig/cron` v3 (`ParseStandard`).

/// The bounds of a field, and the names that stand for its numbers from the lower bound on.
type Field = (u32, u32, &'static [&'static str]);

/// Minute, hour, day, month, day of the week.
const FIELDS: [Field; 5] = [(0, 59, &[]), (0, 23, &[]), (1, 31, &[]), (1, 12, MONTHS), (0, 6, DAYS)];
const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const WORDS: [&str; 7] = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/// Whether a text is a schedule: five fields, or a word for one; a time zone may stand before it.
pub(super) fn is_schedule(text: &str) -> bool {
    let rest = match text.split_once(' ') {
        Some((zone, rest)) if zone.starts_with("TZ=") || zone.starts_with("CRON_TZ=") => rest.trim(),
        _ => text,
    };
    if rest.starts_with('@') {
        return WORDS.contains(&rest) || rest.starts_with("@every ");
    }
    let fields: Vec<&str> = rest.split_whitespace().collect();
    fields.len() == FIELDS.len() && fields.iter().zip(FIELDS).all(|(text, field)| is_field(text, field))
}

fn is_field(text: &str, field: Field) -> bool {
    text.split(',').all(|part| {
        let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
        is_range(range, field) && step.is_none_or(|step| step.parse::<u32>().is_ok_and(|step| step > 0))
    })
}

fn is_range(text: &str, field: Field) -> bool {
    if matches!(text, "*" | "?") {
        return true;
    }
    let (start, end) = text.split_once('-').unwrap_or((text, text));
    number(start, field).zip(number(end, field)).is_some_and(|(start, end)| start <= end)
}

fn number(text: &str, (least, most, names): Field) -> Option<u32> {
    let named = names.iter().position(|name| name.eq_ignore_ascii_case(text));
    let number = match named {
        Some(index) => least + u32::try_from(index).ok()?,
        None => text.parse().ok()?,
    };
    (least..=most).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::is_schedule;

    #[test]
    fn schedules_are_read_as_the_operators_read_them() {
        for text in ["0 0 * * *", "*/5 1-3 1,15 jan-MAR sun", "@daily", "@every 1h", "TZ=UTC 0 0 * * ?"] {
            assert!(is_schedule(text), "{text}");
        }
        for text in ["x", "", "0 0 * *", "60 0 * * *", "0 0 * * 7", "3-1 0 * * *", "*/0 0 * * *", "@never"] {
            assert!(!is_schedule(text), "{text}");
        }
    }
}
