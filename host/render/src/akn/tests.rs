use super::{Act, Named, Piece, Reference, Structure};

const ARTICLE: Option<(&str, &str)> = Some(("article", "art"));
const CLAUSE: Option<(&str, &str)> = Some(("clause", "cl"));

fn piece(depth: usize, element: Option<(&'static str, &'static str)>, number: &str) -> Piece {
    Piece {
        depth,
        element,
        outer: depth == 1,
        number: number.into(),
        label: number.into(),
        heading: String::new(),
        paragraphs: vec![format!("Lời {number}")],
    }
}

fn act(text: Structure) -> Act {
    let named = |id: &str, name: &str| Named {
        id: id.into(),
        name: name.into(),
    };
    Act {
        country: "vn".into(),
        language: "vie".into(),
        kind: named("quyet-dinh", "Quyết định"),
        number: "06/2014/QĐ-UBND".into(),
        number_slug: "06-2014-qd-ubnd".into(),
        author: named("huyen", "Ủy ban nhân dân huyện"),
        date: "2014-10-03".into(),
        date_name: "issued",
        posted_on: "2014-10-05".into(),
        changed_on: "2014-10-06".into(),
        page: "http://site/a".into(),
        text,
        ..Act::default()
    }
}

/// Element names in order, `/` for the end of one.
fn body(text: Structure) -> String {
    let xml = act(text).xml();
    let (_, body) = xml.split_once("<body>").unwrap();
    let (body, _) = body.split_once("</body>").unwrap();
    body.replace('\n', "")
}

#[test]
fn levels_nest_and_text_before_children_is_their_introduction() {
    let pieces = vec![
        piece(0, Some(("chapter", "chp")), "i"),
        piece(1, ARTICLE, "1"),
        piece(2, CLAUSE, "1"),
        piece(2, CLAUSE, "2"),
        piece(0, Some(("chapter", "chp")), "ii"),
    ];
    let body = body(Structure {
        preamble: Vec::new(),
        pieces,
    });
    assert_eq!(
        body,
        "<chapter eId=\"chp_i\"><num>i</num><intro><p>Lời i</p></intro>\
         <article eId=\"art_1\"><num>1</num><intro><p>Lời 1</p></intro>\
         <clause eId=\"art_1__cl_1\"><num>1</num><content><p>Lời 1</p></content></clause>\
         <clause eId=\"art_1__cl_2\"><num>2</num><content><p>Lời 2</p></content></clause>\
         </article></chapter>\
         <chapter eId=\"chp_ii\"><num>ii</num><content><p>Lời ii</p></content></chapter>"
    );
}

#[test]
fn a_number_that_comes_twice_gets_another_identifier() {
    let pieces = vec![
        piece(1, ARTICLE, "1"),
        piece(1, ARTICLE, "1"),
        piece(1, ARTICLE, "1"),
    ];
    let body = body(Structure {
        preamble: Vec::new(),
        pieces,
    });
    for id in ["art_1\"", "art_1-2\"", "art_1-3\""] {
        assert_eq!(body.matches(id).count(), 1, "{id} in {body}");
    }
}

#[test]
fn a_text_without_levels_and_no_text_at_all_are_bodies_too() {
    assert_eq!(
        body(Structure::default()),
        "<hcontainer eId=\"hcontainer_1\" name=\"text\"><content><p/></content></hcontainer>"
    );
    let pieces = vec![piece(9, None, "")];
    let body = body(Structure {
        preamble: Vec::new(),
        pieces,
    });
    assert!(body.contains("name=\"text\""), "{body}");
}

#[test]
fn citations_stand_together_apart_from_other_words() {
    let said = |text: &str, is_citation| (text.to_owned(), is_citation);
    let xml = act(Structure {
        preamble: vec![
            said("Căn cứ Luật;", true),
            said("Căn cứ Nghị định;", true),
            said("Quyết định:", false),
        ],
        pieces: vec![piece(1, ARTICLE, "1")],
    })
    .xml()
    .replace('\n', "");
    assert!(
        xml.contains(
            "<preamble><citations><citation eId=\"cit_1\"><p>Căn cứ Luật;</p></citation>\
             <citation eId=\"cit_2\"><p>Căn cứ Nghị định;</p></citation></citations>\
             <p>Quyết định:</p></preamble>"
        ),
        "{xml}"
    );
}

#[test]
fn markup_and_characters_that_xml_does_not_know_do_no_harm() {
    let mut act = act(Structure::default());
    act.title = "<b>&\"\u{b}\0 A".into();
    let xml = act.xml();
    assert!(
        xml.contains("<docTitle>&lt;b&gt;&amp;&quot; A</docTitle>"),
        "{xml}"
    );
}

#[test]
fn edges_are_references_and_those_that_change_something_modifications() {
    let mut act = act(Structure::default());
    let reference = |href: &str, outgoing, modification| Reference {
        href: href.into(),
        label: "Văn bản".into(),
        outgoing,
        modification,
    };
    act.references = vec![
        reference("http://site/b", true, Some(("textualMod", "repeal"))),
        reference("http://site/c", true, None),
        reference("http://site/d", false, Some(("textualMod", "repeal"))),
    ];
    let xml = act.xml().replace('\n', "");
    assert_eq!(xml.matches("<activeRef").count(), 2);
    assert_eq!(xml.matches("<passiveRef").count(), 1);
    assert!(xml.contains(
        "<activeModifications><textualMod type=\"repeal\" eId=\"amod_1\"><source href=\"http://site/a\"/>\
         <destination href=\"http://site/b\"/></textualMod></activeModifications>"
    ));
    assert!(xml.contains(
        "<passiveModifications><textualMod type=\"repeal\" eId=\"pmod_1\"><source href=\"http://site/d\"/>\
         <destination href=\"http://site/a\"/></textualMod></passiveModifications>"
    ));
}
