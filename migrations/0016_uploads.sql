-- Files that somebody sent with a form that was not saved yet: theirs to name when it is.
create table upload (
    file_id text not null primary key references file (id),
    account text not null,
    at bigint not null
);
