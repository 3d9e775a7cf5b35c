-- Who did what: one chain of lines, each with the hash of the one before it. What was before and after an act
-- lies in rows of its own, so that personal data can be erased while the chain stays. `audit_head` is the last line.

create table audit (
    number bigint not null primary key,
    at bigint not null,
    actor_kind text not null,
    actor text not null,
    origin text not null,
    act text not null,
    subject_kind text not null,
    subject text not null,
    site_id text,
    payload_hash text not null,
    former_hash text not null,
    hash text not null
);

create index audit_subject on audit (subject_kind, subject, number);

create table audit_payload (
    number bigint not null primary key references audit (number),
    salt text not null,
    was text,
    became text
);

create table audit_head (
    id bigint not null primary key,
    number bigint not null,
    hash text not null
);

insert into audit_head (id, number, hash) values (1, 0, '');

--! append-only audit
--! rising audit_head
