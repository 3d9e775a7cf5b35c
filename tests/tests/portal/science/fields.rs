//! Fields of science are a tree, codes are unique by level and unit.

use dinh_tests::TestPortal;
use serde_json::{Value, json};

use super::task::{post, task};

#[tokio::test]
async fn who_asks_for_a_field_finds_what_stands_below_it() {
    let portal = TestPortal::demo().await;
    let total = async |filter: &str| {
        let path = format!("/khoa-hoc?{filter}");
        let list = portal.visitor().get("localhost", &path).await;
        list.assert_status(200).page().total()
    };
    let below = total("field=401&field=402&field=403&field=404&field=405").await;
    let own = total("field=4").await;
    assert!(below >= 5 && own > below, "{own} {below}");
    let page = portal.visitor().get("localhost", "/khoa-hoc").await;
    let options = page.page().options("field");
    let option = options.iter().find(|it| it.value == "4").unwrap();
    assert!(option.label.contains("Khoa học nông nghiệp"), "{option:?}");
    let child = options.iter().find(|it| it.value == "402").unwrap();
    assert!(child.label.starts_with("– "), "{child:?}");
    let api = "/api/v1/collections/science-projects/project?field=4";
    let told = portal.visitor().get("localhost", api).await.text();
    let told: Value = serde_json::from_str(&told).unwrap();
    let first = told["total"].as_u64().unwrap();
    assert!(first >= 5, "{told}");
}

#[tokio::test]
async fn a_code_is_unique_by_level_and_unit() {
    let portal = TestPortal::demo().await;
    post(&portal, task("T8"), Vec::new()).await.unwrap();
    let mut other = task("T8");
    other.insert("host".to_owned(), json!("Phòng Y tế"));
    other.insert("code".to_owned(), json!("t8 "));
    post(&portal, other.clone(), Vec::new()).await.unwrap();
    other.insert("host".to_owned(), json!("Phòng Nông nghiệp"));
    other.insert("code".to_owned(), json!("T 8"));
    let told = post(&portal, other, Vec::new()).await.unwrap_err();
    assert_eq!(told, ["code, level, host fault.exists-already"]);
}
