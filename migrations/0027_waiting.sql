-- What waits in some states, of some collections: documents that wait are passed over within the index where other
-- sections are asked for.
drop index entry_state_on_site;
create index entry_state_on_site on entry (site_id, state, collection);
