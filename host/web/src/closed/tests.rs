use dinh_domain::ids::{OrganisationId, SiteId};
use dinh_domain::site::{Contact, Site, SiteState};

use super::page;
use crate::asked::RequestId;
use crate::plain::tests::theme;

fn site(state: SiteState) -> Site {
    Site {
        id: SiteId::new("dong-son").unwrap(),
        organisation: OrganisationId::new("dong-son").unwrap(),
        name: "Cổng thông tin điện tử xã Đông Sơn".into(),
        upper_line: "Huyện Yên Thế".into(),
        introduction: String::new(),
        state,
        host: "dong-son.localhost".into(),
        aliases: Vec::new(),
        time_zone: "Asia/Ho_Chi_Minh".into(),
        contact: Contact::default(),
    }
}

#[tokio::test]
async fn a_suspended_site_says_when_to_come_back_and_an_ended_one_that_it_is_gone() {
    let theme = theme();
    let response = page(&theme, &site(SiteState::Suspended), RequestId::new());
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key("retry-after"));
    let html = response.into_body().into_string().await.unwrap();
    assert!(
        html.contains("đang tạm ngừng hoạt động") && html.contains("xã Đông Sơn"),
        "{html}"
    );
    let response = page(&theme, &site(SiteState::Closed), RequestId::new());
    assert_eq!(response.status(), 410);
    let html = response.into_body().into_string().await.unwrap();
    assert!(html.contains("đã ngừng hoạt động"), "{html}");
}

#[tokio::test]
async fn a_site_that_is_not_yet_public_is_unknown() {
    let response = page(&theme(), &site(SiteState::Trial), RequestId::new());
    assert_eq!(response.status(), 404);
    let html = response.into_body().into_string().await.unwrap();
    assert!(!html.contains("Đông Sơn"), "{html}");
}
