-- What plugins keep for themselves on a site, and what the operator has set for them there.

create table plugin_kv (
    plugin text not null,
    site_id text not null references site (id),
    key text not null,
    value text not null,
    bytes bigint not null,
    step bigint not null,
    updated_at bigint not null,
    primary key (plugin, site_id, key)
);

-- How much that is; its row is held by whoever changes the values.
create table plugin_kv_use (
    plugin text not null,
    site_id text not null references site (id),
    keys bigint not null,
    bytes bigint not null,
    step bigint not null,
    primary key (plugin, site_id)
);

create table plugin_setting (
    plugin text not null,
    site_id text not null references site (id),
    name text not null,
    value text not null,
    is_sealed bigint not null,
    set_at bigint not null,
    set_by text not null,
    primary key (plugin, site_id, name)
);
