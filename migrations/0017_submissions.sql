-- What citizens send: what their entry says nobody else, and how they follow it.

-- Fields of an entry that are no part of its text. `data_key` is sealed with the key of secrets, `sealed` with that
-- data key; both are bound to the entry. A row that is gone was erased: nothing else holds what it held.
create table entry_private (
    entry_id text not null primary key references entry (id),
    data_key text not null,
    sealed text not null
);

-- `code` is what people read out at the counter, `token_hash` that of the link they were given. `consent` is what they
-- agreed to, word by word; `proof` the puzzle that their browser solved, which no other sending may use.
create table submission (
    entry_id text not null primary key references entry (id),
    site_id text not null references site (id),
    code text not null,
    token_hash text not null unique,
    sent_at bigint not null,
    form text not null,
    consent text not null,
    proof text unique,
    about text references entry (id),
    unique (site_id, code)
);

create index submission_about on submission (about);

-- What was erased on request: done again after an older copy of the database was restored.
create table erasure (
    entry_id text not null primary key,
    at bigint not null,
    actor text not null,
    ground text not null,
    taken_back bigint not null
);

alter table transition add column reason_kind text not null default '';
