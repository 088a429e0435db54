//! What a listener hears of a run beside its report: what the migrator sends for itself, what the database remarks, how a long operation
//! comes on. None of it is a step of the run, and part of it comes while a step is under way.

use std::fmt;
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::event::Event;
use super::lock::LockKind;
use super::migrator::Migrator;
use super::progress::Progress;
use crate::adapter::{Cancel, Command, Connection, NoticeListener, Server, Sink, Step};
use crate::error::Result;
use crate::repo::Away;

/// Is called on the thread of the run and on others.
pub(super) type Listener = Arc<dyn Fn(Event<'_>) + Send + Sync>;

/// Who listens, and to what.
#[derive(Clone, Default)]
pub(super) struct Ear {
    listener: Option<Listener>,
    /// Also to the statements of the migrator itself?
    bookkeeping: bool,
    not_ours: Arc<AtomicBool>,
}

impl fmt::Debug for Ear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ear").field("listens", &self.listener.is_some()).field("bookkeeping", &self.bookkeeping).finish_non_exhaustive()
    }
}

impl Ear {
    /// What is sent until this is dropped is of the migration, and was told of already.
    pub fn not_ours(&self) -> NotOurs<'_> {
        self.not_ours.store(true, Ordering::Relaxed);
        NotOurs(&self.not_ours)
    }
}

/// While a statement of the migration is sent.
pub(super) struct NotOurs<'e>(&'e AtomicBool);

impl Drop for NotOurs<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Migrator<'_> {
    /// Who is told, beside the report, what is no step of the run: [`Event::Connected`], [`Event::Notice`], and, from another thread while an
    /// operation takes long, [`Event::Progress`].
    ///
    /// ```
    /// use ecto_core::adapter::{ConnectOptions, PoolOptions, open};
    /// use ecto_core::migration::{Direction, Event, Migrations, Migrator, Until};
    ///
    /// # fn main() -> ecto_core::Result<()> {
    /// let (database, migrations) = (open("sqlite::memory:", ConnectOptions::default(), PoolOptions::default())?.0, Migrations::new());
    /// let migrator = Migrator::new(&database, &migrations).log_migrator_sql(true).listen(|event| match event {
    ///     Event::Bookkeeping { sql } => eprintln!("{sql}"),
    ///     Event::Notice { severity, message } => eprintln!("{severity}: {message}"),
    ///     Event::Progress { description, elapsed, .. } => eprintln!("{description}: {elapsed:?} so far"),
    ///     _ => {}
    /// });
    /// migrator.run(Direction::Up, Until::All, &mut |_| {})?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn listen(mut self, listener: impl Fn(Event<'_>) + Send + Sync + 'static) -> Self {
        self.rules.ear.listener = Some(Arc::new(listener));
        self
    }

    /// Tells the listener of each statement that the migrator sends for itself, too, as [`Event::Bookkeeping`].
    #[must_use]
    pub fn log_migrator_sql(mut self, log: bool) -> Self {
        self.rules.ear.bookkeeping = log;
        self
    }

    /// Says what answers, if anybody listens.
    pub(super) fn tell_server(&self, connection: &mut dyn Connection) -> Result<Option<Server>> {
        let Some(listener) = &self.rules.ear.listener else { return Ok(None) };
        let server = self.adapter.structure().server(connection)?;
        listener(Event::Connected { server: &server.name });
        Ok(Some(server))
    }

    /// Runs while the listener, if there is one, hears all that it is to hear.
    pub(super) fn heard<T>(
        &self,
        connection: &mut Box<dyn Connection>,
        report: &mut dyn FnMut(Event<'_>),
        work: impl FnOnce(&mut Box<dyn Connection>, &mut dyn FnMut(Event<'_>)) -> Result<T>,
    ) -> Result<T> {
        let server = self.tell_server(connection.as_mut())?;
        let (Some(listener), Some(server)) = (&self.rules.ear.listener, server) else { return work(connection, report) };
        // Without a session of its own each statement may be served by another process.
        let backend = server.backend.filter(|_| self.rules.lock != LockKind::Row);
        let progress = Progress::watch(Arc::clone(self.adapter), backend, Arc::clone(listener));
        connection.on_notice(Some(notices(listener)));
        let outcome = overhear(&self.rules.ear, connection, |connection| {
            work(connection, &mut |event| {
                progress.note(event);
                report(event);
            })
        });
        connection.on_notice(None);
        outcome
    }
}

fn notices(listener: &Listener) -> NoticeListener {
    let listener = Arc::clone(listener);
    Arc::new(move |severity, message| listener(Event::Notice { severity, message }))
}

/// Puts an ear to the connection for a while.
fn overhear<T>(ear: &Ear, connection: &mut Box<dyn Connection>, work: impl FnOnce(&mut Box<dyn Connection>) -> Result<T>) -> Result<T> {
    let Some(listener) = ear.listener.clone().filter(|_| ear.bookkeeping) else { return work(connection) };
    let home = Arc::default();
    let inner = mem::replace(connection, Box::new(Away));
    *connection = Box::new(Overheard { inner, listener, not_ours: Arc::clone(&ear.not_ours), home: Arc::clone(&home) });
    let outcome = work(connection);
    *connection = Box::new(Away);
    if let Some(back) = home.lock().unwrap_or_else(PoisonError::into_inner).take() {
        *connection = back;
    }
    outcome
}

/// A connection that tells what the migrator sends on it for itself.
struct Overheard {
    inner: Box<dyn Connection>,
    listener: Listener,
    not_ours: Arc<AtomicBool>,
    /// Where the connection goes when nobody listens any more.
    home: Arc<Mutex<Option<Box<dyn Connection>>>>,
}

impl Overheard {
    fn tell(&self, sql: &str) {
        if !self.not_ours.load(Ordering::Relaxed) {
            (self.listener)(Event::Bookkeeping { sql });
        }
    }
}

impl Drop for Overheard {
    fn drop(&mut self) {
        let inner = mem::replace(&mut self.inner, Box::new(Away));
        *self.home.lock().unwrap_or_else(PoisonError::into_inner) = Some(inner);
    }
}

impl Connection for Overheard {
    fn run(&mut self, command: Command<'_>, sink: &mut dyn Sink) -> Result<u64> {
        match command {
            Command::Raw(sql, _) => self.tell(sql),
            // Only functions of the application send such.
            Command::Statement(_) | Command::Given(..) | Command::Outline(..) | Command::Bulk(..) => {}
        }
        self.inner.run(command, sink)
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        self.tell(sql);
        self.inner.script(sql)
    }

    fn step(&mut self, step: Step) -> Result<()> {
        self.tell(&step.to_string());
        self.inner.step(step)
    }

    fn canceller(&self) -> Box<dyn Cancel> {
        self.inner.canceller()
    }

    fn is_broken(&self) -> bool {
        self.inner.is_broken()
    }

    fn ping(&mut self) -> bool {
        self.inner.ping()
    }

    fn on_notice(&mut self, listener: Option<NoticeListener>) {
        self.inner.on_notice(listener);
    }

    fn in_transaction(&mut self) -> bool {
        self.inner.in_transaction()
    }
}
