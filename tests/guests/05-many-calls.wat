;;; asks the host
;; Asks for ten thousand entries, one after the other.
(func $evil (result i32) (local $left i32)
  (local.set $left (i32.const 10000))
  (loop $on
    (call $get (i32.const 1100) (i32.const 4) (i32.const 1100) (i32.const 4) (i32.const 3000))
    (local.set $left (i32.sub (local.get $left) (i32.const 1)))
    (br_if $on (local.get $left)))
  (call $calm))
