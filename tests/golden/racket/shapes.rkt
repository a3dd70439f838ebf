#lang racket

(require racket/math racket/class)

(struct point (x y) #:transparent)

(provide
 (contract-out
  [struct point ([x real?] [y real?])]))

(define (largest first . others)
  (apply max first others))

#;(define (unused x)
    x)

;; Computes the area of a circle.
;; The radius must be positive.
(define (area radius [factor 1] #:round [round? #f])
  (define (squared n)
    (* n n))
  (if (and (positive? radius) (not round?))
      (* pi factor (squared radius))
      (cond
        [round? (round radius)]
        [else 0])))

(define double
  (lambda (x) (* 2 x)))

(define-syntax-rule (twice body)
  (begin body body))

(define canvas%
  (class object%
    (super-new)
    (define/public (draw shape)
      (for ([p shape])
        (when (point? p) (displayln p))))))

; Tests.
(module+ test
  (require rackunit)
  (check-equal? (double 2) 4))
