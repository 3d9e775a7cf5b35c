-- What was read of attached files, by their content: a file that comes twice is read once.

create table file_text (
    hash text not null primary key,
    version bigint not null,
    state text not null,
    chars bigint not null,
    read_at bigint not null,
    content text not null
);

create index file_text_of_state on file_text (state);
