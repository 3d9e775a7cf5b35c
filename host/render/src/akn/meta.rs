//! Identification, life, references.

use super::write::Xml;
use super::{Act, token};

/// Who says what is said in the metadata.
const SOURCE: (&str, &str) = ("source", "#publisher");

pub(super) fn write(act: &Act, xml: &mut Xml) {
    xml.open("meta", &[]);
    identification(act, xml);
    let posted = [
        ("date", act.posted_on.as_str()),
        ("name", "portal"),
        ("showAs", &act.publisher.name),
        ("number", &act.number),
    ];
    xml.empty("publication", &posted);
    classification(act, xml);
    lifecycle(act, xml);
    analysis(act, xml);
    temporal_data(act, xml);
    references(act, xml);
    xml.close("meta");
}

impl Act {
    /// `/akn/vn/act/{kind}/{body}/{date}/{number}`, the standard's naming convention.
    fn work(&self) -> String {
        format!(
            "/akn/{}/act/{}/{}/{}/{}",
            self.country,
            token(&self.kind.id),
            token(&self.author.id),
            self.date,
            token(&self.number_slug)
        )
    }
}

fn identification(act: &Act, xml: &mut Xml) {
    let work = act.work();
    let expression = format!("{work}/{}@{}", act.language, act.date);
    xml.open("identification", &[SOURCE]);
    xml.open("FRBRWork", &[]);
    frbr(xml, &format!("{work}/!main"), &work);
    xml.empty("FRBRalias", &[("value", &act.page), ("name", "page")]);
    if let Some(eli) = &act.eli {
        xml.empty("FRBRalias", &[("value", eli), ("name", "eli")]);
    }
    dated(xml, &act.date, act.date_name, "#issuer", "#author");
    xml.empty("FRBRcountry", &[("value", &act.country)]);
    xml.empty("FRBRsubtype", &[("value", &token(&act.kind.id))]);
    xml.empty("FRBRnumber", &[("value", &act.number)]);
    if !act.kind.name.is_empty() {
        xml.empty("FRBRname", &[("value", &act.kind.name)]);
    }
    xml.close("FRBRWork");
    xml.open("FRBRExpression", &[]);
    frbr(xml, &format!("{expression}/!main"), &expression);
    dated(xml, &act.date, act.date_name, "#issuer", "#author");
    xml.empty("FRBRlanguage", &[("language", &act.language)]);
    xml.close("FRBRExpression");
    xml.open("FRBRManifestation", &[]);
    frbr(
        xml,
        &format!("{expression}/!main.xml"),
        &format!("{expression}.akn"),
    );
    xml.empty("FRBRalias", &[("value", &act.own), ("name", "url")]);
    dated(xml, &act.changed_on, "markup", "#publisher", "#editor");
    xml.empty("FRBRformat", &[("value", "application/akn+xml")]);
    xml.close("FRBRManifestation");
    xml.close("identification");
}

fn frbr(xml: &mut Xml, this: &str, uri: &str) {
    xml.empty("FRBRthis", &[("value", this)]);
    xml.empty("FRBRuri", &[("value", uri)]);
}

fn dated(xml: &mut Xml, date: &str, name: &str, author: &str, role: &str) {
    xml.empty("FRBRdate", &[("date", date), ("name", name)]);
    xml.empty("FRBRauthor", &[("href", author), ("as", role)]);
}

fn classification(act: &Act, xml: &mut Xml) {
    if act.subjects.is_empty() {
        return;
    }
    xml.open("classification", &[SOURCE]);
    for (at, subject) in (1..).zip(&act.subjects) {
        let keyword = [
            ("eId", format!("keyword_{at}")),
            ("value", token(subject)),
            ("showAs", subject.clone()),
            ("dictionary", "#publisher".to_owned()),
        ];
        let keyword = keyword
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect::<Vec<_>>();
        xml.empty("keyword", &keyword);
    }
    xml.close("classification");
}

/// Events: made, in force, out of force.
fn lifecycle(act: &Act, xml: &mut Xml) {
    xml.open("lifecycle", &[SOURCE]);
    let made = [
        ("eId", "event_made"),
        ("date", act.date.as_str()),
        ("source", "#original"),
        ("type", "generation"),
    ];
    xml.empty("eventRef", &made);
    if let Some(date) = &act.in_force_from {
        let begins = [
            ("eId", "event_in_force"),
            ("date", date.as_str()),
            ("source", "#original"),
            ("refersTo", "#in-force"),
        ];
        xml.empty("eventRef", &begins);
    }
    if let Some(date) = &act.in_force_until {
        let ends = [
            ("eId", "event_ended"),
            ("date", date.as_str()),
            ("source", "#original"),
            ("type", "repeal"),
        ];
        xml.empty("eventRef", &ends);
    }
    xml.close("lifecycle");
}

/// What this document does to others, and what others do to it.
fn analysis(act: &Act, xml: &mut Xml) {
    let modifies = |outgoing: bool| {
        let all = act
            .references
            .iter()
            .filter(move |it| it.outgoing == outgoing);
        all.filter_map(|it| Some((it, it.modification?)))
            .collect::<Vec<_>>()
    };
    let (active, passive) = (modifies(true), modifies(false));
    if active.is_empty() && passive.is_empty() {
        return;
    }
    xml.open("analysis", &[SOURCE]);
    let groups = [
        ("activeModifications", "amod", active),
        ("passiveModifications", "pmod", passive),
    ];
    for (group, id, modifications) in groups {
        if modifications.is_empty() {
            continue;
        }
        xml.open(group, &[]);
        for (at, (other, (element, kind))) in (1..).zip(modifications) {
            let id = format!("{id}_{at}");
            xml.open(element, &[("type", kind), ("eId", &id)]);
            let (source, destination) = if other.outgoing {
                (act.page.as_str(), other.href.as_str())
            } else {
                (other.href.as_str(), act.page.as_str())
            };
            xml.empty("source", &[("href", source)]);
            xml.empty("destination", &[("href", destination)]);
            xml.close(element);
        }
        xml.close(group);
    }
    xml.close("analysis");
}

fn temporal_data(act: &Act, xml: &mut Xml) {
    if act.in_force_from.is_none() {
        return;
    }
    xml.open("temporalData", &[SOURCE]);
    xml.open("temporalGroup", &[("eId", "period_in_force")]);
    let mut interval = vec![("start", "#event_in_force"), ("refersTo", "#in-force")];
    if act.in_force_until.is_some() {
        interval.push(("end", "#event_ended"));
    }
    xml.empty("timeInterval", &interval);
    xml.close("temporalGroup");
    xml.close("temporalData");
}

fn references(act: &Act, xml: &mut Xml) {
    xml.open("references", &[SOURCE]);
    let named = |xml: &mut Xml, element: &str, id: &str, href: &str, name: &str| {
        xml.empty(element, &[("eId", id), ("href", href), ("showAs", name)]);
    };
    let title = format!("{} {}", act.kind.name, act.number);
    named(xml, "original", "original", &act.work(), title.trim());
    for (at, other) in (1..).zip(&act.references) {
        let element = if other.outgoing {
            "activeRef"
        } else {
            "passiveRef"
        };
        named(
            xml,
            element,
            &format!("ref_{at}"),
            &other.href,
            &other.label,
        );
    }
    let issuer = format!(
        "/akn/ontology/organization/{}/{}",
        act.country,
        token(&act.author.id)
    );
    named(xml, "TLCOrganization", "issuer", &issuer, &act.author.name);
    let publisher = &act.publisher;
    named(
        xml,
        "TLCOrganization",
        "publisher",
        &publisher.id,
        &publisher.name,
    );
    if !act.signer.is_empty() {
        let href = "/akn/ontology/person/signer";
        named(xml, "TLCPerson", "signer", href, &act.signer);
        if !act.signer_role.is_empty() {
            let href = "/akn/ontology/role/signer";
            named(xml, "TLCRole", "signer-role", href, &act.signer_role);
        }
    }
    named(
        xml,
        "TLCRole",
        "author",
        "/akn/ontology/role/author",
        "author",
    );
    named(
        xml,
        "TLCRole",
        "editor",
        "/akn/ontology/role/editor",
        "editor",
    );
    if act.in_force_from.is_some() {
        let href = "/akn/ontology/concept/in-force";
        named(xml, "TLCConcept", "in-force", href, "in force");
    }
    xml.close("references");
}
