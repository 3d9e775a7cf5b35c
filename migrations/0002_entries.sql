-- Entries, their immutable revisions, their addresses, files and edges.

create table entry (
    id text not null primary key,
    site_id text not null references site (id),
    collection text not null,
    slug text not null,
    language text not null,
    translation_of text references entry (id),
    import_key text,
    organisation_id text not null references organisation (id),
    created_at bigint not null,
    changed_at bigint not null,
    state text not null,
    working_revision text not null,
    published_revision text,
    published_at bigint,
    first_published_at bigint,
    first_published_by text,
    clock_started_on text,
    withdrawn_at bigint,
    withdrawn_reason text,
    withdrawn_successor text,
    deleted_at bigint,
    unique (site_id, collection, slug),
    unique (site_id, collection, import_key)
);

create index entry_of_collection on entry (collection, id);

create index entry_newest on entry (site_id, collection, first_published_at);

create table entry_revision (
    id text not null primary key,
    entry_id text not null references entry (id),
    number bigint not null,
    title text not null,
    author text not null,
    source text not null,
    lifted_gates text not null,
    made_at bigint not null,
    made_by text not null,
    body text not null,
    unique (entry_id, number)
);

-- Every slug that was ever used, with the one entry it belongs to for ever.
create table slug_claim (
    site_id text not null,
    collection text not null,
    slug text not null,
    entry_id text not null references entry (id),
    primary key (site_id, collection, slug)
);

create table path_alias (
    site_id text not null,
    path text not null,
    entry_id text not null references entry (id),
    at bigint not null,
    primary key (site_id, path)
);

-- Codes of published entries: what edges are resolved by.
create table entry_code (
    entry_id text not null references entry (id),
    site_id text not null,
    collection text not null,
    field text not null,
    code_key text not null,
    code text not null,
    primary key (entry_id, field)
);

create index entry_code_found on entry_code (collection, field, code_key);

-- Edges of published revisions. `to_entry` is the host's guess, renewed when a target appears.
create table entry_link (
    entry_id text not null references entry (id),
    place bigint not null,
    site_id text not null,
    field text not null,
    kind text not null,
    to_collection text not null,
    to_field text not null,
    to_key text not null,
    to_code text not null,
    label text not null,
    to_entry text,
    primary key (entry_id, place)
);

create index entry_link_incoming on entry_link (to_entry);

create index entry_link_open on entry_link (to_collection, to_field, to_key);

create table file (
    id text not null primary key,
    site_id text not null references site (id),
    hash text not null,
    name text not null,
    media_type text not null,
    size_bytes bigint not null,
    created_at bigint not null
);

create index file_hash on file (hash);

create table entry_file (
    revision_id text not null references entry_revision (id),
    file_id text not null references file (id),
    entry_id text not null references entry (id),
    primary key (revision_id, file_id)
);

create index entry_file_of_file on entry_file (file_id);
