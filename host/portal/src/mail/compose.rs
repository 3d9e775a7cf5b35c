//! What a message says, in the theme's words, and to whom it goes, as of the moment in which it is sent.

use dinh_domain::dates::{Instant, Zone};
use dinh_domain::ids::EntryId;
use dinh_domain::site::{Site, SiteState};
use dinh_domain::visibility::{Actor, Purpose};
use dinh_outbound::Letter;
use dinh_package::Envelope;
use dinh_render::Theme;
use dinh_store::{StoredMail, Submission, Subscription};

use super::{Says, sealed_for};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::submission::MAIL_SEAL;
use crate::subscription::{CONFIRM_PATH, CONFIRM_WITHIN_H, END_PATH, Held, SubscribedTo};
use crate::visit::{LANGUAGE, Visit};

/// Where a sender looks a code up, and above the secret links.
const TRACKING_PATH: &str = "/theo-doi";
/// Longest sentence about an entry, in characters.
const SUMMARY_CHARS_MAX: usize = 240;
/// Longest text of a stranger that a message repeats, in characters.
const NAME_CHARS_MAX: usize = 160;

/// A message, ready.
pub(super) enum Composed {
    /// To be sent.
    Letter(Letter),
    /// Whoever it was for has gone, or what it was about.
    Nobody,
    /// Its site does not answer.
    NotNow,
}

/// Where a message is written.
struct Desk<'a> {
    theme: &'a Theme,
    site: Site,
    /// How the site's addresses begin.
    origin: String,
}

/// The text of a message and what stands around it.
struct Draft {
    subject: String,
    text: String,
    to: String,
    unsubscribe: Option<String>,
}

impl Portal {
    pub(super) async fn composed(
        &self,
        theme: &Theme,
        mail: &StoredMail,
    ) -> Result<Composed, Failure> {
        let envelope = Envelope {
            data_key: mail.data_key.clone(),
            sealed: mail.sealed.clone(),
        };
        let opened = self
            .seal_key()
            .open_envelope(&sealed_for(&mail.id), &envelope)
            .map_err(Failure::internal)?;
        let says: Says = serde_json::from_str(&opened).map_err(Failure::internal)?;
        let directory = self.directory().await?;
        let (Some(site), Some(options)) = (directory.site(&mail.site), &self.parts().mail) else {
            return Ok(Composed::Nobody);
        };
        if site.state != SiteState::Live {
            return Ok(Composed::NotNow);
        }
        let desk = Desk {
            theme,
            origin: (options.origin)(&site.host),
            site: site.clone(),
        };
        let draft = match (&mail.entry, &mail.subscription) {
            (Some(entry), _) => self.to_sender(&desk, entry, &says).await?,
            (None, Some(id)) => self.to_subscriber(&desk, id, &says).await?,
            (None, None) => None,
        };
        let Some(draft) = draft else {
            return Ok(Composed::Nobody);
        };
        Ok(Composed::Letter(Letter {
            id: mail.id.clone(),
            from_name: desk.site.name.clone(),
            to: draft.to,
            subject: draft.subject,
            text: draft.text + &desk.words("mail.end", &[]),
            unsubscribe: draft.unsubscribe,
        }))
    }

    /// To whoever sent an entry; none where no address of theirs is kept.
    async fn to_sender(
        &self,
        desk: &Desk<'_>,
        id: &EntryId,
        says: &Says,
    ) -> Result<Option<Draft>, Failure> {
        let Some(sending) = self.store().submission_of(id).await? else {
            return Ok(None);
        };
        let Some(entry) = self.store().whole_desk_entry(id).await? else {
            return Ok(None);
        };
        let known = &entry.working.entry;
        let Some(to) = self.sender_address(id, &known.collection).await? else {
            return Ok(None);
        };
        let (title, code) = (
            desk.named(&known.title, "mail.untitled"),
            sending.code.as_str(),
        );
        let title = title.as_str();
        let tracking = format!("{}{TRACKING_PATH}", desk.origin);
        let (subject, text) = match says {
            Says::Receipt { token } => {
                let seal = self.mail_seal(id, &to)?;
                let link = format!("{tracking}/{token}?{MAIL_SEAL}={seal}");
                let at = desk.time(sending.sent_at);
                let values = [
                    ("title", title),
                    ("code", code),
                    ("at", &at),
                    ("link", &link),
                ];
                (
                    desk.words("mail.receipt_subject", &[("code", code)]),
                    desk.words("mail.receipt", &values),
                )
            }
            Says::Step { what, reason, at } => {
                let (at, link) = (desk.time(Instant(*at)), format!("{tracking}?ma={code}"));
                let values = [
                    ("title", title),
                    ("code", code),
                    ("at", &at),
                    ("what", what),
                    ("reason", reason),
                    ("link", &link),
                ];
                let key = match reason.is_empty() {
                    true => "mail.step",
                    false => "mail.step_with_reason",
                };
                (
                    desk.words("mail.step_subject", &[("code", code), ("what", what)]),
                    desk.words(key, &values),
                )
            }
            Says::Answer => {
                let Some(answer) = self.private_answer(&entry).await? else {
                    return Ok(None);
                };
                let link = format!("{tracking}?ma={code}");
                answered(desk, (&sending, title), &answer, &link)
            }
            Says::Confirm { .. } | Says::Known | Says::News { .. } => return Ok(None),
        };
        Ok(Some(Draft {
            subject,
            text,
            to,
            unsubscribe: None,
        }))
    }

    /// To whoever has a subscription; none where it has ended, or nothing is left to say.
    async fn to_subscriber(
        &self,
        desk: &Desk<'_>,
        id: &str,
        says: &Says,
    ) -> Result<Option<Draft>, Failure> {
        let Some(known) = self.store().subscription(id).await? else {
            return Ok(None);
        };
        let Held { address, end } = self.subscriber(&known)?;
        let directory = self.directory().await?;
        let visit = self.visit(&directory, desk.site.clone(), Actor::Visitor)?;
        let Some(mut about) = self.subscribed_to(&visit, &known).await? else {
            return Ok(None);
        };
        about.label = desk.named(&about.label, "mail.unnamed");
        let end = format!("{}{END_PATH}{end}", desk.origin);
        let subject = |key| desk.words(key, &[("about", &about.label)]);
        let (subject, text) = match says {
            Says::Confirm { token } if known.confirmed_at.is_none() => {
                let link = format!("{}{CONFIRM_PATH}{token}", desk.origin);
                let hours = CONFIRM_WITHIN_H.to_string();
                let values = [
                    ("about", about.label.as_str()),
                    ("link", &link),
                    ("hours", &hours),
                ];
                (
                    subject("mail.confirm_subject"),
                    desk.words("mail.confirm", &values),
                )
            }
            Says::Known if known.confirmed_at.is_some() => {
                let values = [("about", about.label.as_str()), ("end", &end)];
                (
                    subject("mail.known_subject"),
                    desk.words("mail.known", &values),
                )
            }
            Says::News { entries, more } if known.confirmed_at.is_some() => {
                let list = self.news_lines(&visit, &known, entries, desk).await?;
                if list.is_empty() {
                    return Ok(None);
                }
                news(desk, (&about, known.entry.is_some()), (&list, *more), &end)
            }
            _ => return Ok(None),
        };
        Ok(Some(Draft {
            subject,
            text,
            to: address,
            unsubscribe: matches!(says, Says::News { .. } | Says::Known).then_some(end),
        }))
    }

    /// Those entries that everybody may read now, each with its address: what was withdrawn since is not among them.
    async fn news_lines(
        &self,
        visit: &Visit,
        known: &Subscription,
        entries: &[EntryId],
        desk: &Desk<'_>,
    ) -> Result<Vec<String>, Failure> {
        let Some(here) = self.here_in(visit, &known.collection) else {
            return Ok(Vec::new());
        };
        let scope = visit.scope(Purpose::List);
        let scope = scope.only(&here.id).only_site(&known.site);
        let found = self
            .store()
            .list_of(&scope, &here.id, here.collection, entries)
            .await?;
        let lines = found.iter().filter_map(|found| {
            let it = &found.headline;
            let way = visit.way(&it.site, &it.collection, it.slug.as_str(), &it.title)?;
            let words: Vec<&str> = found.summary.split_whitespace().collect();
            let summary: String = words.join(" ").chars().take(SUMMARY_CHARS_MAX).collect();
            let summary = match summary.as_str() {
                "" => String::new(),
                summary => format!("  {summary}\n"),
            };
            let (title, origin) = (it.title.trim(), &desk.origin);
            Some(format!("- {title}\n{summary}  {origin}{}", way.path))
        });
        Ok(lines.collect())
    }
}

/// Subject and text of an answer. Whoever has an address that nobody confirmed may not be the one who sent something: they
/// are told that there is an answer.
fn answered(
    desk: &Desk<'_>,
    (sending, title): (&Submission, &str),
    answer: &[(String, String)],
    link: &str,
) -> (String, String) {
    let code = sending.code.as_str();
    let lines = answer.iter();
    let lines = lines.map(|(label, value)| format!("{label}: {value}"));
    let lines = lines.collect::<Vec<_>>().join("\n");
    let values = [
        ("title", title),
        ("code", code),
        ("answer", &lines),
        ("link", link),
    ];
    let key = match sending.mail_confirmed_at {
        Some(_) => "mail.answer",
        None => "mail.answer_waits",
    };
    (
        desk.words("mail.answer_subject", &[("code", code)]),
        desk.words(key, &values),
    )
}

/// Subject and text about what became public, or about a change of the one entry that somebody follows.
fn news(
    desk: &Desk<'_>,
    (about, is_of_entry): (&SubscribedTo, bool),
    (list, more): (&[String], u64),
    end: &str,
) -> (String, String) {
    let (subject, text) = match is_of_entry {
        true => ("mail.changed_subject", "mail.changed"),
        false => ("mail.news_subject", "mail.news"),
    };
    let rest = match more {
        0 => String::new(),
        more => desk.words("mail.news_more", &[("more", &more.to_string())]),
    };
    let (list, path) = (list.join("\n"), format!("{}{}", desk.origin, about.path));
    let values = [
        ("about", about.label.as_str()),
        ("list", &list),
        ("rest", &rest),
        ("path", &path),
        ("end", end),
    ];
    (
        desk.words(subject, &[("about", &about.label)]),
        desk.words(text, &values),
    )
}

/// Whether a mail program could make a link of a part of a text: an address, or a name with a dot before a letter.
fn leads_somewhere(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let is_name = letters.windows(3).any(|it| {
        matches!(it, [before, '.', after] if before.is_alphanumeric() && after.is_alphabetic())
    });
    is_name || text.contains("://") || text.contains('@')
}

impl Desk<'_> {
    /// The theme's words; the site and its address may stand in all of them.
    fn words(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut all = vec![("site", self.site.name.as_str()), ("home", &self.origin)];
        all.extend(values);
        self.theme.texts(LANGUAGE, key, &all)
    }

    /// What a stranger may have typed, or other words for it. Whoever sends or subscribes may give somebody else's
    /// address: a text that leads somewhere is not repeated to them.
    fn named(&self, text: &str, instead: &str) -> String {
        let text: String = text.trim().chars().take(NAME_CHARS_MAX).collect();
        match leads_somewhere(&text) {
            true => self.words(instead, &[]),
            false => text,
        }
    }

    /// `08:15 ngày 27/11/2026`, on the site's clock.
    fn time(&self, at: Instant) -> String {
        let zone: Zone = self.site.zone();
        let (time, date) = (at.time_in(&zone), at.date_in(&zone).to_vietnamese());
        self.theme
            .texts(LANGUAGE, "mail.time", &[("time", &time), ("date", &date)])
    }
}

#[cfg(test)]
mod tests;
