//! Numbers for readers.

use std::time::Duration;

/// `1 migration`, `2 migrations`.
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// `0.4 ms`, `41 ms`, `1.20 s`, `2m03s`.
pub fn time(elapsed: Duration) -> String {
    let [milliseconds, seconds] = [elapsed.as_secs_f64() * 1000.0, elapsed.as_secs_f64()];
    match elapsed.as_secs() {
        _ if milliseconds < 10.0 => format!("{milliseconds:.1} ms"),
        0 => format!("{milliseconds:.0} ms"),
        1..60 => format!("{seconds:.2} s"),
        whole => format!("{}m{:02}s", whole / 60, whole % 60),
    }
}

/// For programs: milliseconds with three digits behind the point.
pub fn milliseconds(elapsed: Duration) -> f64 {
    (elapsed.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_at_a_glance() {
        let times = [400, 41_000, 1_200_000, 123_000_000].map(|microseconds| time(Duration::from_micros(microseconds)));
        assert_eq!(times, ["0.4 ms", "41 ms", "1.20 s", "2m03s"]);
        assert_eq!(milliseconds(Duration::from_nanos(1_234_567)), 1.235);
    }
}
