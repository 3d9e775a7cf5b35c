;; Computes without end before it is asked anything.
(func $start (loop $on (br $on)))
(start $start)
