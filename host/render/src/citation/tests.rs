use super::Reference;

fn reference() -> Reference {
    Reference {
        bibtex: "techreport",
        publisher_field: "institution",
        ris: "RPRT",
        key: "ga-doi".to_owned(),
        title: "Gà đồi {Yên Thế} 100% & \\input".to_owned(),
        creators: vec!["Nguyễn Văn An".to_owned(), "Trần Thị Bình".to_owned()],
        date: "2024-05-17".to_owned(),
        publisher: "Ủy ban nhân dân huyện Yên Thế".to_owned(),
        identifier: "ĐT.YT.01-2024".to_owned(),
        description: "Một\nhai".to_owned(),
        language: "vi".to_owned(),
        url: "https://yenthe.example/khoa-hoc/ga-doi".to_owned(),
    }
}

#[test]
fn no_sign_of_a_title_acts_in_bibtex() {
    let wanted = r"@techreport{ga-doi,
  author = {{Nguyễn Văn An} and {Trần Thị Bình}},
  title = {{Gà đồi \textbraceleft Yên Thế\textbraceright  100\% \& \textbackslash input}},
  year = {2024},
  institution = {{Ủy ban nhân dân huyện Yên Thế}},
  number = {ĐT.YT.01-2024},
  abstract = {Một hai},
  language = {vi},
  url = {https://yenthe.example/khoa-hoc/ga-doi},
}
";
    assert_eq!(reference().bibtex(), wanted);
}

#[test]
fn a_value_of_ris_is_one_line() {
    let ris = reference().ris().replace("\r\n", "\n");
    let wanted = r"TY  - RPRT
ID  - ga-doi
TI  - Gà đồi {Yên Thế} 100% & \input
AU  - Nguyễn Văn An
AU  - Trần Thị Bình
PY  - 2024
DA  - 2024/05/17
PB  - Ủy ban nhân dân huyện Yên Thế
SN  - ĐT.YT.01-2024
AB  - Một hai
LA  - vi
UR  - https://yenthe.example/khoa-hoc/ga-doi
ER  - 
";
    assert_eq!(ris, wanted);
}

#[test]
fn what_is_not_known_is_not_said() {
    let bare = Reference {
        creators: Vec::new(),
        date: String::new(),
        identifier: String::new(),
        description: String::new(),
        ..reference()
    };
    assert!(!bare.bibtex().contains("year"));
    assert!(!bare.ris().contains("AU  -"));
    let wanted = r"Gà đồi {Yên Thế} 100% & \input. Ủy ban nhân dân huyện Yên Thế. https://yenthe.example/khoa-hoc/ga-doi";
    assert_eq!(bare.text(), wanted);
}
