use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::CallState;
use crate::{
    Budget, Call, CountQuery, Counts, Engine, EngineOptions, Entry, EntryPage, FetchError,
    FetchRequest, FetchResponse, HostCalls, HostError, KvError, KvPage, Level, Link, Query,
    Setting, SettingError,
};

/// A portal that knows nothing.
struct Nothing;

#[async_trait]
impl HostCalls for Nothing {
    async fn get(&self, _: &str, _: &str) -> Result<Entry, HostError> {
        Err(HostError::NotFound)
    }

    async fn get_many(&self, _: &str, _: &[String]) -> Result<Vec<Entry>, HostError> {
        Err(HostError::NotFound)
    }

    async fn query(&self, _: &str, _: Query) -> Result<EntryPage, HostError> {
        Err(HostError::NotFound)
    }

    async fn count(&self, _: &str, _: CountQuery) -> Result<Counts, HostError> {
        Err(HostError::NotFound)
    }

    async fn links(&self, _: &str, _: &[String], _: Option<&str>) -> Result<Vec<Link>, HostError> {
        Err(HostError::NotFound)
    }

    async fn describe_table(
        &self,
        _: crate::TablePlace<'_>,
    ) -> Result<crate::TableDescription, HostError> {
        Err(HostError::NotFound)
    }

    async fn slice_table(
        &self,
        _: crate::TablePlace<'_>,
        _: crate::TablePicks,
    ) -> Result<Vec<crate::TableCell>, HostError> {
        Err(HostError::NotFound)
    }

    async fn kv_get(&self, _: &str) -> Result<Option<String>, KvError> {
        Ok(None)
    }

    async fn kv_set(&self, _: &str, _: Option<&str>) -> Result<(), KvError> {
        Err(KvError::ReadOnly)
    }

    async fn kv_scan(&self, _: &str, _: Option<&str>, _: u32) -> Result<KvPage, KvError> {
        Ok(KvPage::default())
    }

    async fn setting(&self, _: &str) -> Result<Option<Setting>, SettingError> {
        Ok(None)
    }

    async fn fetch(&self, _: FetchRequest, _: Duration) -> Result<FetchResponse, FetchError> {
        Err(FetchError::Denied("no network".to_owned()))
    }

    async fn enqueue(&self, _: crate::NewJob) -> Result<(), crate::JobError> {
        Err(crate::JobError::ReadOnly)
    }

    async fn save_draft(&self, _: crate::NewDraft) -> Result<crate::SavedDraft, crate::DraftError> {
        Err(crate::DraftError::ReadOnly)
    }

    fn log(&self, _: Level, _: &str) {}
}

#[test]
fn a_store_has_the_limits_of_its_call_and_not_the_engines_defaults() {
    let engine = Engine::new(EngineOptions::default()).unwrap();
    let call = Call {
        site: "site".into(),
        host: Arc::new(Nothing),
        now_ms: 0,
        today: "2025-01-01".into(),
        budget: Budget::PAGE,
    };
    let store = CallState::store(&engine, &"probe".into(), call);
    assert_eq!(store.hostcall_fuel(), 2 << 20);
    assert_eq!(store.max_component_handles(), 1_000);
    assert_eq!(store.data().stopped_by(), None);
}
