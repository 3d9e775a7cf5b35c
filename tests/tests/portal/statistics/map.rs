//! Figures of communes as a map, and where the communes lie.

use std::fs;

use dinh_tests::{Program, TestPortal};

const HOST: &str = "localhost";
const POPULATION: &str = "/thong-ke/dan-so-trung-binh-phan-theo-xa-va-gioi-tinh";

#[tokio::test]
async fn the_communes_of_a_table_are_drawn_as_a_map_of_the_newest_year() {
    let portal = TestPortal::demo().await;
    let map = |more: &str| format!("{POPULATION}/bang?ve=ban-do{more}");
    let page = portal.visitor().get(HOST, &map("")).await;
    let page = page
        .assert_status(200)
        .assert_contains("<svg class=\"chart map\" role=\"img\"")
        .assert_contains("Đông Sơn")
        .assert_contains("2014, người")
        .assert_lacks("style=");
    // The whole district is no commune, and has no place on the map.
    let text = page.text();
    assert_eq!(text.matches("<polygon ").count(), 21);
    let older = portal
        .visitor()
        .get(HOST, &map("&chon=nam:2012&chon=gioi-tinh:nu"))
        .await;
    older
        .assert_status(200)
        .assert_contains("2012, người")
        .assert_contains("Giới tính: Nữ");
    // Land is counted by use and not by place: no map, and it says so.
    let land = "/thong-ke/hien-trang-su-dung-dat/bang?ve=ban-do";
    let none = portal.visitor().get(HOST, land).await.assert_status(200);
    none.assert_lacks("<polygon ")
        .assert_contains("Không vẽ được");
}

#[tokio::test]
async fn areas_are_recorded_by_the_codes_of_their_day_all_or_none() {
    let program = Program::with_demo().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap();
    let feature = |code: &str, north: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon","coordinates":[[[106.1,21.4],[106.2,21.4],[106.2,{north}],[106.1,21.4]]]}}}}"#
        )
    };
    let write = |features: &[String]| {
        let features = features.join(",");
        fs::write(
            path,
            format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#),
        )
        .unwrap();
    };
    let run = |more: &[&str]| {
        let mut arguments = vec!["area", "import", path, "--on", "2015-06-01"];
        arguments.extend(more);
        program.run(&arguments)
    };
    write(&[feature("07243", "21.5"), feature("99999", "21.5")]);
    run(&[])
        .assert_code(1)
        .assert_told("nothing is recorded, 1 things are wrong")
        .assert_told("no organisation has the code 99999 on 2015-06-01");
    write(&[feature("07243", "21.5"), feature("07246", "89000")]);
    run(&[])
        .assert_code(1)
        .assert_told("feature 2 (07246): a corner is longitude (-180 to 180), then latitude");
    write(&[feature("07243", "21.5"), feature("07246", "21.6")]);
    run(&["--dry-run"])
        .assert_code(0)
        .assert_said("2 areas would be recorded");
    run(&["--act", "12/NQ-HĐND"])
        .assert_code(0)
        .assert_said("2 areas are recorded from 2015-06-01 on, 0 were");
    run(&[])
        .assert_code(0)
        .assert_said("0 areas are recorded from 2015-06-01 on, 2 were");
    // Two areas of one day contradict each other.
    write(&[feature("07243", "21.55")]);
    run(&[]).assert_code(1).assert_told("recorded for");
    let early = program.run(&["area", "import", path, "--on", "2013-01-01"]);
    early
        .assert_code(1)
        .assert_told("no organisation has the code 07243 on 2013-01-01");
    let odd = program.run(&["area", "import", path, "--on", "01/06/2015"]);
    odd.assert_code(1).assert_told("--on 01/06/2015");
}
