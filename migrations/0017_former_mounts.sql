-- Paths that a section had on a site before it moved to another: what was linked there leads on.
create table former_mount (
    site_id text not null references site (id),
    mount text not null,
    plugin text not null,
    at bigint not null,
    primary key (site_id, mount)
);
