-- People with an account: how they prove who they are, which roles they have, where they are signed in.

-- `name` is what they sign in with, folded. `totp_secret` and
-- `totp_pending` (shown, not yet proved) are sealed; `totp_step` is the last step whose code was
-- taken, so that none is taken twice. `failures` are those from addresses at which they were not signed in before.
create table account (
    id text not null primary key,
    name text not null unique,
    full_name text not null,
    email text not null,
    state text not null,
    password_hash text,
    password_changed_at bigint,
    totp_secret text,
    totp_pending text,
    totp_step bigint not null,
    made_at bigint not null,
    last_seen_at bigint,
    failures bigint not null,
    failed_at bigint,
    locked_until bigint
);

create table account_former_password (
    account_id text not null references account (id),
    password_hash text not null,
    set_at bigint not null,
    primary key (account_id, password_hash)
);

-- An address at which an account was signed in, with the failures there since.
create table account_place (
    account_id text not null references account (id),
    address text not null,
    succeeded_at bigint not null,
    failures bigint not null,
    failed_at bigint,
    locked_until bigint,
    primary key (account_id, address)
);

-- Failures from one address for accounts that are not known there, existing or not.
create table sign_in_address (
    address text not null primary key,
    failures bigint not null,
    failed_at bigint,
    locked_until bigint
);

-- `from_date` and `until_date` are days at the seat; both are part of the time.
create table role_grant (
    account_id text not null references account (id),
    role text not null,
    organisation_id text not null references organisation (id),
    from_date text,
    until_date text,
    given_at bigint not null,
    given_by text not null,
    primary key (account_id, role, organisation_id)
);

-- Of the token there is only its SHA-256.
create table session (
    id text not null primary key,
    token_hash text not null unique,
    account_id text not null references account (id),
    made_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    agent text not null,
    address text not null
);

create index session_account on session (account_id, made_at);

create table invitation (
    account_id text not null primary key references account (id),
    token_hash text not null unique,
    made_at bigint not null,
    expires_at bigint not null,
    made_by text not null
);

-- Held by whoever changes accounts or roles: there is always somebody left who can.
insert into counter (name, value) values ('people', 0);
