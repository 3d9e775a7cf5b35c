;; Answers bytes that lie outside of its memory.
(func $evil (result i32)
  (drop (call $calm))
  (i32.store (i32.const 1040) (i32.const 0x7fffff00))
  (i32.const 1024))
(func $evil-hook (result i32) (i32.const 0x7fffff00))
