//! How many customers has each support representative, and to whom do they report?

use ecto_core::prelude::*;

use crate::chinook::schemas::Employee;

/// Representative, number of customers, manager.
pub type Row = (String, i64, Option<String>);

pub fn with_customers(repo: &Repo) -> Result<Vec<Row>> {
    let query = Employee::query()
        .join(|e| e.customers)
        .left_join(|(e, _)| e.manager)
        .group_by(|(e, _, m)| (e.id, e.last_name, m.last_name))
        .order_by(|(e, ..)| e.id)
        .select(|(e, c, m)| (e.last_name, c.id.count(), m.last_name));
    repo.all(&query)
}

pub fn with_customers_preloaded(repo: &Repo) -> Result<Vec<Row>> {
    let query = Employee::query().filter(|e| e.customers.query().exists()).order_by(|e| e.id);
    let representatives = repo.all(&query.preload((Employee::customers, Employee::manager)))?;
    let row = |employee: &Employee| {
        let manager = employee.manager.get()?.map(|manager| manager.last_name.clone());
        Ok((employee.last_name.clone(), employee.customers.get()?.len() as i64, manager))
    };
    representatives.iter().map(row).collect()
}

/// Those who report to nobody, and have somebody who reports to them.
pub fn chiefs(repo: &Repo) -> Result<Vec<String>> {
    let query = Employee::query().filter(|e| e.manager_id.is_nil().and(e.reports.query().exists()));
    repo.all(&query.select(|e| e.last_name))
}
