-- Opinions: how they came, who of the office took down those on paper, and which are the same words.
alter table submission add column channel text not null default 'web';
alter table submission add column recorded_by text;
alter table submission add column alike text;

create index submission_alike on submission (about, alike);
