;; Computes without end while a resource of its own is dropped.
;;; component
(core module $destructor (func (export "destroy") (param i32) (loop $on (br $on))))
(core instance $destructor (instantiate $destructor))
(type $thing (resource (rep i32) (dtor (core func $destructor "destroy"))))
(core func $new (canon resource.new $thing))
(core func $drop (canon resource.drop $thing))
(core instance $given (export "new" (func $new)) (export "drop" (func $drop)))
;;; code
(import "given" "new" (func $new (param i32) (result i32)))
(import "given" "drop" (func $drop (param i32)))
(func $evil (result i32) (call $drop (call $new (i32.const 7))) (call $calm))
