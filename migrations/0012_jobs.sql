-- Work of plugins that nobody waits for: what was enqueued, whose turn it is, and when the clock was last followed.

-- A row is a job: waiting, under way while somebody holds its lease, or given up until an operator decides.
create table plugin_job (
    id text not null primary key,
    plugin text not null,
    site_id text not null references site (id),
    name text not null,
    key text,
    payload text not null,
    bytes bigint not null,
    cursor text,
    attempt bigint not null,
    steps bigint not null,
    state text not null,
    not_before bigint not null,
    leased_by text not null,
    lease_until bigint not null,
    is_renewed bigint not null,
    last_error text not null,
    enqueued_at bigint not null
);

-- Of one name and key there is one job.
create unique index plugin_job_key on plugin_job (plugin, site_id, name, key);

create index plugin_job_due on plugin_job (state, site_id, plugin, not_before);

-- The number of the last turn: who had his longest ago is next.
create table plugin_job_turn (
    site_id text not null references site (id),
    plugin text not null,
    turn bigint not null,
    primary key (site_id, plugin)
);

-- The instant for which a job that follows the clock was last enqueued.
create table plugin_schedule (
    plugin text not null,
    site_id text not null references site (id),
    name text not null,
    due_at bigint not null,
    primary key (plugin, site_id, name)
);
