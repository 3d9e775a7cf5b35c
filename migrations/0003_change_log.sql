-- The change log takes its numbers from one row that every transaction updates last, so that the
-- order of numbers is the order of commits.

create table counter (
    name text not null primary key,
    value bigint not null
);

insert into counter (name, value) values ('change', 0);

create table change_log (
    number bigint not null primary key,
    at bigint not null,
    kind text not null,
    site_id text,
    entry_id text,
    actor text not null,
    detail text not null
);
