;; Takes room for functions until it is given none, and then crashes.
(table $many 1 funcref)
(func $evil (result i32)
  (loop $on (br_if $on (i32.ne (table.grow $many (ref.null func) (i32.const 1000)) (i32.const -1))))
  (unreachable))
