//! Every internal link of every page answers.

use std::collections::{BTreeSet, VecDeque};

use dinh::demo::page::Place;
use dinh_domain::declaration::FIXED_WORDS;
use dinh_tests::TestPortal;

/// Pages read at most: lists with every filter and order have some hundred addresses, and each
/// kind of link comes long before this.
const PAGES_MAX: usize = 2_500;
/// Addresses with more parameters than this are variations of pages already read.
const PARAMETERS_MAX: usize = 1;

const HOSTS: [&str; 4] = [
    "localhost",
    "dong-son.localhost",
    "xuan-luong.localhost",
    "hoi-nong-dan.localhost",
];

/// The same list in another format: its filters are those of the page that leads to it.
fn is_output(path: &str) -> bool {
    FIXED_WORDS.iter().any(|word| path.contains(word))
}

#[tokio::test]
async fn every_link_within_the_four_sites_leads_somewhere() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let starts = HOSTS.map(|host| Place::new(host, "/"));
    let mut known: BTreeSet<Place> = starts.iter().cloned().collect();
    let starts = starts.into_iter().map(|at| (at, "the start".to_owned()));
    let mut open: VecDeque<(Place, String)> = starts.collect();
    let (mut read, mut documents, mut files) = (0, 0, 0);
    while let Some((at, from)) = open.pop_front() {
        read += 1;
        assert!(read <= PAGES_MAX, "the sites have no end: {at:?}");
        let answer = visitor.get(&at.host, &at.path).await;
        let status = answer.status();
        assert!(
            [200, 301].contains(&status),
            "{at:?} answers {status}; the link is on {from}"
        );
        documents += usize::from(at.path.starts_with("/van-ban/"));
        files += usize::from(at.path.starts_with("/tep/"));
        if status != 200 || !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        for link in answer.page().links() {
            let to = at.follow(&link.address);
            let host = to.host.split(':').next().unwrap_or_default();
            let to = Place::new(host, &to.path);
            assert!(
                HOSTS.contains(&host),
                "{at:?} leads away to {}",
                link.address
            );
            let parameters = to.path.matches(['?', '&']).count();
            let is_plain = parameters
                <= if is_output(&to.path) {
                    0
                } else {
                    PARAMETERS_MAX
                };
            if is_plain && known.insert(to.clone()) {
                open.push_back((to, format!("{at:?}")));
            }
        }
    }
    assert!(documents >= 60, "only {documents} documents were reached");
    assert!(files >= 60, "only {files} files were reached");
}
