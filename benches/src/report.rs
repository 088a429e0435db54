//! One line for each case: ours, the floor, the ratio, the budget, and whether it is kept.

use std::time::Duration;

use crate::measure::{Measured, Pair, counted, pair, timed};

/// Prints the lines, and remembers which cases were over their budget.
pub struct Report {
    picked: Option<String>,
    count: Option<u32>,
    over: Vec<String>,
    table: &'static str,
}

impl Report {
    /// Only cases that have this word in their name (`SQLite: get by primary key`), if there is one; each so many times, if a profiler counts.
    pub fn picking(word: Option<String>, count: Option<u32>) -> Self {
        Report { picked: word, count, over: Vec::new(), table: "" }
    }

    /// The head of a table.
    pub fn head(&mut self, table: &'static str) {
        self.table = table;
        println!("\n{table}");
        println!("{:<34} {:>11} {:>11} {:>7} {:>15} {:>9}  verdict", "case", "ours", "floor", "ratio", "quartiles", "budget");
    }

    fn picks(&self, case: &str) -> bool {
        self.picked.as_ref().is_none_or(|word| format!("{}: {case}", self.table).contains(word.as_str()))
    }

    /// A case whose budget is a multiple of the floor.
    pub fn ratio(&mut self, case: &str, budget: f64, both: Pair<'_>) {
        if !self.picks(case) {
            return;
        }
        if let Some(count) = self.count {
            counted(both, count);
            return println!("{case}: {count} times each");
        }
        self.compared(case, budget, pair(both));
    }

    /// The same for work that keeps its own clock.
    pub fn timed(&mut self, case: &str, budget: f64, work: &mut dyn FnMut(bool) -> Duration) {
        if self.picks(case) && self.count.is_none() {
            self.compared(case, budget, timed(work));
        }
    }

    fn compared(&mut self, case: &str, budget: f64, measured: Measured) {
        let verdict = self.verdict(case, measured.ratio <= budget);
        let quartiles = format!("{:.2} to {:.2}", measured.quartiles.0, measured.quartiles.1);
        let (ours, floor) = (time(measured.ours), time(measured.floor));
        println!("{case:<34} {ours:>11} {floor:>11} {:>6.2}x {quartiles:>15} {budget:>8.2}x  {verdict}", measured.ratio);
    }

    /// A case whose budget is a time.
    pub fn time(&mut self, case: &str, budget: f64, measure: impl FnOnce() -> f64) {
        if !self.picks(case) {
            return;
        }
        let nanoseconds = measure();
        let verdict = self.verdict(case, nanoseconds <= budget);
        println!("{case:<34} {:>11} {:>11} {:>7} {:>15} {:>9}  {verdict}", time(nanoseconds), "", "", "", time(budget));
    }

    /// A case whose budget is a number of allocations: ours, and the floor's.
    pub fn allocations(&mut self, case: &str, (ours, floor): (u64, u64), budget: u64) {
        if !self.picks(case) {
            return;
        }
        let verdict = self.verdict(case, ours <= budget);
        println!("{case:<34} {ours:>11} {floor:>11} {:>7} {:>15} {budget:>9}  {verdict}", "", "");
    }

    /// Says what does not run, and why.
    pub fn skipped(&self, reason: &str) {
        println!("\nnot measured: {reason}");
    }

    fn verdict(&mut self, case: &str, is_kept: bool) -> &'static str {
        if is_kept {
            return "kept";
        }
        self.over.push(format!("{case} ({})", self.table));
        "OVER"
    }

    /// The closing line.
    pub fn close(&self) {
        match self.over.as_slice() {
            [] => println!("\nevery budget is kept"),
            over => println!("\n{} over budget: {}", over.len(), over.join(", ")),
        }
    }
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        short if short < 1e3 => format!("{short:.0} ns"),
        middle if middle < 1e6 => format!("{:.2} us", middle / 1e3),
        long => format!("{:.2} ms", long / 1e6),
    }
}
