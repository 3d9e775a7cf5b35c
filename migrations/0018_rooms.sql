-- Paths that a section had on a site before it moved to another: what was linked there leads on.
create table former_mount (
    site_id text not null references site (id),
    mount text not null,
    plugin text not null,
    at bigint not null,
    primary key (site_id, mount)
);

-- A version of a plugin that waits until somebody agrees to what it asks for.
create table plugin_waiting (
    plugin text not null primary key,
    version text not null,
    package_hash text not null,
    package_bytes bigint not null,
    manifest_hash text not null,
    at bigint not null,
    brought_by text not null
);
