;; Declares a table of a million functions.
(table $many 1000000 funcref)
