-- A published text that was taken down is shown no more, though later texts of its entry are: when it was, none while it
-- is not.

alter table publication add column withdrawn_at bigint;

update publication set withdrawn_at = (select e.withdrawn_at from entry e where e.id = publication.entry_id)
where exists (
    select 1 from entry e
    where e.id = publication.entry_id and e.published_revision = publication.revision_id and e.withdrawn_at is not null
);
