;;; asks the host
;; Asks for whatever collection the visitor names, with whatever question, and shows what it is told.
(func $evil (result i32) (local $q i32)
  (local.set $q (global.get $asked))
  (call $query
    (i32.load offset=8 (local.get $q)) (i32.load offset=12 (local.get $q))
    (i32.load offset=24 (local.get $q)) (i32.load offset=28 (local.get $q))
    (i32.const 3000))
  (drop (call $calm))
  (if (i32.load8_u (i32.const 3000))
    (then
      ;; The host's words for why not; not-found has none.
      (i32.store (i32.const 1040) (i32.load (i32.const 3012)))
      (i32.store (i32.const 1044) (i32.load (i32.const 3016))))
    (else
      ;; How many entries there are, as one digit.
      (i32.store8 (i32.const 1110) (i32.add (i32.const 0x30) (i32.load (i32.const 3012))))
      (i32.store (i32.const 1044) (i32.const 1))))
  (i32.const 1024))
