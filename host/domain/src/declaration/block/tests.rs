use super::super::tests::{NOTE, faults_of, files};
use super::super::{Declaration, PluginFiles};

const BLOCK: &str = "\n[[blocks]]\nname = \"latest\"\ntitle = \"block.latest\"\n";

/// The sample with lines before and behind its collection's own.
fn with(before: &str, behind: &str) -> PluginFiles {
    let mut files = files();
    let text = format!("{before}{NOTE}{behind}");
    files.insert("collections/note.toml".to_owned(), text.into_bytes());
    files
}

fn declared(before: &str, behind: &str) -> Declaration {
    Declaration::parse(&with(before, behind)).unwrap()
}

fn names(declaration: &Declaration) -> Vec<String> {
    let blocks = declaration.blocks().into_iter();
    blocks.map(|it| it.block.name.to_string()).collect()
}

#[test]
fn a_section_that_says_nothing_shows_its_newest_and_one_that_wants_none_shows_none() {
    assert_eq!(names(&declared("", "")), ["newest"]);
    assert_eq!(names(&declared("blocks = []\n", "")), Vec::<String>::new());
    let two = format!("{BLOCK}{}", BLOCK.replace("latest", "open"));
    assert_eq!(names(&declared("", &two)), ["latest", "open"]);
}

#[test]
fn a_block_asks_what_an_address_of_the_list_asks() {
    let more = "filter = { state = \"open\", tags = [\"a\", \"b\"], written_on_from = \"2026-01-01\" }\nsort = \"-code\"\n";
    let declaration = declared("", &format!("{BLOCK}{more}"));
    let block = &declaration.blocks()[0].block;
    let asked: Vec<String> = block
        .params()
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(
        asked,
        [
            "state=open",
            "tags=a",
            "tags=b",
            "written_on_from=2026-01-01",
            "sort=-code"
        ]
    );
    assert_eq!(block.count, 5);
    let popular = declared("usage = true\n", &format!("{BLOCK}sort = \"popular\"\n"));
    let popular = &popular.blocks()[0].block;
    assert!(popular.is_popular() && popular.params().is_empty());
}

#[test]
fn what_leads_nowhere_is_told() {
    for (more, wanted) in [
        (
            "filter = { colour = \"red\" }",
            "filter `colour` is none of the list's; there are: `state`, `tags`, `year`, `written_on_from`, `written_on_to`",
        ),
        ("filter = { written_on = \"2026-01-01\" }", "`written_on`"),
        (
            "filter = { state = \"shut\" }",
            "`shut` is no value of lists/states.toml",
        ),
        ("filter = { state = [] }", "name a value"),
        ("filter = { state = 3 }", "a text, or a list of texts"),
        (
            "filter = { written_on_to = \"soon\" }",
            "`soon` is not a value of `written_on`",
        ),
        ("filter = { year = \"MMXX\" }", "is not a value of `year`"),
        (
            "sort = \"size\"",
            "sort `size` is none of the list's: `written_on`, `code`",
        ),
        ("sort = \"--code\"", "sort `--code`"),
        ("sort = \"popular\"", "needs `usage = true`"),
        ("count = 0", "count 0: 1 to 10"),
        ("count = 11", "count 11: 1 to 10"),
        (
            "columns = [\"text\"]",
            "column `text` is no field with an index",
        ),
        ("colums = []", "did you mean `columns`?"),
    ] {
        let told = faults_of(&with("", &format!("{BLOCK}{more}\n")));
        assert!(told.contains(wanted), "{more}: {told}");
        assert!(told.contains("collections/note.toml:"), "{told}");
    }
    let twice = faults_of(&with("", &format!("{BLOCK}{BLOCK}")));
    assert!(twice.contains("block `latest` is there twice"), "{twice}");
    let name = faults_of(&with("", &BLOCK.replace("latest\"\nt", "Mới Nhất\"\nt")));
    assert!(name.contains("collections/note.toml:"), "{name}");
    let many: Vec<String> = (0..12)
        .map(|it| BLOCK.replace("latest\"\nt", &format!("b{it}\"\nt")))
        .collect();
    let many = faults_of(&with("", &many.concat()));
    assert_eq!(many.matches("more than 10 blocks").count(), 1, "{many}");
}
