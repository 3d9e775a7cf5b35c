;; Copies half of its memory onto the other, and tables as well, again and again.
(table $many 20000 funcref)
(func $evil (result i32)
  (drop (memory.grow (i32.const 1022)))
  (loop $on
    (memory.copy (i32.const 0x2000000) (i32.const 0) (i32.const 0x2000000))
    (table.copy $many $many (i32.const 10000) (i32.const 0) (i32.const 10000))
    (table.fill $many (i32.const 0) (ref.null func) (i32.const 20000))
    (br $on))
  (unreachable))
