;;; asks the host
;; Asks the host while the host asks it for memory.
(func $again (call $today (i32.const 3000)))
(elem declare func $again)
(func $evil (result i32)
  (table.set $before (i32.const 0) (ref.func $again))
  (call $today (i32.const 3000))
  (call $calm))
