-- Roles that are lent for a time, whose work an entry is, and what becomes so of organisations.

-- `from_date` and `until_date` are days at the seat; both are part of the time. It holds while the lender has the
-- role and an account in use, and until it is ended.
create table delegation (
    id text not null primary key,
    from_account text not null references account (id),
    to_account text not null references account (id),
    role text not null,
    organisation_id text not null references organisation (id),
    from_date text not null,
    until_date text not null,
    made_at bigint not null,
    made_by text not null,
    ended_at bigint,
    ended_by text
);

create index delegation_to on delegation (to_account, until_date);
create index delegation_from on delegation (from_account, until_date);

-- In whose place a step was taken.
alter table transition add column acting_for text;

create index desk_assignee on desk (assignee);

-- What inspectors look for.
create index audit_actor on audit (actor, number);
create index audit_act on audit (act, number);
create index audit_site on audit (site_id, number);
create index audit_at on audit (at);

-- What became so of organisations, from a day on, by which act; never changed. It may know more of them than
-- the table `organisation`, which holds those that the portal serves, as they stand today.
create table organisation_change (
    number bigint not null primary key,
    organisation_id text not null,
    on_date text not null,
    change text not null,
    act text not null,
    recorded_at bigint not null,
    recorded_by text not null
);

create index organisation_change_of on organisation_change (organisation_id, on_date);

--! append-only organisation_change number

-- Held by whoever records a change: what is checked is what is recorded.
insert into counter (name, value) values ('organisation', 0);
