//! How a long operation comes on, in one line.

use std::time::Duration;

use super::time::time;

/// What is written over must fit into one line of any terminal.
const WIDTH: usize = 79;

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

/// `create index `users_name_index`   62 %  1m12s  building index: scanning table  (waiting for pid 4711)`.
pub fn text(description: &str, elapsed: Duration, phase: Option<&str>, percent: Option<u8>, by: Option<&str>) -> String {
    let percent = percent.map(|percent| format!("{percent:>3} %  ")).unwrap_or_default();
    let phase = phase.map(|phase| format!("  {phase}")).unwrap_or_default();
    let by = by.map(|by| format!("  (waiting for {by})")).unwrap_or_default();
    format!("{description}  {percent}{}{phase}{by}", time(elapsed))
}

/// The line in place of the one that stands there, all of it.
pub fn over(line: &str) -> String {
    let line: String = line.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(WIDTH).collect();
    format!("\r{line:<WIDTH$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_far_it_is_and_for_whom_it_waits() {
        let line = text("create index", Duration::from_secs(72), Some("building index"), Some(62), Some("pid 4711 `app`"));
        assert_eq!(line, "create index   62 %  1m12s  building index  (waiting for pid 4711 `app`)");
        assert_eq!(text("execute `VACUUM`", Duration::from_millis(1200), None, None, None), "execute `VACUUM`  1.20 s");
    }

    #[test]
    fn a_line_that_is_written_over_leaves_nothing_of_the_other() {
        assert_eq!(over("short\n").chars().count(), over(&"long ".repeat(40)).chars().count());
        assert!(over("short\nand").starts_with("\rshort and "));
    }

    #[test]
    fn where_nobody_looks_it_is_said_seldom() {
        let mut pace = Pace::default();
        let said: Vec<u64> = (1..=75).filter(|second| pace.is_due(Duration::from_secs(*second))).collect();
        assert_eq!(said, [10, 40, 70]);
        assert!(!pace.is_due(Duration::from_secs(1)) && pace.is_due(Duration::from_secs(11)), "another operation begins anew");
    }
}
