;; Answers well and computes without end when its answer is taken away.
(global $was-evil (mut i32) (i32.const 0))
(func $evil (result i32) (global.set $was-evil (i32.const 1)) (call $calm))
(func $evil-hook (result i32) (global.set $was-evil (i32.const 1)) (i32.const 2048))
(func (export "after") (param i32) (if (global.get $was-evil) (then (loop $on (br $on)))))
