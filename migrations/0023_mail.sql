-- Messages by mail, and who subscribed to what.

-- A row is a message that waits, or that was given up. It holds no address: whose it is says `entry_id` (what a citizen
-- sent) or `subscription_id`, and the address is read there when the message is sent. `sealed` is what it says, since that
-- may be a secret link; both sealed columns are empty where it says no more than its kind.
create table outbox (
    id text not null primary key,
    kind text not null,
    site_id text not null references site (id),
    entry_id text references entry (id),
    subscription_id text,
    data_key text not null,
    sealed text not null,
    -- 0 where somebody waits for it, 1 where nobody does.
    place bigint not null,
    state text not null,
    due_at bigint not null,
    attempt bigint not null,
    leased_by text not null,
    lease_until bigint not null,
    last_error text not null,
    written_at bigint not null
);

create index outbox_due on outbox (state, place, due_at);

create index outbox_entry on outbox (entry_id);

create index outbox_subscription on outbox (subscription_id);

-- Somebody who wants to know what is new in a list, or of one entry. `sealed` holds the address and the secret of the
-- link that ends it; `address_hash` is keyed, and finds the same address again. `target` names what it is about.
create table subscription (
    id text not null primary key,
    site_id text not null references site (id),
    collection text not null,
    filter text not null,
    entry_id text references entry (id),
    target text not null,
    address_hash text not null,
    data_key text not null,
    sealed text not null,
    end_hash text not null unique,
    -- None once it was confirmed.
    confirm_hash text unique,
    consent text not null,
    asked_at bigint not null,
    confirmed_at bigint,
    -- Number of the last change that it was told of.
    seen bigint not null,
    mailed_at bigint,
    unique (site_id, target, address_hash)
);

create index subscription_address on subscription (address_hash);

-- What became public where somebody had subscribed, by the number of the change. `is_new` where it never was before.
create table announcement (
    number bigint not null primary key,
    at bigint not null,
    site_id text not null,
    collection text not null,
    entry_id text not null references entry (id),
    first_published_at bigint not null,
    is_new bigint not null
);

create index announcement_of on announcement (site_id, collection, number);

create index announcement_entry on announcement (entry_id);

-- The number of the last change of which announcements were made.
insert into counter (name, value) select 'announced', value from counter where name = 'change'
on conflict (name) do nothing;
