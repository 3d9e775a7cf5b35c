;; Brings a dozen modules along.
;;; component
(core module $one)
(core instance (instantiate $one))
(core instance (instantiate $one))
(core instance (instantiate $one))
(core instance (instantiate $one))
(core instance (instantiate $one))
(core instance (instantiate $one))
(core instance (instantiate $one))
(core instance (instantiate $one))
(core instance (instantiate $one))
(core instance (instantiate $one))
(core instance (instantiate $one))
(core instance (instantiate $one))
;;; code
