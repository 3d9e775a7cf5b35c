    (func (export "after") (param i32))
