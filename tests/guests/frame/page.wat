    ;; The request's parameters of the query, two texts each.
    (global $asked (mut i32) (i32.const 0))
    (func (export "page")
        (param $route i32) (param $length i32) (param i32 i32) (param $query i32) (param i32)
        (param i32 i32 i32 i32 i32 i32 i32) (result i32)
      (global.set $asked (local.get $query))
      ;; 'e'
      (if (result i32) (i32.eq (i32.load8_u (local.get $route)) (i32.const 0x65))
        (then (call $evil))
        (else (call $calm))))
