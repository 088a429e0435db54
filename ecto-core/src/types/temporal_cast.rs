//! What users write for dates and times, which is more than what databases do: hours and minutes alone, offsets, the parts one by one.
//!
//! All is cut to microseconds, the precision of both databases.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::{Input, Kind, is_sortable, parse_date, parse_time};

/// T-18: a date; of a date and time, the date as it is written, whatever its offset.
pub(super) fn date(input: Input<'_>) -> Option<NaiveDate> {
    match input {
        Input::Text(text) if text.len() == 10 => parse_date(text.as_bytes()),
        Input::Text(text) => date_and_time(text).map(|(at, _)| at.date()),
        parts => date_of_parts(parts),
    }
}

/// T-19: a time of day; an offset behind it has no meaning there.
pub(super) fn time(input: Input<'_>) -> Option<NaiveTime> {
    match input {
        Input::Text(text) => clock(text.strip_prefix('T').unwrap_or(text)).map(|(time, _)| time),
        parts => time_of_parts(parts),
    }
}

/// T-20: a date and time as they are written: an offset is dropped, not applied.
pub(super) fn naive(input: Input<'_>) -> Option<NaiveDateTime> {
    match input {
        Input::Text(text) => date_and_time(text).map(|(at, _)| at),
        parts => Some(date_of_parts(parts)?.and_time(time_of_parts(parts)?)),
    }
}

/// T-21: a point in time: an offset is applied, and without one it is UTC.
pub(super) fn utc(input: Input<'_>) -> Option<DateTime<Utc>> {
    match input {
        Input::Text(text) => {
            let (at, offset) = date_and_time(text)?;
            // An offset can lead out of the years that are written with four digits.
            at.checked_sub_signed(offset).filter(|at| is_sortable(at.date())).map(|at| at.and_utc())
        }
        parts => naive(parts).map(|at| at.and_utc()),
    }
}

/// T-18 to T-21: parts that are all empty are NULL, as a form sends them of a date that nobody chose.
pub(crate) fn is_blank(kind: Kind, input: Input<'_>) -> bool {
    const DATE: &[&str] = &["year", "month", "day"];
    const TIME: &[&str] = &["hour", "minute"];
    let (date, time): (&[&str], &[&str]) = match kind {
        Kind::Date => (DATE, &[]),
        Kind::Time => (&[], TIME),
        Kind::DateTime | Kind::NaiveDateTime => (DATE, TIME),
        _ => return false,
    };
    date.iter().chain(time).all(|name| matches!(input.part(name), Some(Input::Null | Input::Text(""))))
}

/// The two, with `T` or a space between them, and the offset.
fn date_and_time(text: &str) -> Option<(NaiveDateTime, Duration)> {
    let (date, rest) = text.as_bytes().split_at_checked(10)?;
    let date = parse_date(date)?;
    let time = std::str::from_utf8(rest.strip_prefix(b"T").or_else(|| rest.strip_prefix(b" "))?).ok()?;
    let (time, offset) = clock(time)?;
    Some((date.and_time(time), offset))
}

/// `09:30`, `09:30:00`, `09:30:00.5`, and the offset behind it.
fn clock(text: &str) -> Option<(NaiveTime, Duration)> {
    let (digits, zone) = text.split_at(text.find(['Z', '+', '-']).unwrap_or(text.len()));
    Some((time_of_day(digits)?, offset(zone)?))
}

fn time_of_day(digits: &str) -> Option<NaiveTime> {
    match digits.len() {
        5 => parse_time(&[digits.as_bytes(), b":00"].concat()),
        // Of a fraction, the first six digits count.
        9.. if matches!(digits.as_bytes()[8], b'.' | b',') => {
            let (whole, fraction) = (digits.get(..8)?, digits.get(9..)?);
            if fraction.is_empty() || !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
                return None;
            }
            let kept = &fraction.as_bytes()[..fraction.len().min(6)];
            parse_time(&[whole.as_bytes(), b".", kept].concat())
        }
        _ => parse_time(digits.as_bytes()),
    }
}

/// Nothing, `Z`, `+02`, `+0200`, `-02:00`. There is no `-00:00` in ISO 8601.
fn offset(zone: &str) -> Option<Duration> {
    let (west, digits) = match zone.as_bytes() {
        [] | b"Z" => return Some(Duration::zero()),
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        _ => return None,
    };
    let (hours, minutes): (&[u8], &[u8]) = match digits {
        [hours @ .., b':', high, low] if hours.len() == 2 => (hours, &[*high, *low]),
        [first, second, high, low] => (&[*first, *second], &[*high, *low]),
        [first, second] => (&[*first, *second], b"00"),
        _ => return None,
    };
    // What is no time of day is no offset either.
    let time = parse_time(&[hours, b":", minutes, b":00"].concat())?;
    let east = time.signed_duration_since(NaiveTime::MIN);
    match west {
        true if east.is_zero() => None,
        true => Some(-east),
        false => Some(east),
    }
}

fn date_of_parts(parts: Input<'_>) -> Option<NaiveDate> {
    let year = i32::try_from(integer(parts.part("year")?)?).ok().filter(|year| (0..=9999).contains(year))?;
    NaiveDate::from_ymd_opt(year, small(parts.part("month")?)?, small(parts.part("day")?)?)
}

fn time_of_parts(parts: Input<'_>) -> Option<NaiveTime> {
    let (hour, minute) = (small(parts.part("hour")?)?, small(parts.part("minute")?)?);
    let optional = |name| match parts.part(name) {
        None | Some(Input::Null | Input::Text("")) => Some(0),
        Some(input) => small(input),
    };
    // chrono takes a leap second for the microseconds of the one before it.
    let microsecond = optional("microsecond")?;
    NaiveTime::from_hms_micro_opt(hour, minute, optional("second")?, microsecond).filter(|_| microsecond < 1_000_000)
}

fn small(input: Input<'_>) -> Option<u32> {
    integer(input)?.try_into().ok()
}

fn integer(input: Input<'_>) -> Option<i64> {
    match input {
        Input::Int(x) => Some(x),
        Input::Text(text) => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_time_of_a_clock_or_of_four_digits_is_refused() {
        let parts = serde_json::json!({"hour": 23, "minute": 59, "second": 59, "microsecond": 1_999_999});
        assert_eq!(time(Input::from_json(&parts)), None);
        for beyond in ["9999-12-31T23:59:59-00:01", "0000-01-01T00:00:00+00:01"] {
            assert_eq!(utc(Input::Text(beyond)), None, "{beyond}");
        }
        assert!(utc(Input::Text("9999-12-31T23:59:59+00:01")).is_some());
    }
}
