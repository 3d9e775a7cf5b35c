;; Answers the ninth of four outcomes.
(func $evil (result i32)
  (drop (call $calm))
  (i32.store8 (i32.const 1028) (i32.const 8))
  (i32.const 1024))
(func $evil-hook (result i32) (i32.store8 (i32.const 4096) (i32.const 9)) (i32.const 4096))
