-- The desk: who works on an entry, what waits for whom, and every step that was taken.

create table desk (
    entry_id text not null primary key references entry (id),
    author text not null,
    assignee text,
    waiting_since bigint,
    due_at bigint,
    express bigint not null,
    publish_at bigint,
    publish_by text
);

create index desk_author on desk (author);
create index desk_publish on desk (publish_at);

-- Steps are never changed. `actor` is an account, or `system`.
create table transition (
    entry_id text not null references entry (id),
    number bigint not null,
    revision_id text not null references entry_revision (id),
    at bigint not null,
    actor text not null,
    action text not null,
    from_state text not null,
    to_state text not null,
    reason text not null,
    primary key (entry_id, number)
);

--! append-only transition entry_id number
