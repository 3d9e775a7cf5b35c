use super::parse;

fn refused(line: &[u8], told: &str) {
    let error = parse(line).unwrap_err();
    assert!(error.contains(told), "{error}");
}

#[test]
fn what_two_readers_would_read_differently_is_refused() {
    refused(
        br#"{"a":1,"b":{"c":1,"c":2}}"#,
        "the member `c` stands twice",
    );
    refused(br#"{"a":1,"\u0061":2}"#, "the member `a` stands twice");
    refused(b"{\"a\":\"x\0y\"}", "NUL byte, its byte 8");
    refused(b"{\"a\":\"\xc3\x28\"}", "not UTF-8 at byte 7");
    refused(b"{\"a\":\"\xed\xa0\x80\"}", "not UTF-8");
    refused(br#"{"a":"\ud800"}"#, "not JSON");
}

#[test]
fn what_is_no_json_says_where() {
    refused(b"{\"a\": ", "at byte 6");
    refused(b"{} {}", "trailing");
    refused(b"NaN", "not JSON");
    let deep = "[".repeat(200) + &"]".repeat(200);
    refused(deep.as_bytes(), "recursion limit");
}

#[test]
fn values_come_as_they_are() {
    let text = r#"{"z":[1,-2,2.5,true,null,"đ"],"a":{"b":{}}}"#;
    let value = parse(text.as_bytes()).unwrap();
    assert_eq!(
        value,
        serde_json::from_str::<serde_json::Value>(text).unwrap()
    );
    assert_eq!(value.to_string(), text);
}
