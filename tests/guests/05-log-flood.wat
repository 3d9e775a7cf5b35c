;;; asks the host
;; Writes a thousand lines of 8 KiB into the operator's log, and then answers.
(func $evil (result i32) (local $left i32)
  (memory.fill (i32.const 4096) (i32.const 0x66) (i32.const 8192))
  (local.set $left (i32.const 1000))
  (loop $on
    (call $log (i32.const 3) (i32.const 4096) (i32.const 8192))
    (local.set $left (i32.sub (local.get $left) (i32.const 1)))
    (br_if $on (local.get $left)))
  (call $calm))
(func $evil-hook (result i32) (drop (call $evil)) (i32.const 2048))
