-- What citizens send along: files, until an entry names them, and an address that its bearer has confirmed. Contents that
-- nothing holds any more.

-- When an entry named the file; none while its form is not sent.
alter table upload add column taken_at bigint;

create index upload_at on upload (at);

-- When a file was erased: immutable texts name it still, and nothing but its number is left.
alter table file add column erased_at bigint;

-- Contents that no file has any more, until they are off the shelf. While one is `going` nothing that has it is kept.
create table loose_content (
    hash text not null primary key,
    since bigint not null,
    going bigint not null
);

-- When the sender opened the link that was mailed to the address they gave: answers are mailed there since then.
alter table submission add column mail_confirmed_at bigint;
