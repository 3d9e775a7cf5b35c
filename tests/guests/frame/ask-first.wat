    (func $ask-first)
