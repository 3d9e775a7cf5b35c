;; Fills all the memory that it may have, again and again: each time one long instruction.
(func $evil (result i32)
  (drop (memory.grow (i32.const 1022)))
  (loop $on
    (memory.fill (i32.const 0) (i32.const 0xa5) (i32.const 0x4000000))
    (br $on))
  (unreachable))
