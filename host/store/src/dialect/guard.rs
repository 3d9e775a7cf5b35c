//! Triggers that keep what was written from being changed, by accident or by somebody in a hurry. Who
//! owns the tables may drop them; the hashes are for that.

use super::Dialect;

/// `append-only TABLE KEY…`: no row is ever changed or removed; the key's columns tell rows apart. `rising TABLE`: its row stays and its
/// `number` only rises. Anything else gives nothing.
pub(super) fn triggers(dialect: Dialect, rule: &str) -> String {
    match (dialect, rule.split_once(' ')) {
        (Dialect::Sqlite, Some(("append-only", rest))) => {
            let (table, key) = rest.split_once(' ').unwrap_or((rest, "number"));
            sqlite(table, "", key.split(' '))
        }
        (Dialect::Sqlite, Some(("rising", table))) => {
            sqlite(table, " when new.number <= old.number", [])
        }
        (Dialect::Postgres, Some(("append-only", rest))) => {
            postgres(rest.split(' ').next().unwrap_or(rest), "")
        }
        (Dialect::Postgres, Some(("rising", table))) => {
            postgres(table, " when (new.number <= old.number)")
        }
        _ => String::new(),
    }
}

/// `insert or replace` would remove a row without asking the trigger on removals.
fn sqlite<'a>(table: &str, when: &str, key: impl IntoIterator<Item = &'a str>) -> String {
    let refuse = format!("begin select raise(abort, '{table} is append-only'); end;");
    let mut made = format!(
        "create trigger {table}_stays before update on {table}{when} {refuse}
         create trigger {table}_lasts before delete on {table} {refuse}"
    );
    let same: Vec<String> = key
        .into_iter()
        .map(|column| format!("{column} = new.{column}"))
        .collect();
    if !same.is_empty() {
        let same = same.join(" and ");
        made.push_str(&format!(
            "
         create trigger {table}_unique before insert on {table}
         when exists (select 1 from {table} where {same}) {refuse}"
        ));
    }
    made
}

fn postgres(table: &str, when: &str) -> String {
    format!(
        "create function {table}_refuse() returns trigger language plpgsql as $refuse$
         begin raise exception '{table} is append-only'; end $refuse$;
         create trigger {table}_stays before update on {table}
         for each row{when} execute function {table}_refuse();
         create trigger {table}_lasts before delete on {table}
         for each row execute function {table}_refuse();
         create trigger {table}_whole before truncate on {table}
         for each statement execute function {table}_refuse();"
    )
}
