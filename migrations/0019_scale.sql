-- What the lists of the desk are read by, however many entries there are: a page in the order of the last change, of
-- all sites or of one; what waits in some states; what is overdue.
create index entry_changed on entry (changed_at desc, id);
create index entry_changed_on_site on entry (site_id, changed_at desc, id);
create index entry_state_on_site on entry (site_id, state);
create index desk_due on desk (due_at, entry_id);

-- Who has a role at an organisation.
create index role_grant_at on role_grant (organisation_id);
