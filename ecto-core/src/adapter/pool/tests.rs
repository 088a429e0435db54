use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::*;
use crate::adapter::sql::Dialect;
use crate::adapter::{Cancel, Command, Connection, Sink, Step, Storage};
use crate::capability::Capabilities;
use crate::error::{AdapterError, Error};

/// A database that only counts what is asked of it.
#[derive(Default)]
struct Counting {
    topology: Option<Topology>,
    opened: AtomicUsize,
    open: Arc<AtomicUsize>,
    refuse: AtomicBool,
    dead: Arc<AtomicBool>,
    steps: Arc<Mutex<Vec<Step>>>,
}

struct Counted {
    open: Arc<AtomicUsize>,
    dead: Arc<AtomicBool>,
    steps: Arc<Mutex<Vec<Step>>>,
    broken: bool,
    in_transaction: bool,
}

impl Adapter for Counting {
    fn capabilities(&self) -> &'static Capabilities {
        unreachable!("the pool asks for no capability")
    }
    fn topology(&self) -> Topology {
        self.topology.unwrap_or(Topology::Uniform)
    }
    fn connect(&self, _role: Role) -> Result<Box<dyn Connection>> {
        if self.refuse.load(Ordering::SeqCst) {
            return Err(Error::from(AdapterError::MissingDatabase { name: "blog".into() }));
        }
        self.opened.fetch_add(1, Ordering::SeqCst);
        self.open.fetch_add(1, Ordering::SeqCst);
        let (open, dead, steps) = (Arc::clone(&self.open), Arc::clone(&self.dead), Arc::clone(&self.steps));
        Ok(Box::new(Counted { open, dead, steps, broken: false, in_transaction: false }))
    }
    fn storage(&self) -> &dyn Storage {
        unreachable!("the pool creates no database")
    }
    fn describe(&self) -> &str {
        "counting"
    }
    fn dialect(&self) -> &'static dyn Dialect {
        unreachable!("the pool writes no SQL")
    }
    fn ddl(&self) -> &'static dyn crate::adapter::sql::ddl::DdlDialect {
        unreachable!("the pool changes no structure")
    }
    fn structure(&self) -> &dyn crate::adapter::Structure {
        unreachable!("the pool changes no structure")
    }
}

impl Connection for Counted {
    /// `break` and `begin` do what they say.
    fn run(&mut self, command: Command<'_>, _sink: &mut dyn Sink) -> Result<u64> {
        match command {
            Command::Raw("break", _) => self.broken = true,
            Command::Raw("begin", _) => self.in_transaction = true,
            _ => {}
        }
        Ok(0)
    }
    fn script(&mut self, _sql: &str) -> Result<()> {
        Ok(())
    }
    fn step(&mut self, step: Step) -> Result<()> {
        self.in_transaction = false;
        self.steps.lock().unwrap().push(step);
        Ok(())
    }
    fn canceller(&self) -> Box<dyn Cancel> {
        unreachable!("nothing is cancelled")
    }
    fn is_broken(&self) -> bool {
        self.broken
    }
    fn ping(&mut self) -> bool {
        !self.dead.load(Ordering::SeqCst)
    }
    fn in_transaction(&mut self) -> bool {
        self.in_transaction
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::SeqCst);
    }
}

fn pool(adapter: Counting, options: PoolOptions) -> (Pool, Arc<Counting>) {
    let adapter = Arc::new(adapter);
    (Pool::new(adapter.clone(), options), adapter)
}

fn of_size(size: usize) -> PoolOptions {
    PoolOptions { size, queue_timeout: Duration::from_secs(5), ..PoolOptions::default() }
}

#[test]
fn connections_are_opened_when_needed_and_used_again() {
    let (pool, adapter) = pool(Counting::default(), of_size(3));
    assert_eq!(pool.count(), PoolCount { open: 0, free: 0 });
    drop(pool.take(Role::Writer, None).unwrap());
    drop(pool.take(Role::Writer, None).unwrap());
    assert_eq!(adapter.opened.load(Ordering::SeqCst), 1);
    let both = (pool.take(Role::Writer, None).unwrap(), pool.take(Role::Reader, None).unwrap());
    assert_eq!(pool.count(), PoolCount { open: 2, free: 0 });
    drop(both);
    assert_eq!(pool.count(), PoolCount { open: 2, free: 2 });
}

#[test]
fn an_exhausted_pool_says_its_size_and_how_long_was_waited() {
    let (pool, _) = pool(Counting::default(), of_size(1));
    let held = pool.take(Role::Writer, None).unwrap();
    let error = pool.take(Role::Writer, Some(Instant::now() + Duration::from_millis(20))).unwrap_err();
    assert!(error.is_timeout());
    let text = error.to_string();
    assert!(text.contains("no connection became free within 2") && text.contains("all 1 connections"), "{text}");
    drop(held);
    pool.take(Role::Writer, None).unwrap();
}

#[test]
fn a_connection_that_comes_back_goes_to_the_first_in_the_queue() {
    let (pool, adapter) = pool(Counting::default(), of_size(1));
    let held = pool.take(Role::Writer, None).unwrap();
    let order = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for number in 0..4 {
            let (pool, order) = (&pool, &order);
            scope.spawn(move || {
                let lease = pool.take(Role::Writer, None).unwrap();
                assert!(lease.queued() > Duration::ZERO);
                order.lock().unwrap().push(number);
            });
            // Until it stands in the queue.
            thread::sleep(Duration::from_millis(20));
        }
        drop(held);
    });
    assert_eq!(*order.lock().unwrap(), [0, 1, 2, 3]);
    assert_eq!(adapter.opened.load(Ordering::SeqCst), 1);
}

#[test]
fn many_threads_never_have_more_than_the_size() {
    let (pool, adapter) = pool(Counting::default(), of_size(3));
    thread::scope(|scope| {
        for thread in 0..8 {
            let (pool, adapter) = (&pool, &adapter);
            scope.spawn(move || {
                for round in 0..300 {
                    let mut lease = pool.take(Role::Writer, None).unwrap();
                    assert!(adapter.open.load(Ordering::SeqCst) <= 3);
                    if (thread + round) % 50 == 0 {
                        lease.run(Command::Raw("break", &[]), &mut ()).unwrap();
                    }
                }
            });
        }
    });
    let count = pool.count();
    assert!(count.open <= 3 && count.open == count.free, "{count:?}");
}

#[test]
fn a_broken_connection_is_replaced_and_its_place_goes_to_the_queue() {
    let (pool, adapter) = pool(Counting::default(), of_size(1));
    let mut held = pool.take(Role::Writer, None).unwrap();
    held.run(Command::Raw("break", &[]), &mut ()).unwrap();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| pool.take(Role::Writer, None).map(drop));
        thread::sleep(Duration::from_millis(20));
        drop(held);
        waiting.join().unwrap().unwrap();
    });
    assert_eq!((adapter.opened.load(Ordering::SeqCst), pool.count().open), (2, 1));
}

#[test]
fn a_refused_connection_gives_its_place_back() {
    let (pool, adapter) = pool(Counting::default(), of_size(1));
    adapter.refuse.store(true, Ordering::SeqCst);
    for _ in 0..3 {
        assert!(pool.take(Role::Writer, None).unwrap_err().is_missing_database());
    }
    adapter.refuse.store(false, Ordering::SeqCst);
    pool.take(Role::Writer, None).unwrap();
}

#[test]
fn one_that_was_idle_is_asked_and_one_that_is_old_is_closed() {
    let (pool, adapter) = pool(Counting::default(), PoolOptions { check_after: Duration::ZERO, ..of_size(2) });
    drop(pool.take(Role::Writer, None).unwrap());
    drop(pool.take(Role::Writer, None).unwrap());
    assert_eq!(adapter.opened.load(Ordering::SeqCst), 1);
    adapter.dead.store(true, Ordering::SeqCst);
    drop(pool.take(Role::Writer, None).unwrap());
    assert_eq!((adapter.opened.load(Ordering::SeqCst), adapter.open.load(Ordering::SeqCst)), (2, 1));

    let (pool, adapter) = self::pool(Counting::default(), PoolOptions { max_lifetime: Some(Duration::from_millis(5)), ..of_size(2) });
    drop(pool.take(Role::Writer, None).unwrap());
    thread::sleep(Duration::from_millis(10));
    drop(pool.take(Role::Writer, None).unwrap());
    assert_eq!((adapter.opened.load(Ordering::SeqCst), adapter.open.load(Ordering::SeqCst)), (2, 1));
}

#[test]
fn a_transaction_left_open_is_rolled_back_and_told() {
    let (pool, adapter) = pool(Counting::default(), of_size(1));
    let mut lease = pool.take(Role::Writer, None).unwrap();
    lease.run(Command::Raw("begin", &[]), &mut ()).unwrap();
    assert!(lease.finish().unwrap_err().to_string().contains("left open"));
    assert_eq!(*adapter.steps.lock().unwrap(), [Step::Rollback]);
    pool.take(Role::Writer, None).unwrap().finish().unwrap();
}

#[test]
fn a_file_has_one_writer_and_readers_beside_it() {
    let (pool, _) = pool(Counting { topology: Some(Topology::OneWriter), ..Counting::default() }, of_size(2));
    let soon = || Some(Instant::now() + Duration::from_millis(10));
    let _writer = pool.take(Role::Writer, None).unwrap();
    assert!(pool.take(Role::Writer, soon()).is_err());
    let _readers = (pool.take(Role::Reader, None).unwrap(), pool.take(Role::Reader, None).unwrap());
    assert!(pool.take(Role::Reader, soon()).is_err());
}

#[test]
fn one_kept_open_is_never_closed_by_age() {
    let old =
        PoolOptions { max_lifetime: Some(Duration::ZERO), idle_limit: Some(Duration::ZERO), check_after: Duration::ZERO, ..of_size(5) };
    let (pool, adapter) = pool(Counting { topology: Some(Topology::Single), ..Counting::default() }, old);
    adapter.dead.store(true, Ordering::SeqCst);
    for role in [Role::Writer, Role::Reader, Role::Writer] {
        drop(pool.take(role, None).unwrap());
    }
    assert_eq!(adapter.opened.load(Ordering::SeqCst), 1);
}

#[test]
fn closing_lets_go_of_free_and_lent_ones() {
    let (pool, adapter) = pool(Counting::default(), of_size(2));
    let lent = pool.take(Role::Writer, None).unwrap();
    drop(pool.take(Role::Writer, None).unwrap());
    pool.close();
    assert_eq!(adapter.open.load(Ordering::SeqCst), 1);
    drop(lent);
    assert_eq!((adapter.open.load(Ordering::SeqCst), pool.count().open), (0, 0));
}
