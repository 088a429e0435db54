//! The timing loop: ours and the floor in turns, so that whatever slows the machine slows both; the ratio is taken group by group.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How many groups a ratio is the median of.
const GROUPS: usize = 25;
/// How long a batch runs at least, so that the clock does not matter.
const BATCH: Duration = Duration::from_millis(2);

/// Two ways to do the same work. Each answers with a number that must be equal, or one of them does something else.
pub struct Pair<'a> {
    /// Ours, for a batch of so many.
    pub ours: &'a mut dyn FnMut(u32) -> u64,
    /// What hand-written code does.
    pub floor: &'a mut dyn FnMut(u32) -> u64,
}

/// What was measured of a pair.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// Nanoseconds for one, median.
    pub ours: f64,
    /// Nanoseconds for one, median.
    pub floor: f64,
    /// Median over the groups of the ratio within a group.
    pub ratio: f64,
    /// Half of the groups lie between these.
    pub quartiles: (f64, f64),
}

/// Measures a pair.
pub fn pair(pair: Pair<'_>) -> Measured {
    let (ours, floor) = (pair.ours, pair.floor);
    assert_eq!(ours(1), floor(1), "the two do not do the same work");
    let count = batch_size(floor).max(batch_size(ours));
    let groups: Vec<(f64, f64)> = (0..GROUPS).map(|_| group(ours, floor, count)).collect();
    measured(&groups)
}

fn measured(groups: &[(f64, f64)]) -> Measured {
    let ratios = sorted(groups.iter().map(|(ours, floor)| ours / floor));
    Measured {
        ours: median(&sorted(groups.iter().map(|group| group.0))),
        floor: median(&sorted(groups.iter().map(|group| group.1))),
        ratio: median(&ratios),
        quartiles: (ratios[GROUPS / 4], ratios[GROUPS * 3 / 4]),
    }
}

/// The same for work that keeps its own clock, because it has to clean up behind itself: it is told whose turn it is.
pub fn timed(work: &mut dyn FnMut(bool) -> Duration) -> Measured {
    let mut nanoseconds = |is_ours| work(is_ours).as_nanos() as f64;
    let groups: Vec<(f64, f64)> = (0..GROUPS)
        .map(|_| {
            let first = nanoseconds(true);
            let floors = nanoseconds(false) + nanoseconds(false);
            ((first + nanoseconds(true)) / 2.0, floors / 2.0)
        })
        .collect();
    measured(&groups)
}

/// Runs both a number of times for a profiler that counts instructions; a first time before, for what is prepared once.
pub fn counted(mut pair: Pair<'_>, count: u32) {
    assert_eq!((pair.ours)(1), (pair.floor)(1), "the two do not do the same work");
    counted_ours(&mut pair, count);
    counted_floor(&mut pair, count);
}

/// The profiler finds it by this name.
#[inline(never)]
fn counted_ours(pair: &mut Pair<'_>, count: u32) {
    black_box((pair.ours)(count));
}

/// The profiler finds it by this name. Of the same body as the other, it would be folded into one with it.
#[inline(never)]
fn counted_floor(pair: &mut Pair<'_>, count: u32) {
    black_box((pair.floor)(black_box(count)));
}

/// Nanoseconds for one, median, of something that has no other to be compared with.
pub fn alone(work: &mut dyn FnMut(u32) -> u64) -> f64 {
    let count = batch_size(work);
    median(&sorted((0..GROUPS).map(|_| batch(work, count))))
}

/// One group: each runs twice, in an order that cancels a drift.
fn group(ours: &mut dyn FnMut(u32) -> u64, floor: &mut dyn FnMut(u32) -> u64, count: u32) -> (f64, f64) {
    let first = batch(ours, count);
    let floors = batch(floor, count) + batch(floor, count);
    let second = batch(ours, count);
    ((first + second) / 2.0, floors / 2.0)
}

/// Has the allocator keep what was freed, of whatever size. Else it gives large lists back to the system and asks for them again, now and then, and
/// a case takes twice as long in one run as in the next.
pub fn warm_allocator() {
    const LARGEST: usize = 30 << 20;
    drop(black_box(vec![1_u8; LARGEST]));
}

fn batch(work: &mut dyn FnMut(u32) -> u64, count: u32) -> f64 {
    let started = Instant::now();
    black_box(work(count));
    started.elapsed().as_nanos() as f64 / f64::from(count)
}

/// The smallest power of two that fills a batch.
fn batch_size(work: &mut dyn FnMut(u32) -> u64) -> u32 {
    let mut count = 1;
    loop {
        let started = Instant::now();
        black_box(work(count));
        if started.elapsed() >= BATCH || count >= 1 << 20 {
            return count;
        }
        count *= 2;
    }
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn median(sorted: &[f64]) -> f64 {
    sorted[sorted.len() / 2]
}
