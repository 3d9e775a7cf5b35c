;; Answers a page of its own with a script in it.
(func $evil (result i32)
  (drop (call $calm))
  (i32.store (i32.const 1032) (i32.const 1200))
  (i32.store (i32.const 1036) (i32.const 9))
  (i32.store (i32.const 1040) (i32.const 1209))
  (i32.store (i32.const 1044) (i32.const 25))
  (i32.const 1024))
(data (i32.const 1200) "text/html<script>alert(1)</script>")
