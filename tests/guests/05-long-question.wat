;;; asks the host
;; Asks for an entry whose id is 48 MiB long.
(func $evil (result i32)
  (drop (memory.grow (i32.const 800)))
  (call $get (i32.const 1100) (i32.const 4) (i32.const 4096) (i32.const 0x3000000) (i32.const 3000))
  (call $calm))
