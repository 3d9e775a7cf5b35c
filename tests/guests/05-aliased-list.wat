;;; asks the host
;; Asks for 65,536 entries whose ids all lie in one buffer of 64 KiB: 4 GiB when copied.
(func $evil (result i32) (local $at i32)
  (drop (memory.grow (i32.const 200)))
  (local.set $at (i32.const 0x100000))
  (loop $on
    (i32.store (local.get $at) (i32.const 4096))
    (i32.store offset=4 (local.get $at) (i32.const 65536))
    (local.set $at (i32.add (local.get $at) (i32.const 8)))
    (br_if $on (i32.lt_u (local.get $at) (i32.const 0x180000))))
  (call $get-many (i32.const 1100) (i32.const 10) (i32.const 0x100000) (i32.const 0x10000) (i32.const 3000))
  (call $calm))
