;;; asks the host
;; Computes nothing, but asks for the date without end.
(func $evil (result i32) (loop $on (call $today (i32.const 3000)) (br $on)) (unreachable))
