//! The one text form of a date and time that this library writes: printed in place, and read eight bytes at a time.
//!
//! Timestamps are most of what a row costs where they are texts. When one is read, a word of eight bytes is checked at once, and its pairs of digits become
//! numbers at once; whatever has another form is left to the parser that knows them all.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::micros_of_second;

/// How long `2026-11-22T09:30:00.000000` is.
pub const LENGTH: usize = 26;

/// The text of a time whose year has four digits ([`is_sortable`](super::is_sortable)).
#[must_use]
pub fn written_time(at: NaiveDateTime) -> [u8; LENGTH] {
    let mut text = *b"0000-00-00T00:00:00.000000";
    let (year, second_of_day) = (at.year().unsigned_abs(), at.num_seconds_from_midnight());
    let (minute, micros) = (second_of_day / 60, micros_of_second(at.nanosecond()));
    let pairs = [
        (0, year / 100),
        (2, year % 100),
        (5, at.month()),
        (8, at.day()),
        (11, minute / 60),
        (14, minute % 60),
        (17, second_of_day % 60),
        (20, micros / 10_000),
        (22, micros / 100 % 100),
        (24, micros % 100),
    ];
    for (place, number) in pairs {
        text[place] = b'0' + (number / 10) as u8;
        text[place + 1] = b'0' + (number % 10) as u8;
    }
    text
}

/// Eight bytes of the form: a digit where it has `0`.
struct Word {
    form: u64,
    /// What may be added to a byte without a carry into its upper half: 6 to a digit, 15 to what must be zero.
    slack: u64,
}

const DATE: Word = Word::of(*b"0000-00-");
const DAY_TO_MINUTE: Word = Word::of(*b"00T00:00");
const SECOND: Word = Word::of(*b":00.0000");
const FRACTION: Word = Word::of(*b"0.000000");

impl Word {
    const fn of(form: [u8; 8]) -> Self {
        let mut slack = [0; 8];
        let mut at = 0;
        while at < 8 {
            slack[at] = if form[at] == b'0' { 6 } else { 15 };
            at += 1;
        }
        Word { form: u64::from_le_bytes(form), slack: u64::from_le_bytes(slack) }
    }

    /// Each pair of neighbours as a number, in the place of the first; `None` if the text has another form.
    #[inline]
    fn pairs(&self, text: &[u8; LENGTH], at: usize) -> Option<Pairs> {
        const UPPER: u64 = 0xF0F0_F0F0_F0F0_F0F0;
        let digits = u64::from_le_bytes(*text[at..].first_chunk()?) ^ self.form;
        // A carry out of a byte starts from one with an upper half, which is refused anyway.
        let is_of_form = (digits | digits.wrapping_add(self.slack)) & UPPER == 0;
        // OK because ten times a digit and another are at most 99.
        is_of_form.then(|| Pairs(digits * 10 + (digits >> 8)))
    }
}

/// Numbers of two digits, one in each byte.
#[derive(Clone, Copy)]
struct Pairs(u64);

impl Pairs {
    #[inline]
    fn at(self, place: u32) -> u32 {
        (self.0 >> (place * 8)) as u32 & 0xFF
    }
}

/// Reads the form; `None` if the text has another, or is no date.
#[inline]
pub(super) fn parse(text: &[u8; LENGTH]) -> Option<NaiveDateTime> {
    let date = DATE.pairs(text, 0)?;
    let day_to_minute = DAY_TO_MINUTE.pairs(text, 8)?;
    let second = SECOND.pairs(text, 16)?;
    let fraction = FRACTION.pairs(text, 18)?;
    let micros = fraction.at(2) * 10_000 + fraction.at(4) * 100 + fraction.at(6);
    // OK because four digits fit.
    let day = NaiveDate::from_ymd_opt((date.at(0) * 100 + date.at(2)) as i32, date.at(5), day_to_minute.at(0))?;
    day.and_hms_micro_opt(day_to_minute.at(3), day_to_minute.at(6), second.at(1), micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for text in ["2026-11-22T09:30:59.123456", "0000-01-01T00:00:00.000000", "9999-12-31T23:59:59.999999"] {
            let read = parse(text.as_bytes().first_chunk().unwrap()).unwrap();
            assert_eq!(read.format("%Y-%m-%dT%H:%M:%S%.6f").to_string(), text);
            assert_eq!(written_time(read), *text.as_bytes());
        }
    }

    #[test]
    fn a_leap_second_is_printed_as_everywhere() {
        let leap = NaiveDate::from_ymd_opt(2016, 12, 31).unwrap().and_hms_micro_opt(23, 59, 59, 1_500_000).unwrap();
        let mut text = String::new();
        crate::types::format_naive(&mut text, leap);
        assert_eq!(text.as_bytes(), written_time(leap));
    }

    #[test]
    fn one_byte_of_another_form_is_refused() {
        let text = *b"2026-11-22T09:30:59.123456";
        for at in 0..LENGTH {
            for byte in 0..=u8::MAX {
                let mut changed = text;
                changed[at] = byte;
                let fits = if text[at].is_ascii_digit() { byte.is_ascii_digit() } else { byte == text[at] };
                assert!(fits || parse(&changed).is_none(), "{}", String::from_utf8_lossy(&changed));
            }
        }
        assert!(parse(b"2026-02-29T09:30:59.123456").is_none() && parse(b"2026-01-01T24:00:00.000000").is_none());
    }
}
