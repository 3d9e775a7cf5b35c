;; Crashes; its functions have names as a Rust compiler writes them.
(func $_ZN8register4page17h0123456789abcdefE (result i32) (unreachable))
(func $evil (result i32) (call $_ZN8register4page17h0123456789abcdefE))
