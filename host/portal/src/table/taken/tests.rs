use super::letters;

#[test]
fn columns_have_the_names_that_spreadsheets_give_them() {
    let named = [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")];
    for (column, name) in named {
        assert_eq!(letters(column), name);
    }
}
