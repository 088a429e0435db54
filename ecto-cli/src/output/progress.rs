//! How a long operation comes on, in one line.

use std::time::Duration;

use super::time::time;

/// What is written over must fit into one line of any terminal.
const WIDTH: usize = 79;

/// As far to the right as operations stand.
const INDENT: usize = 11;

/// So much of the operation is always seen.
const LEAST: usize = 24;

/// Where nobody looks it is said after so long, and then each time after so long.
const TELL: [Duration; 2] = [Duration::from_secs(10), Duration::from_secs(30)];

/// When it is said of one operation that it still runs.
#[derive(Debug, Default)]
pub struct Pace {
    last: Duration,
    next: Option<Duration>,
}

impl Pace {
    /// Has it been silent for long enough? `elapsed` is of the operation; where it goes back another one has begun.
    pub fn is_due(&mut self, elapsed: Duration) -> bool {
        let [first, again] = TELL;
        if elapsed < self.last {
            *self = Pace::default();
        }
        self.last = elapsed;
        let due = elapsed >= self.next.unwrap_or(first);
        if due {
            self.next = Some(elapsed + again);
        }
        due
    }

    /// Was anything heard of the operation?
    pub fn is_begun(&self) -> bool {
        self.last > Duration::ZERO
    }
}

/// What is known of it: ` 62 %  1m12s  building index: scanning table`. Where it waits, for whom is worth more than for what.
pub fn advance(elapsed: Duration, phase: Option<&str>, percent: Option<u8>, by: Option<&str>) -> String {
    let percent = percent.map(|percent| format!("{percent:>3} %  ")).unwrap_or_default();
    let at = match (phase, by) {
        (_, Some(by)) => format!("  (waiting for {by})"),
        (Some(phase), None) => format!("  {phase}"),
        (None, None) => String::new(),
    };
    format!("{percent}{}{at}", time(elapsed))
}

/// A line in place of the one that stands there, all of it. What is done gives way to how far it is.
pub fn over(description: &str, advance: &str) -> String {
    let room = WIDTH.saturating_sub(INDENT + 2 + advance.chars().count()).max(LEAST);
    let description = match description.chars().count() > room {
        true => description.chars().take(room - 1).chain(['…']).collect(),
        false => description.to_owned(),
    };
    let line = format!("{:INDENT$}{description}  {advance}", "");
    let line: String = line.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(WIDTH).collect();
    format!("\r{line:<WIDTH$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_how_far_it_is_and_for_whom_it_waits() {
        let elapsed = Duration::from_secs(72);
        assert_eq!(advance(elapsed, Some("building index"), Some(62), None), " 62 %  1m12s  building index");
        assert_eq!(advance(elapsed, Some("waiting for writers"), None, Some("pid 4711 `app`")), "1m12s  (waiting for pid 4711 `app`)");
        assert_eq!(advance(Duration::from_millis(1200), None, None, None), "1.20 s");
    }

    #[test]
    fn a_line_that_is_written_over_leaves_nothing_of_the_other() {
        let [short, long] = [over("short\n", "1.20 s"), over(&"long ".repeat(40), &"waits ".repeat(40))];
        assert_eq!(short.chars().count(), long.chars().count());
        assert_eq!(short.trim_end(), "\r           short   1.20 s");
    }

    #[test]
    fn a_long_description_gives_way() {
        let line = over(&"execute ".repeat(12), " 62 %  1m12s");
        assert!(line.ends_with("…   62 %  1m12s") && line.starts_with("\r           execute execute"), "{line}");
        let line = over(&"execute ".repeat(12), &advance(Duration::from_secs(72), None, None, Some(&"pid 4711 ".repeat(12))));
        assert!(line.contains("execute execute execute…  1m12s  (waiting for pid 4711"), "{line}");
    }

    #[test]
    fn where_nobody_looks_it_is_said_seldom() {
        let mut pace = Pace::default();
        let said: Vec<u64> = (1..=75).filter(|second| pace.is_due(Duration::from_secs(*second))).collect();
        assert_eq!(said, [10, 40, 70]);
        assert!(!pace.is_due(Duration::from_secs(1)) && pace.is_due(Duration::from_secs(11)), "another operation begins anew");
    }
}
