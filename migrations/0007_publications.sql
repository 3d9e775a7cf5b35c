-- What was ever published: the hash of each revision's content, so that a saved copy can be verified, and
-- the address of legislation under which it was published, so that it leads somewhere for ever.

create table publication (
    revision_id text not null primary key references entry_revision (id),
    entry_id text not null references entry (id),
    site_id text not null references site (id),
    at bigint not null,
    hash text not null,
    eli text
);

create index publication_hash on publication (hash);

create index publication_eli on publication (site_id, eli);

create index publication_of_entry on publication (entry_id);
