//! A portal for guests that has nothing in it.

use dinh_runtime::{
    CountQuery, Counts, Entry, EntryPage, HostCalls, HostError, KvError, KvPage, Level, Link,
    Query, Setting, SettingError, TableCell, TableDescription, TablePicks, TablePlace,
};

/// Answers that there is nothing.
pub struct NoHost;

#[async_trait::async_trait]
impl HostCalls for NoHost {
    async fn get(&self, _collection: &str, _id: &str) -> Result<Entry, HostError> {
        Err(HostError::NotFound)
    }

    async fn get_many(&self, _collection: &str, _ids: &[String]) -> Result<Vec<Entry>, HostError> {
        Ok(Vec::new())
    }

    async fn query(&self, _collection: &str, _query: Query) -> Result<EntryPage, HostError> {
        Ok(EntryPage::default())
    }

    async fn count(&self, _collection: &str, _query: CountQuery) -> Result<Counts, HostError> {
        Ok(Counts::default())
    }

    async fn links(
        &self,
        _collection: &str,
        _ids: &[String],
        _field: Option<&str>,
    ) -> Result<Vec<Link>, HostError> {
        Ok(Vec::new())
    }

    async fn describe_table(&self, _: TablePlace<'_>) -> Result<TableDescription, HostError> {
        Err(HostError::NotFound)
    }

    async fn slice_table(
        &self,
        _: TablePlace<'_>,
        _: TablePicks,
    ) -> Result<Vec<TableCell>, HostError> {
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

    async fn fetch(
        &self,
        _: dinh_runtime::FetchRequest,
        _: std::time::Duration,
    ) -> Result<dinh_runtime::FetchResponse, dinh_runtime::FetchError> {
        Err(dinh_runtime::FetchError::Denied("no network".to_owned()))
    }

    async fn enqueue(&self, _: dinh_runtime::NewJob) -> Result<(), dinh_runtime::JobError> {
        Err(dinh_runtime::JobError::ReadOnly)
    }

    async fn save_draft(
        &self,
        _: dinh_runtime::NewDraft,
    ) -> Result<dinh_runtime::SavedDraft, dinh_runtime::DraftError> {
        Err(dinh_runtime::DraftError::ReadOnly)
    }

    fn log(&self, _level: Level, _message: &str) {}
}
