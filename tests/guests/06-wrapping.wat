;; Answers bytes whose end lies before their beginning.
(func $evil (result i32)
  (drop (call $calm))
  (i32.store (i32.const 1040) (i32.const 1110))
  (i32.store (i32.const 1044) (i32.const 0xffffffff))
  (i32.const 1024))
