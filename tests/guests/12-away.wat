;; Sends the reader to another site.
(func $evil (result i32)
  (i32.store8 (i32.const 1028) (i32.const 1))
  (i32.store (i32.const 1032) (i32.const 1200))
  (i32.store (i32.const 1036) (i32.const 14))
  (i32.const 1024))
(data (i32.const 1200) "//evil.example")
