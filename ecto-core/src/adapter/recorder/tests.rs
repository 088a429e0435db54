use super::*;
use crate::adapter::{Command, ConnectOptions, PoolOptions, Sink, Step, TransactionMode, open};
use crate::adapter::{Pool, Row};
use crate::error::ViolationKind;

fn database() -> Arc<dyn Adapter> {
    open("sqlite::memory:", ConnectOptions::default(), PoolOptions::default()).unwrap().0
}

#[derive(Default)]
struct Collect(Vec<Vec<Value>>);

impl Sink for Collect {
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        self.0.push(row.values()?);
        Ok(())
    }
}

#[test]
fn statements_are_answered_from_the_queue() {
    let recorder = Recorder::new(database());
    recorder.answer([vec![Value::I64(1)], vec![Value::I64(2)]]);
    let mut connection = recorder.adapter().connect(Role::Writer).unwrap();
    let mut collect = Collect::default();
    assert_eq!(connection.run(Command::Raw("SELECT ?1", &[Value::I64(7)]), &mut collect).unwrap(), 2);
    assert_eq!(collect.0, [[Value::I64(1)], [Value::I64(2)]]);
    assert_eq!(recorder.recorded(), [Recorded { sql: "SELECT ?1".into(), params: vec![Value::I64(7)], rows: 1 }]);
}

#[test]
fn faults_strike_once_and_where_they_were_told() {
    let recorder = Recorder::around(database());
    let mut connection = recorder.adapter().connect(Role::Writer).unwrap();
    let mut run = |sql| connection.run(Command::Raw(sql, &[]), &mut ());
    run("SELECT 0").unwrap();
    recorder.fail(When::Nth(1), Fault::Busy);
    recorder.fail(When::Contains("users"), Fault::Violation { kind: ViolationKind::Unique, name: "users_email_index".into() });
    run("SELECT 1").unwrap();
    assert!(run("SELECT 1").unwrap_err().is_busy());
    let error = run("INSERT INTO users").unwrap_err();
    assert_eq!(error.violation().unwrap().name.as_deref(), Some("users_email_index"));
    run("SELECT 1").unwrap();
}

#[test]
fn a_lost_connection_stays_lost_and_the_pool_opens_another() {
    let recorder = Recorder::new(database());
    let pool = Pool::new(recorder.adapter(), PoolOptions::default());
    let mut lease = pool.take(Role::Writer, None).unwrap();
    lease.step(Step::Begin(TransactionMode::Write)).unwrap();
    recorder.fail(When::Contains("COMMIT"), Fault::Lost);
    assert!(lease.step(Step::Commit).unwrap_err().is_connection());
    assert!(lease.run(Command::Raw("SELECT 1", &[]), &mut ()).unwrap_err().is_connection());
    lease.finish().unwrap();
    let mut lease = pool.take(Role::Writer, None).unwrap();
    lease.run(Command::Raw("SELECT 1", &[]), &mut ()).unwrap();
}
