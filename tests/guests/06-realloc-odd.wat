;; Has the request written to an odd address.
(func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4097))
