//! The table of a release: its page, its slices, its files.

use dinh_domain::ids::EntryId;
use dinh_tests::TestPortal;

const HOST: &str = "localhost";
const POPULATION: &str = "/thong-ke/dan-so-trung-binh-phan-theo-xa-va-gioi-tinh";
const LAND: &str = "/thong-ke/hien-trang-su-dung-dat";

#[tokio::test]
async fn a_release_shows_its_table_with_its_signs_and_a_drawing() {
    let portal = TestPortal::demo().await;
    let page = portal.visitor().get(HOST, LAND).await.assert_status(200);
    page.assert_contains("Đơn vị: ha")
        .assert_contains("<td>9.633,8</td>")
        .assert_contains("<td>-</td>")
        .assert_contains("giữ bí mật theo luật")
        .assert_contains("<svg class=\"chart\" role=\"img\"")
        .assert_contains("Số liệu minh họa")
        .assert_lacks("style=");
    for output in ["ban-in", "ban-luu"] {
        let page = portal
            .visitor()
            .get(HOST, &format!("{LAND}/{output}"))
            .await;
        page.assert_status(200).assert_contains("<td>9.633,8</td>");
    }
}

#[tokio::test]
async fn values_rows_and_columns_are_chosen_by_the_address() {
    let portal = TestPortal::demo().await;
    let asked = "?hang=don-vi&cot=nam&chon=gioi-tinh:nu&chon=don-vi:xa-dong-son&chon=nam:2013&chon=nam:2014";
    let page = portal
        .visitor()
        .get(HOST, &format!("{POPULATION}/bang{asked}"))
        .await;
    let page = page.assert_status(200);
    page.assert_contains("Giới tính: Nữ")
        .assert_contains("<th scope=\"row\">Xã Đông Sơn</th>")
        .assert_lacks("<th scope=\"row\">Xã Tam Tiến</th>")
        .assert_contains("<sup>p</sup>")
        .assert_contains("noindex");
    let plain = portal
        .visitor()
        .get(HOST, &format!("{POPULATION}/bang"))
        .await;
    plain
        .assert_status(200)
        .assert_lacks("noindex")
        .assert_contains("Xã Tam Tiến");
    // What is made up is passed over and said; nothing breaks.
    let odd = "?hang=gia&cot=%3Ci%3E&chon=nam:1800&chon=%22&ve=gi";
    let page = portal
        .visitor()
        .get(HOST, &format!("{POPULATION}/bang{odd}"))
        .await;
    page.assert_status(200)
        .assert_contains("nên đã bỏ qua")
        .assert_lacks("<i>");
    let missing = portal.visitor().get(HOST, "/van-ban/khong-co/bang").await;
    missing.assert_status(404);
}

#[tokio::test]
async fn rows_for_columns_are_the_same_figures() {
    let portal = TestPortal::demo().await;
    let first = portal
        .visitor()
        .get(HOST, &format!("{POPULATION}/bang"))
        .await;
    let text = first.assert_status(200).text();
    let (before, _) = text.split_once("Đổi hàng và cột").unwrap();
    let (_, link) = before.rsplit_once("href=\"").unwrap();
    let link = link.split('"').next().unwrap().replace("&amp;", "&");
    let turned = portal.visitor().get(HOST, &link).await.assert_status(200);
    // More columns than a page shows by itself: all 22 places, as they were rows.
    let text = turned.text();
    let rows = text.matches("<th scope=\"row\">").count();
    assert_eq!(rows, 3, "{link}");
    assert_eq!(text.matches("<td>").count(), 66, "{link}");
}

#[tokio::test]
async fn the_last_column_is_compared_with_the_first() {
    let portal = TestPortal::demo().await;
    let page = |asked: &str| format!("{POPULATION}/bang?so-sanh=1{asked}");
    let years = portal.visitor().get(HOST, &page("")).await;
    // Cầu Gồ: 2,163 men in 2012, 2,202 in 2014 (preliminary): 39 more, 1.8 of a hundred.
    let years = years
        .assert_status(200)
        .assert_contains("Chênh lệch (2012 → 2014)")
        .assert_contains("<td>+39<sup>p</sup></td>")
        .assert_contains("<td>+1,8<sup>p</sup></td>")
        .assert_contains("name=\"so-sanh\" value=\"1\" checked");
    assert!(years.text().contains("noindex"));
    // Communes beside each other: more women in Đông Sơn than in An Thượng, and fewer the other way.
    let communes =
        "&hang=gioi-tinh&cot=don-vi&chon=don-vi:xa-an-thuong&chon=don-vi:xa-dong-son&chon=nam:2012";
    let communes = portal.visitor().get(HOST, &page(communes)).await;
    communes
        .assert_status(200)
        .assert_contains("Chênh lệch (Xã An Thượng → Xã Đông Sơn)")
        .assert_contains("<td>+995</td>");
    // One column has nothing to be compared with.
    let one = portal.visitor().get(HOST, &page("&chon=nam:2012")).await;
    one.assert_status(200).assert_lacks("Chênh lệch");
    let land = portal
        .visitor()
        .get(HOST, &format!("{LAND}/bang?so-sanh=1"))
        .await;
    land.assert_status(200);
}

#[tokio::test]
async fn each_drawing_that_fits_is_drawn_and_one_that_does_not_is_told() {
    let portal = TestPortal::demo().await;
    let ages = "/thong-ke/dan-so-phan-theo-nhom-tuoi-va-gioi-tinh/bang";
    for kind in ["cot", "chong", "thap"] {
        let page = portal
            .visitor()
            .get(HOST, &format!("{ages}?hang=nhom-tuoi&ve={kind}"))
            .await;
        page.assert_status(200)
            .assert_contains("<svg class=\"chart\"");
    }
    let none = portal
        .visitor()
        .get(HOST, &format!("{ages}?ve=khong"))
        .await;
    none.assert_status(200).assert_lacks("<svg class=\"chart\"");
    let page = portal
        .visitor()
        .get(HOST, &format!("{POPULATION}/bang?ve=thap"))
        .await;
    page.assert_status(200)
        .assert_contains("Không vẽ được biểu đồ đã chọn");
}

#[tokio::test]
async fn files_hold_what_is_chosen_or_all_of_it() {
    let portal = TestPortal::demo().await;
    let get = async |path: String| portal.visitor().get(HOST, &path).await.assert_status(200);
    let all = get(format!("{POPULATION}/bang/so-lieu.json")).await;
    let all = all.json();
    assert_eq!(all["size"], serde_json::json!([22, 3, 2]));
    assert_eq!(all["value"].as_array().unwrap().len(), 132);
    assert_eq!(all["status"]["4"], "p");
    assert_eq!(all["source"], "Chi cục Thống kê huyện Yên Thế");
    let csv = get(format!(
        "{POPULATION}/bang/so-lieu.csv?chon=nam:2014&chon=don-vi:xa-dong-son&chon=gioi-tinh:*"
    ))
    .await;
    let text = csv.text();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert_eq!(lines[0], "Đơn vị,Năm,Giới tính,Giá trị,Ký hiệu");
    assert!(
        lines[1].starts_with("Xã Đông Sơn,2014,Nam,") && lines[1].ends_with(",p"),
        "{lines:?}"
    );
    let whole = get(format!("{LAND}/bang/so-lieu.csv")).await;
    whole
        .assert_contains("Đất ở,2014,1790.2,\r\n")
        .assert_contains("Đất chưa sử dụng,2010,,-\r\n");
    let csvw = get(format!("{LAND}/bang/so-lieu.csv-metadata.json")).await;
    let csvw = csvw.json();
    assert_eq!(
        csvw["tableSchema"]["primaryKey"],
        serde_json::json!(["loai_dat", "nam"])
    );
    assert_eq!(csvw["tableSchema"]["columns"].as_array().unwrap().len(), 4);
    get(format!("{LAND}/bang/so-lieu.ods")).await;
    for file in ["so-lieu.xml", "so-lieu.", "x", "so-lieu.csv.exe"] {
        let none = portal
            .visitor()
            .get(HOST, &format!("{LAND}/bang/{file}"))
            .await;
        none.assert_status(404);
    }
}

#[tokio::test]
async fn a_file_has_whole_what_is_not_chosen_and_refuses_what_is_not_there() {
    let portal = TestPortal::demo().await;
    let get = async |path: &str| portal.visitor().get(HOST, path).await;
    let of = format!("{POPULATION}/bang/so-lieu");
    // 22 places by 3 years, of one sex alone.
    let csv = get(&format!("{of}.csv?chon=gioi-tinh:nu")).await;
    assert_eq!(csv.assert_status(200).text().lines().count(), 1 + 66);
    let json = get(&format!(
        "{of}.json?chon=nam:2012~2014.2013&chon=gioi-tinh:nu"
    ))
    .await;
    assert_eq!(
        json.assert_status(200).json()["size"],
        serde_json::json!([22, 3, 1])
    );
    for ending in ["csv", "json", "ods", "csv-metadata.json"] {
        for odd in [
            "chon=gioi-tinh:khac",
            "chon=mau:do",
            "hang=mau",
            "chon=nam:2014~2012",
        ] {
            let refused = get(&format!("{of}.{ending}?{odd}")).await;
            let word = odd.split_once('=').unwrap().1;
            refused.assert_status(400).assert_contains(word);
        }
    }
}

#[tokio::test]
async fn a_file_of_the_same_figures_is_not_sent_twice() {
    let portal = TestPortal::demo().await;
    for ending in ["csv", "json", "ods", "csv-metadata.json"] {
        let path = format!("{LAND}/bang/so-lieu.{ending}?chon=nam:2014");
        let first = portal.visitor().get(HOST, &path).await.assert_status(200);
        let tag = first.header("etag").to_owned();
        let known = [("If-None-Match", tag.as_str())];
        let again = portal.visitor().get_with(HOST, &path, &known).await;
        again.assert_status(304);
        let other = path.replace("2014", "2010");
        let other = portal.visitor().get_with(HOST, &other, &known).await;
        other.assert_status(200);
    }
}

#[tokio::test]
async fn a_table_goes_with_its_entry_wherever_it_is_withdrawn() {
    let portal = TestPortal::demo().await;
    let files = [
        "",
        "/so-lieu.csv",
        "/so-lieu.json",
        "/so-lieu.ods",
        "/so-lieu.csv-metadata.json",
    ];
    let id = "select id from entry where slug = 'hien-trang-su-dung-dat'";
    let entry = EntryId::new(&portal.database().lines(id).await[0]).unwrap();
    let board = dinh_tests::staff("binh", "board-head", "yen-the");
    let of = portal.newest(&board, &entry).await;
    let taken = portal.take_with(&board, &of, "take-down", ("Số liệu sai", None));
    taken.await.unwrap();
    for file in files {
        let page = portal
            .visitor()
            .get(HOST, &format!("{LAND}/bang{file}"))
            .await;
        page.assert_status(410)
            .assert_lacks("9.633,8")
            .assert_lacks("9633.8");
    }
    let found = portal
        .visitor()
        .get(
            HOST,
            "/tim-kiem?q=th%E1%BB%A7y+s%E1%BA%A3n+%C4%91%E1%BA%A5t+chuy%C3%AAn+d%C3%B9ng",
        )
        .await;
    found.assert_lacks("Hiện trạng sử dụng đất");
}

#[tokio::test]
async fn names_within_a_table_are_found() {
    let portal = TestPortal::demo().await;
    let found = portal
        .visitor()
        .get(HOST, "/tim-kiem?q=dat+nuoi+trong+thuy+san")
        .await;
    found
        .assert_status(200)
        .assert_contains("Hiện trạng sử dụng đất");
}

#[tokio::test]
async fn programs_are_told_of_the_table_and_where_its_figures_are() {
    let portal = TestPortal::demo().await;
    let list = portal
        .visitor()
        .get(HOST, "/api/v1/collections/statistics/release?topic=land")
        .await;
    let list = list.assert_status(200).json();
    let id = list["items"][0]["id"].as_str().unwrap().to_owned();
    let one = portal
        .visitor()
        .get(
            HOST,
            &format!("/api/v1/collections/statistics/release/{id}"),
        )
        .await;
    let one = one.assert_status(200).json();
    let told = &one["body"]["figures"];
    assert_eq!(told["unit"], "ha", "{one}");
    assert_eq!(told["path"], format!("{LAND}/bang"));
    assert!(told.get("file").is_none() && told.get("source").is_none());
    let page = portal.visitor().get(HOST, LAND).await;
    let thing = page.page().json_ld().unwrap().to_string();
    assert!(
        thing.contains("\"@type\":\"Dataset\"") && thing.contains("so-lieu.json"),
        "{thing}"
    );
}
