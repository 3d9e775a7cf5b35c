-- Who is signed in on the admin host and looks at another site: by a cookie of that site's host alone, which lives as
-- long as the session, and which they are given for a code that is used once. Of both there is only the SHA-256.
create table session_elsewhere (
    token_hash text not null primary key,
    session_id text not null,
    host text not null,
    made_at bigint not null,
    -- It is a code until then; none once it was handed in.
    code_until bigint
);

create index session_elsewhere_session on session_elsewhere (session_id);
