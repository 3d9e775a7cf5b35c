-- Edges that were read from the text of an entry and wait for an editor; what was decided stays.

create table relation_proposal (
    id text not null primary key,
    entry_id text not null references entry (id),
    site_id text not null references site (id),
    field text not null,
    kind text not null,
    to_key text not null,
    target text not null,
    rule text not null,
    sentence text not null,
    place text not null,
    found_at bigint not null,
    state text not null,
    decided_at bigint,
    decided_by text,
    reason text,
    unique (entry_id, field, kind, to_key)
);

create index relation_proposal_open on relation_proposal (site_id, state, id);
