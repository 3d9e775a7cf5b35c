//! A backup of an older schema is restored as it was and then brought forward.

use dinh_store::{Store, StoreOptions};
use dinh_tests::Program;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::damaged::{members, pack};
use super::round::{backup, filled, restore};

/// A schema before this one.
const OLD: usize = 15;

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|it| format!("{it:02x}"))
        .collect()
}

/// The columns that a table had then.
async fn columns(old: &Program, table: &str) -> Vec<String> {
    let query = format!("select name from pragma_table_info('{table}')");
    old.database().lines(&query).await
}

#[tokio::test]
async fn what_an_older_program_backed_up_is_brought_forward() {
    let program = filled().await;
    let before = program.database().everything().await;
    let file = backup(&program, "b.tar.gz");
    let mut all = members(&file);
    let old = Program::on_sqlite();
    let store = Store::open_at(&StoreOptions::new(old.database().url()), OLD as i64)
        .await
        .unwrap();
    store.close().await;

    let mut head: Value = serde_json::from_slice(&all[0].1).unwrap();
    head["schema"].as_array_mut().unwrap().truncate(OLD);
    all[0].1 = serde_json::to_vec(&head).unwrap();
    let last = all.len() - 1;
    let mut manifest: Value = serde_json::from_slice(&all[last].1).unwrap();
    manifest["head"] = json!(hash(&all[0].1));
    let mut kept = Vec::new();
    for table in manifest["tables"].as_array().unwrap().clone() {
        let name = table["name"].as_str().unwrap().to_owned();
        let columns = columns(&old, &name).await;
        if columns.is_empty() {
            all.retain(|(it, _)| !it.starts_with(&format!("tables/{name}/")));
            continue;
        }
        let mut sum = Sha256::new();
        for (it, bytes) in &mut all {
            if !it.starts_with(&format!("tables/{name}/")) {
                continue;
            }
            let rows = String::from_utf8(bytes.clone()).unwrap();
            let rows = rows.lines().map(|row| {
                let mut row: Map<String, Value> = serde_json::from_str(row).unwrap();
                row.retain(|name, _| columns.contains(name));
                format!("{}\n", Value::Object(row))
            });
            *bytes = rows.collect::<String>().into_bytes();
            sum.update(&*bytes);
        }
        let sum: String = sum
            .finalize()
            .iter()
            .map(|it| format!("{it:02x}"))
            .collect();
        let mut table = table;
        table["sha256"] = json!(sum);
        kept.push(table);
    }
    manifest["tables"] = Value::Array(kept);
    let last = all.len() - 1;
    all[last].1 = serde_json::to_vec(&manifest).unwrap();
    let older = program.folder().join("older.tar.gz");
    pack(&older, &all);

    let other = Program::new().await;
    let told = restore(&other, &older).assert_code(0);
    assert!(told.out.contains(&format!("schema {OLD};")), "{}", told.out);
    let after = other.database().everything().await;
    assert_eq!(
        after["schema_migration"].len(),
        before["schema_migration"].len()
    );
    for table in ["entry", "entry_revision", "account", "site", "file"] {
        assert_eq!(after[table], before[table], "{table}");
    }

    // A database that is further already cannot take it as it was.
    let further = Program::new().await;
    further.run(&["site", "list"]).assert_code(0);
    let told = restore(&further, &older).assert_code(1);
    told.assert_told("and the backup of schema 15");
}
