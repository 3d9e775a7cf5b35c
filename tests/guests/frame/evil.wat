    (func $evil (result i32) (call $calm))
