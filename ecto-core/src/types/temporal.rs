//! Dates and times: the one text form they have where a database keeps them as text.
//!
//! That form is ISO 8601 with six digits of fraction (`2026-11-22T09:30:00.000000Z`, without the `Z` for a date and time
//! without zone), so that text order is time order. What is read may be shorter: Ecto writes times without a fraction or a zone.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, Timelike, Utc};

use super::builtin::{copy_scalar, mismatch};
use super::{CastError, ColumnValue, Input, Kind, NotNull, Param, Scalar, SqlType, Value, temporal_cast, written_time};
use crate::error::Result;

copy_scalar!(NaiveDate, Date, "date", literal: false, decode: |v: V| v.date(), cast: temporal_cast::date);
copy_scalar!(NaiveTime, Time, "time", literal: false, decode: |v: V| v.time(), cast: temporal_cast::time, kept: microseconds);
copy_scalar!(NaiveDateTime, NaiveDateTime, "naive_datetime", literal: false, decode: |v: V| v.naive_datetime(), cast: temporal_cast::naive, kept: microseconds);
copy_scalar!(DateTime<Utc>, DateTime, "utc_datetime", literal: false, decode: |v: V| v.datetime(), cast: temporal_cast::utc, kept: |at| microseconds(at.naive_utc()).and_utc());

/// Finer than that no database keeps it, nor a leap second: so what was written equals what is read.
fn microseconds<T: SubsecRound + Timelike + Copy>(time: T) -> T {
    let nanoseconds = time.nanosecond();
    if nanoseconds < 1_000_000_000 && nanoseconds.is_multiple_of(1_000) {
        return time;
    }
    let cut = time.trunc_subsecs(6);
    if cut.nanosecond() < 1_000_000_000 { cut } else { cut.with_nanosecond(999_999_000).unwrap_or(cut) }
}

/// The microseconds of a second, of chrono's nanoseconds. A leap second has more than 10^9 of these: it is the end of the second before it, as no database has one.
#[inline]
#[must_use]
pub fn micros_of_second(nanoseconds: u32) -> u32 {
    (nanoseconds / 1_000).min(999_999)
}

/// Can the year be written with four digits, so that text order is time order?
#[inline]
#[must_use]
pub fn is_sortable(at: impl Datelike) -> bool {
    (0..=9999).contains(&at.year())
}

/// Two digits.
#[inline]
fn two(b: &[u8]) -> Option<u32> {
    let (tens, ones) = (b[0].wrapping_sub(b'0'), b[1].wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

/// `2026-11-22`.
#[inline]
#[must_use]
pub fn parse_date(b: &[u8]) -> Option<NaiveDate> {
    if b.len() != 10 || b[4] != b'-' || b[7] != b'-' {
        return None;
    }
    let year = two(&b[0..2])? * 100 + two(&b[2..4])?;
    // OK because four digits fit.
    NaiveDate::from_ymd_opt(year as i32, two(&b[5..7])?, two(&b[8..10])?)
}

/// `09:30:00` with up to nine digits of fraction.
#[inline]
#[must_use]
pub fn parse_time(b: &[u8]) -> Option<NaiveTime> {
    if b.len() < 8 || b[2] != b':' || b[5] != b':' {
        return None;
    }
    let mut nanos = 0u32;
    if b.len() > 8 {
        if b[8] != b'.' || b.len() == 9 || b.len() > 18 {
            return None;
        }
        let mut scale = 100_000_000;
        for digit in &b[9..] {
            if !digit.is_ascii_digit() {
                return None;
            }
            nanos += u32::from(digit - b'0') * scale;
            scale /= 10;
        }
    }
    NaiveTime::from_hms_nano_opt(two(&b[0..2])?, two(&b[3..5])?, two(&b[6..8])?, nanos)
}

/// A date and a time with `T` or a space between them.
#[inline]
#[must_use]
pub fn parse_naive(b: &[u8]) -> Option<NaiveDateTime> {
    if let Ok(text) = b.try_into()
        && let Some(read) = written_time::parse(text)
    {
        return Some(read);
    }
    parse_any(b)
}

#[inline(never)]
fn parse_any(b: &[u8]) -> Option<NaiveDateTime> {
    if b.len() < 19 || !matches!(b[10], b'T' | b' ') {
        return None;
    }
    Some(parse_date(&b[..10])?.and_time(parse_time(&b[11..])?))
}

/// The same, in UTC: with `Z`, `+00:00`, or nothing behind it.
#[inline]
#[must_use]
pub fn parse_utc(b: &[u8]) -> Option<DateTime<Utc>> {
    let naive = b.strip_suffix(b"Z").or_else(|| b.strip_suffix(b"+00:00")).unwrap_or(b);
    parse_naive(naive).map(|at| at.and_utc())
}

#[inline]
fn push_number(out: &mut String, mut number: u32, digits: usize) {
    let mut text = [b'0'; 6];
    for place in text[..digits].iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
    for byte in &text[..digits] {
        out.push(char::from(*byte));
    }
}

/// Appends `2026-11-22`; years beyond four digits or before 0 have a sign in front, as in ISO 8601.
pub fn format_date(out: &mut String, date: NaiveDate) {
    if is_sortable(date) {
        push_number(out, date.year().unsigned_abs(), 4);
    } else {
        out.push(if date.year() < 0 { '-' } else { '+' });
        push_number(out, date.year().unsigned_abs(), 6);
    }
    out.push('-');
    push_number(out, date.month(), 2);
    out.push('-');
    push_number(out, date.day(), 2);
}

/// Appends `09:30:00.000000`.
pub fn format_time(out: &mut String, time: NaiveTime) {
    push_number(out, time.hour(), 2);
    out.push(':');
    push_number(out, time.minute(), 2);
    out.push(':');
    push_number(out, time.second(), 2);
    out.push('.');
    push_number(out, micros_of_second(time.nanosecond()), 6);
}

/// Appends `2026-11-22T09:30:00.000000`.
pub fn format_naive(out: &mut String, at: NaiveDateTime) {
    format_date(out, at.date());
    out.push('T');
    format_time(out, at.time());
}

/// Appends `2026-11-22T09:30:00.000000Z`.
pub fn format_utc(out: &mut String, at: DateTime<Utc>) {
    format_naive(out, at.naive_utc());
    out.push('Z');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leap_second_is_the_end_of_the_one_before() {
        let leap = NaiveTime::from_hms_micro_opt(23, 59, 59, 1_500_000).unwrap();
        let end = NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).unwrap();
        assert_eq!(leap.to_value(), Value::Time(end));
        let mut text = String::new();
        format_time(&mut text, leap);
        assert_eq!(text, "23:59:59.999999");
    }

    #[test]
    fn a_year_of_more_digits_is_not_written_as_another() {
        for (year, expected) in [(0, "0000-01-01"), (9999, "9999-01-01"), (10_000, "+010000-01-01"), (-1, "-000001-01-01")] {
            let mut text = String::new();
            format_date(&mut text, NaiveDate::from_ymd_opt(year, 1, 1).unwrap());
            assert_eq!(text, expected);
        }
    }
}
