-- Who runs the portal, where it answers, what is enabled there.
-- Portable SQL: `text`, `bigint`, `double precision`. Forward only; expand, then contract.

create table organisation (
    id text not null primary key,
    parent_id text references organisation (id),
    kind text not null,
    name text not null
);

create table site (
    id text not null primary key,
    organisation_id text not null references organisation (id),
    name text not null,
    upper_line text not null,
    introduction text not null,
    state text not null,
    time_zone text not null,
    contact text not null
);

create table site_host (
    host text not null primary key,
    site_id text not null references site (id),
    is_canonical bigint not null,
    position bigint not null
);

create index site_host_of_site on site_host (site_id);

create table module (
    site_id text not null references site (id),
    plugin text not null,
    mount text not null,
    enabled bigint not null,
    share text not null,
    position bigint not null,
    primary key (site_id, plugin)
);

create table plugin_state (
    id text not null primary key,
    state text not null,
    reason text not null,
    at bigint not null
);
