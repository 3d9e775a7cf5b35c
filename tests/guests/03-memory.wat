;; Takes memory until it is given none, and then crashes.
(func $evil (result i32)
  (loop $on (br_if $on (i32.ne (memory.grow (i32.const 16)) (i32.const -1))))
  (unreachable))
