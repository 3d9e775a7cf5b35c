-- Which derived index table answers for a collection. An empty table name: none is built yet.

create table index_pointer (
    collection text not null primary key,
    hash text not null,
    table_name text not null,
    built_at text not null
);
