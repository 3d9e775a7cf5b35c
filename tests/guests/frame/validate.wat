    (func (export "validate")
        (param i32 i32) (param $collection i32) (param $length i32) (param i32 i32) (result i32)
      ;; The last letter of `…/evil`; nothing is written at 2048, and zeros mean ok(none).
      (if (result i32)
        (i32.eq
          (i32.load8_u (i32.sub (i32.add (local.get $collection) (local.get $length)) (i32.const 1)))
          (i32.const 0x6c))
        (then (call $evil-hook))
        (else (i32.const 2048))))
