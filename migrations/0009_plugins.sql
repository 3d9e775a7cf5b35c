-- Plugins that were installed from packages: whom the operator trusts, what he granted, which version runs.
-- Bundled plugins are in none of these tables.

create table plugin_key (
    id text not null primary key,
    public_key text not null,
    name text not null,
    role text not null,
    line text not null,
    trusted_at bigint not null,
    trusted_by text not null,
    revoked_at bigint,
    revoked_reason text not null
);

create table plugin_version (
    plugin text not null,
    version text not null,
    package_hash text not null,
    package_bytes bigint not null,
    manifest_hash text not null,
    publisher_key text not null references plugin_key (id),
    reviewer_key text,
    hosts text not null,
    grants text not null,
    granted_by text not null,
    installed_at bigint not null,
    primary key (plugin, version)
);

create table plugin_installed (
    plugin text not null primary key,
    line text not null,
    version text not null,
    former text,
    highest text not null,
    state text not null,
    step bigint not null
);
