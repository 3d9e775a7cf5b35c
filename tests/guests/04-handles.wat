;; Makes handles of a resource of its own and keeps them all.
;;; component
(type $thing (resource (rep i32)))
(core func $new (canon resource.new $thing))
(core instance $given (export "new" (func $new)))
;;; code
(import "given" "new" (func $new (param i32) (result i32)))
(func $evil (result i32) (loop $on (drop (call $new (i32.const 7))) (br $on)) (unreachable))
