  ;; The contract's types; exported, since what an export names must have a name itself.
  (type $request' (record
    (field "route" string)
    (field "params" (list (tuple string string)))
    (field "query" (list (tuple string string)))
    (field "locale" string)
    (field "site" string)
    (field "viewer" (option string))))
  (export $request "request" (type $request'))
  (type $view' (record
    (field "status" u16)
    (field "template" string)
    (field "model" string)
    (field "max-age-s" u32)))
  (export $view "view" (type $view'))
  (type $outcome' (variant
    (case "view" $view)
    (case "redirect" string)
    (case "not-found")
    (case "data" (tuple string (list u8)))))
  (export $outcome "outcome" (type $outcome'))
  (type $fault' (record (field "path" string) (field "message-key" string) (field "args" string)))
  (export $fault "fault" (type $fault'))
