;; Computes without end when it is to take the request.
(func (export "realloc") (param i32 i32 i32 i32) (result i32) (loop $on (br $on)) (unreachable))
