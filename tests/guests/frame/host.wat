  ;; What the host offers, and a module with the memory that its answers are written to.
  (import "dinh:content/read@0.1.0" (instance $read
    (type $error' (variant
      (case "not-found") (case "denied" string) (case "invalid" string) (case "unavailable" string)))
    (export "error" (type $error (eq $error')))
    (type $entry' (record
      (field "id" string) (field "key" (option string)) (field "collection" string)
      (field "site" string) (field "slug" string) (field "url" string) (field "state" string)
      (field "revision" u64) (field "title" string) (field "body" string)))
    (export "entry" (type $entry (eq $entry')))
    (type $entry-page' (record
      (field "entries" (list $entry)) (field "next" (option string)) (field "total" (option u64))))
    (export "entry-page" (type $entry-page (eq $entry-page')))
    (export "get" (func
      (param "collection" string) (param "id" string) (result (result $entry (error $error)))))
    (export "get-many" (func
      (param "collection" string) (param "ids" (list string)) (result (result (list $entry) (error $error)))))
    (export "query" (func
      (param "collection" string) (param "query" string) (result (result $entry-page (error $error)))))))
  (import "dinh:host/log@0.1.0" (instance $logs
    (type $level' (enum "debug" "info" "warn" "error"))
    (export "level" (type $level (eq $level')))
    (export "write" (func (param "level" $level) (param "message" string)))))
  (import "dinh:host/clock@0.1.0" (instance $clock
    (export "today" (func (result string)))))
  (core module $base
    (memory (export "memory") 2)
    ;; What the guest wants done first whenever the host asks for memory.
    (table (export "before") 1 funcref)
    (type $hook (func))
    (func $ask-first
      (if (i32.eqz (ref.is_null (table.get 0 (i32.const 0))))
        (then (call_indirect (type $hook) (i32.const 0)))))
    {realloc})
  (core instance $base (instantiate $base))
  (core func $get (canon lower (func $read "get") (memory (core memory $base "memory")) (realloc (core func $base "realloc"))))
  (core func $get-many (canon lower (func $read "get-many") (memory (core memory $base "memory")) (realloc (core func $base "realloc"))))
  (core func $query (canon lower (func $read "query") (memory (core memory $base "memory")) (realloc (core func $base "realloc"))))
  (core func $log (canon lower (func $logs "write") (memory (core memory $base "memory"))))
  (core func $today (canon lower (func $clock "today") (memory (core memory $base "memory")) (realloc (core func $base "realloc"))))
  (core instance $host
    (export "get" (func $get)) (export "get-many" (func $get-many)) (export "query" (func $query))
    (export "log" (func $log)) (export "today" (func $today)))
