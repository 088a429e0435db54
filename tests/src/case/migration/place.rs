//! Where migrations run: in a prefix, and what they can ask about their run.

use ecto_core::adapter::{ConnectOptions, PoolOptions, Role, open};
use ecto_core::migration::{Direction, Migrator, State};
use ecto_core::prelude::*;

use super::sql_file::status;
use super::{count, is_refused};
use crate::Stage;
use crate::case::{Case, Outcome, case};

pub(in crate::case) const CASES: &[Case] = &[
    case!(a_run_is_in_a_prefix, ["G-10", "H-01", "H-16"], with prefixes),
    case!(a_table_of_versions_that_cannot_be_made_is_named, ["H-18"]),
    case!(a_migration_knows_its_way_and_its_place, ["G-07"]),
    case!(a_run_cannot_be_in_a_prefix, ["G-10", "H-16"], without prefixes),
];

struct InPrefix;

impl Migration for InPrefix {
    fn change(&self, m: &mut Change) {
        assert!(m.prefix().is_none_or(|prefix| prefix == "tenant" || prefix == "absent"));
        m.create_table("teams", |_| {});
        m.create_table("users", |t| _ = t.add("team_id", references("teams")));
        m.create_index("users", ["team_id"]);
    }
}

fn a_run_is_in_a_prefix(stage: &Stage) -> Outcome {
    stage.run(&["CREATE SCHEMA tenant"])?;
    let (adapter, _) = open(&stage.url, ConnectOptions::default(), PoolOptions::default())?;
    let migrations = Migrations::new().add(1, "users", InPrefix);
    let there = Migrator::new(&adapter, &migrations).prefix("tenant");
    assert_eq!(there.run(Direction::Up, Until::All, &mut |_| {})?, [1]);
    assert_eq!(count(stage, "SELECT count(*) FROM tenant.users, tenant.schema_migrations, tenant.schema_migration_details")?, 0);
    assert!(is_refused(stage, "SELECT 1 FROM schema_migrations"));
    assert_eq!((there.status()?[0].state, status(stage, &migrations)?[0].state), (State::Up, State::Down));
    assert_eq!(there.run(Direction::Down, Until::All, &mut |_| {})?, [1]);
    assert!(is_refused(stage, "SELECT 1 FROM tenant.users"));

    struct Elsewhere;
    impl Migration for Elsewhere {
        fn change(&self, m: &mut Change) {
            m.create_table(ecto_core::ddl::TableName::new("users").prefix("other"), |_| {});
        }
    }
    let elsewhere = Migrations::new().add(2, "elsewhere", Elsewhere);
    let error = Migrator::new(&adapter, &elsewhere).prefix("tenant").run(Direction::Up, Until::All, &mut |_| {}).unwrap_err();
    assert!(error.message().contains("names the prefix `other`, but the run is in `tenant`"), "{error}");
    Ok(())
}

fn a_run_cannot_be_in_a_prefix(stage: &Stage) -> Outcome {
    let (adapter, _) = open(&stage.url, ConnectOptions::default(), PoolOptions::default())?;
    let migrations = Migrations::new().add(1, "users", InPrefix);
    let there = Migrator::new(&adapter, &migrations).prefix("tenant");
    assert!(there.run(Direction::Up, Until::All, &mut |_| {}).unwrap_err().hint().is_some());
    assert!(there.status().is_err());
    Ok(())
}

fn a_table_of_versions_that_cannot_be_made_is_named(stage: &Stage) -> Outcome {
    let (adapter, _) = open(&stage.url, ConnectOptions::default(), PoolOptions::default())?;
    let migrations = Migrations::new().add(1, "users", InPrefix);
    let migrator = Migrator::new(&adapter, &migrations);
    let (error, said) = match stage.capabilities().prefixes {
        true => (migrator.prefix("absent").run(Direction::Up, Until::All, &mut |_| {}), "`absent.schema_migrations` cannot be made: "),
        false => {
            let mut reader = adapter.connect(Role::Reader)?;
            (migrator.run_on(&mut reader, Direction::Up, Until::All, &mut |_| {}), "the database can only be read: ")
        }
    };
    let error = error.unwrap_err();
    assert!(error.message().contains(said), "{error}");
    Ok(())
}

fn a_migration_knows_its_way_and_its_place(stage: &Stage) -> Outcome {
    struct Asks;
    impl Migration for Asks {
        fn change(&self, m: &mut Change) {
            let way = if m.direction() == Direction::Up { "up" } else { "down" };
            assert_eq!(m.prefix(), None);
            m.execute_both(format!("INSERT INTO ways VALUES ('{way}')"), format!("INSERT INTO ways VALUES ('{way}')"));
            m.run_both(|repo| repo.query("INSERT INTO ways VALUES ('there')", ()).map(drop), |_| Ok(()));
        }
    }
    stage.run(&["CREATE TABLE ways (name {text})"])?;
    let migrations = Migrations::new().add(1, "asks", Asks);
    stage.repo.migrate(&migrations)?;
    stage.repo.rollback(&migrations, Until::All)?;
    assert_eq!(stage.repo.query("SELECT name FROM ways", ())?.load::<String>()?, ["up", "there", "down"]);
    Ok(())
}
