-- The blocks of a site's home page as somebody placed them; of a site without rows they stand as declared. A name that
-- no plugin declares is passed over: its plugin may come back.
create table home_place (
    site_id text not null references site (id),
    block text not null,
    position bigint not null,
    is_hidden bigint not null,
    primary key (site_id, block)
);

-- How often the page of an entry was read in a month, which is named by its first day: a sum, and nothing of who.
create table entry_usage (
    entry_id text not null references entry (id) on delete cascade,
    month text not null,
    views bigint not null,
    primary key (entry_id, month)
);

create index entry_usage_month on entry_usage (month, entry_id);
