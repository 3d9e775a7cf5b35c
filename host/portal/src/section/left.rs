//! How long what a row or a page shows lasts still.

use dinh_domain::dates::LocalTime;
use dinh_domain::declaration::Collection;

use crate::plugins::LoadedPlugin;
use crate::shown::Left;
use crate::visit::Visit;

/// How long a state lasts still that ends at a time; none where that is not told of it. An answer that tells it is not
/// kept beyond that time, nor beyond midnight.
pub(super) fn left(
    (plugin, collection): (&LoadedPlugin, &Collection),
    state: &str,
    until: Option<LocalTime>,
    visit: &Visit,
) -> Option<Left> {
    let field = collection.view.list.badge.as_ref()?;
    let list = plugin.declaration.list_of(collection.schema.get(field)?)?;
    let until = until.filter(|_| list.get(state).is_some_and(|it| it.counts_down))?;
    let (day, time) = until.end();
    if until <= visit.local {
        // A row that is made anew within the minute.
        return Some(Left::Over(time));
    }
    visit.good_until(until.instant_in(&visit.zone()));
    Some(match visit.today.days_until(day) {
        0 => Left::Today(time),
        1 => Left::Tomorrow(time),
        days => Left::Days(days),
    })
}
