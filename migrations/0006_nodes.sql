-- Several nodes on one database, also while they are of two versions.

-- Whoever changes what is public locks this row first, so that there is one at a time.
insert into counter (name, value) values ('publishing', 0);

-- Index tables of other declarations than the newest: what nodes of the version before still read,
-- and what a way back finds. `used_on` is the last day on which somebody did.
create table index_former (
    collection text not null,
    hash text not null,
    table_name text not null,
    used_on text not null,
    primary key (collection, hash)
);

-- Rows that a node of one declaration could not make for the table of another: its own nodes do.
create table index_behind (
    collection text not null,
    hash text not null,
    entry_id text not null,
    primary key (collection, hash, entry_id)
);
