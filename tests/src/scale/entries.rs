//! Documents of a commune and what citizens told it: most are public, the others are somewhere on the desk.

use dinh_domain::body::{Unknown, check};
use dinh_domain::dates::{Instant, LocalDate, Zone};
use dinh_domain::declaration::Declaration;
use dinh_domain::entry::Body;
use dinh_domain::ids::{AccountId, CollectionId, OrganisationId, RevisionId, SiteId, Slug};
use dinh_store::{
    ActorKind, Desk, NewAudit, NewEntry, NewRevision, Publication, Transition, WriteTx,
    new_entry_id, new_revision_id,
};
use serde_json::{Value, json};

use super::people::person;
use super::places::{commune, name};
use super::{Scale, one};
use crate::draft::COLLECTION;

/// What citizens tell, of which each third entry is one.
const REMARKS: &str = "feedback/remark";
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// States of twenty entries; the rest is public.
const STATES: [(&str, Option<i64>); 20] = {
    let mut all = [("published", None); 20];
    all[3] = ("draft", None);
    all[8] = ("submitted", Some(DAY));
    all[13] = ("submitted", Some(-2 * DAY));
    all[18] = ("returned", Some(3 * DAY));
    all
};
const SUBJECTS: [&str; 11] = [
    "giao thông nông thôn",
    "thủy lợi nội đồng",
    "phòng cháy chữa cháy rừng",
    "rác thải sinh hoạt",
    "hỗ trợ hộ nghèo",
    "tiêm phòng đàn gia súc",
    "quản lý chợ",
    "dạy nghề cho lao động",
    "bảo tồn di tích khởi nghĩa",
    "nuôi gà đồi",
    "cấp nước sạch",
];
const VERBS: [&str; 7] = [
    "ban hành quy định về",
    "phê duyệt kế hoạch",
    "giao chỉ tiêu",
    "tăng cường công tác",
    "tổ chức thực hiện",
    "sửa đổi mức hỗ trợ",
    "công bố kết quả",
];

/// One entry.
struct Made {
    collection: CollectionId,
    number: usize,
    commune: usize,
    at: Instant,
    author: AccountId,
}

pub(super) async fn make(
    scale: &Scale,
    tx: &mut WriteTx,
    declarations: &[Declaration],
    commune: usize,
) {
    for number in 0..scale.entries {
        let named = if number % 3 == 2 { REMARKS } else { COLLECTION };
        let collection = CollectionId::parse(named).unwrap();
        let mut found = declarations.iter();
        let declaration = found.find(|it| it.manifest.id == *collection.plugin());
        let declaration = declaration.unwrap();
        // What waits is of every age.
        let place = (number * 7 + commune * 3) % scale.entries;
        let age = i64::try_from(place * 9 + commune % 9).unwrap() * DAY + HOUR;
        let one = Made {
            collection,
            number,
            commune,
            at: Instant(scale.at.0 - age),
            author: person(Some(commune), 1 + number % 2),
        };
        put(scale, tx, declaration, one).await;
    }
}

async fn put(scale: &Scale, tx: &mut WriteTx, declaration: &Declaration, one: Made) {
    let declared = &declaration.collections[one.collection.name()];
    let (state, due) = one.state();
    let today = one.at.date_in(&Zone::default());
    let body = one.body(today);
    let body = check(declaration, declared, body, Unknown::Refuse).unwrap();
    let (new, revision) = (one.entry(), one.revision(state, body));
    let revision_id = revision.id.clone();
    match state {
        "published" => {
            let publication = Publication {
                entry: new.id.clone(),
                revision: revision_id.clone(),
                state: state.to_owned(),
                at: one.at,
                by: person(Some(one.commune), 0).to_string(),
                clock_started_on: Some(today),
            };
            let day = scale.at.date_in(&Zone::default());
            let made = tx.create_public(&new, revision, &publication, declared, day.into());
            made.await.unwrap();
        }
        _ => tx.create_entry(&new, &revision).await.unwrap(),
    }
    let desk = Desk {
        author: one.is_written().then(|| one.author.clone()),
        waiting_since: Some(one.at),
        due_at: due.map(|from_now| Instant(scale.at.0 + from_now)),
        ..Desk::default()
    };
    tx.set_desk(&new.id, &desk).await.unwrap();
    one.history(tx, &new, &revision_id, state).await;
}

impl Made {
    /// By somebody who works there.
    fn is_written(&self) -> bool {
        self.collection.to_string() == COLLECTION
    }

    /// And by when the next step is due, from now.
    fn state(&self) -> (&'static str, Option<i64>) {
        match STATES[self.number % STATES.len()] {
            (state, due) if self.is_written() || state == "published" => (state, due),
            (_, due) => ("received", due),
        }
    }

    fn subject(&self) -> String {
        let number = self.number + self.commune;
        format!(
            "{} {} tại {}",
            one(&VERBS, number),
            one(&SUBJECTS, number / 2),
            name(self.commune)
        )
    }

    fn body(&self, today: LocalDate) -> Body {
        let subject = self.subject();
        let value = match self.is_written() {
            false => json!({
                "topic": "missing",
                "subject": subject,
                "words": format!("Xin cho biết thêm về {}.", one(&SUBJECTS, self.number)),
                "received_on": today,
            }),
            true => json!({
                "kind": "quyet-dinh",
                "number": format!("{}/QĐ-UBND", self.number + 1),
                "issuer": format!("Ủy ban nhân dân {}", name(self.commune)),
                "issued_on": today,
                "effective_on": today,
                "abstract": format!("Về việc {subject}"),
                "validity": "in-force",
                "text": format!(
                    "Điều 1. Phạm vi\nQuyết định này về {} áp dụng trên địa bàn {}.\nĐiều 2. Thi hành\nVăn phòng chịu trách nhiệm {}.",
                    one(&SUBJECTS, self.number), name(self.commune), one(&VERBS, self.number)
                ),
            }),
        };
        let Value::Object(body) = value else {
            panic!("an object");
        };
        body
    }

    fn entry(&self) -> NewEntry {
        let place = commune(self.commune);
        NewEntry {
            id: new_entry_id(),
            site: SiteId::new(&place).unwrap(),
            collection: self.collection.clone(),
            slug: Slug::new(&format!("muc-{}", self.number + 1)).unwrap(),
            language: "vi".to_owned(),
            translation_of: None,
            import_key: None,
            organisation: OrganisationId::new(&place).unwrap(),
            created_at: self.at,
        }
    }

    fn revision(&self, state: &str, body: Body) -> NewRevision {
        let authority = format!("Ủy ban nhân dân {}", name(self.commune));
        NewRevision {
            id: new_revision_id(),
            state: state.to_owned(),
            title: format!("{} số {}", self.subject(), self.number + 1),
            author: authority.clone(),
            source: authority,
            lifted_gates: Vec::new(),
            body,
            files: Vec::new(),
            made_at: self.at,
            made_by: self.author.to_string(),
        }
    }

    /// How it came into its state, and the act in the audit.
    async fn history(&self, tx: &mut WriteTx, new: &NewEntry, revision: &RevisionId, state: &str) {
        let step = Transition {
            number: 1,
            revision: revision.clone(),
            at: self.at,
            actor: self.author.to_string(),
            action: if state == "submitted" {
                "submit"
            } else {
                "create"
            }
            .to_owned(),
            from: "draft".to_owned(),
            to: state.to_owned(),
            reason: String::new(),
            reason_kind: String::new(),
        };
        tx.add_transition(&new.id, &step).await.unwrap();
        tx.audit(NewAudit {
            at: self.at,
            actor_kind: ActorKind::Account,
            actor: self.author.to_string(),
            origin: "scale".to_owned(),
            act: "entry-created".to_owned(),
            subject_kind: "entry".to_owned(),
            subject: new.id.to_string(),
            site: Some(new.site.clone()),
            before: None,
            after: Some(json!({ "state": state })),
        });
    }
}
