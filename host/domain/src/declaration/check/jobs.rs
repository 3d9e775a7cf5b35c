//! Jobs that a manifest names.

use std::collections::BTreeSet;

use super::settings::is_name;
use crate::declaration::{Capability, Manifest};

/// Most jobs of a plugin: an operator reads them all before he grants them.
const JOBS_MAX: usize = 16;

pub(super) fn jobs(manifest: &Manifest, fault: &mut impl FnMut(String)) {
    let jobs = &manifest.jobs;
    let is_asked = manifest.capabilities.contains(&Capability::Jobs);
    if !jobs.is_empty() && !is_asked {
        fault("[[jobs]] names a job: ask for the capability `jobs`".to_owned());
    }
    if is_asked && jobs.is_empty() {
        fault(
            "the capability `jobs` is asked for, and no [[jobs]] names one: add one with its `name`"
                .to_owned(),
        );
    }
    if jobs.len() > JOBS_MAX {
        let count = jobs.len();
        fault(format!("[[jobs]] names {count} jobs, more than {JOBS_MAX}"));
    }
    let mut names = BTreeSet::new();
    for job in jobs {
        if !is_name(&job.name) || !names.insert(&job.name) {
            fault(format!(
                "job `{}`: names are small letters, digits, `-` and `_`, each once",
                job.name
            ));
        }
        if let Err(why) = job.schedule() {
            fault(format!("job `{}`: {why}", job.name));
        }
    }
}
