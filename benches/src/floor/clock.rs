//! Timestamps as SQLite keeps them, read and printed by hand.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

/// `2026-11-22T09:30:00.000000Z`, and nothing else.
pub fn parse(text: &[u8]) -> DateTime<Utc> {
    let date = NaiveDate::from_ymd_opt(number(&text[0..4]) as i32, number(&text[5..7]), number(&text[8..10]));
    let at = date.and_then(|date| {
        date.and_hms_micro_opt(number(&text[11..13]), number(&text[14..16]), number(&text[17..19]), number(&text[20..26]))
    });
    at.expect("a timestamp").and_utc()
}

fn put(digits: &mut [u8], mut number: u32) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

/// The same form.
pub fn print(at: DateTime<Utc>) -> String {
    let mut text = *b"0000-00-00T00:00:00.000000Z";
    let (date, time) = (at.date_naive(), at.time());
    put(&mut text[0..4], date.year() as u32);
    put(&mut text[5..7], date.month());
    put(&mut text[8..10], date.day());
    put(&mut text[11..13], time.hour());
    put(&mut text[14..16], time.minute());
    put(&mut text[17..19], time.second());
    put(&mut text[20..26], time.nanosecond() / 1_000);
    String::from_utf8_lossy(&text).into_owned()
}
