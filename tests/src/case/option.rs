//! What rides on a handle.

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, User, new_user};

pub(super) const CASES: &[Case] = &[
    case!(a_handle_reads_and_writes_another_schema, ["Q-28"], with prefixes),
    case!(another_schema_is_refused_where_there_is_none, ["Q-28"], without prefixes),
    case!(defaults_hold_for_every_call, ["R-07"]),
];

fn a_handle_reads_and_writes_another_schema(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    stage.run(&["CREATE SCHEMA tenant_7", "CREATE TABLE tenant_7.users (LIKE public.users INCLUDING ALL)"])?;
    let tenant = stage.repo.with(|o| o.prefix("tenant_7"));
    let al = tenant.insert(new_user("Al"))?;
    assert_eq!(tenant.count(&User::query())?, 1);
    assert_eq!(stage.repo.count(&User::query())?, 0);
    let older = tenant.update(Changeset::from(al).put_change(User::age, 3))?;
    tenant.transaction(|repo| {
        assert_eq!(repo.fetch::<User>(older.id)?, older);
        Ok::<_, Error>(repo.delete(older.clone())?)
    })?;
    assert_eq!(tenant.delete_all(&User::query())?, 0);
    Ok(())
}

fn another_schema_is_refused_where_there_is_none(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let refused = stage.repo.with(|o| o.prefix("tenant_7")).count(&User::query()).unwrap_err();
    assert!(refused.is_unsupported() && refused.hint().is_some(), "{refused}");
    let refused = stage.repo.with(|o| o.prefix("tenant_7")).insert(new_user("Al")).unwrap_err();
    assert!(refused.database().is_some_and(Error::is_unsupported), "{refused:?}");
    Ok(())
}

fn defaults_hold_for_every_call(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let careful = Repo::builder(&stage.url).defaults(|o| o.savepoint()).connect()?;
    careful.transaction(|repo| {
        repo.insert(new_user("Al"))?;
        assert!(repo.insert(new_user("Al")).is_err());
        Ok::<_, Error>(repo.insert(new_user("Bo"))?)
    })?;
    assert_eq!(careful.count(&User::query())?, 2);
    Ok(())
}
