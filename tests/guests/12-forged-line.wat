;;; asks the host
;; Writes a line that looks like two, the second one another's, and a code that clears a terminal.
(func $evil (result i32)
  (call $log (i32.const 3) (i32.const 1200) (i32.const 69))
  (i32.store8 (i32.const 1024) (i32.const 1))
  (i32.store (i32.const 1028) (i32.const 1200))
  (i32.store (i32.const 1032) (i32.const 69))
  (i32.const 1024))
(data (i32.const 1200) "well\0a2026-01-01T00:00:00Z ERROR dinh: forged plugin=others \1b[2J\1b[1;1H")
