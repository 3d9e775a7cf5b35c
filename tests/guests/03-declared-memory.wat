;; Declares that it needs 128 MiB at least.
(memory (export "memory") 2048)
