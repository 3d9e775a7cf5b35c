    (func $evil-hook (result i32) (call $evil))
