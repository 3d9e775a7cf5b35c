;; Computes without end.
(func $evil (result i32) (loop $on (br $on)) (unreachable))
