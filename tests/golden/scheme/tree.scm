(import (scheme base) (srfi 1))

(define-library (store tree)
  (export insert))

(define-record-type tree
  (make-tree left value right)
  tree?
  (value tree-value))

;; Inserts a value.
;; Equal ones are kept once.
(define (insert tree value . rest)
  (define (go left)
    (insert left value))
  (cond
    ((not tree) (make-tree #f value #f))
    ((and (< value (tree-value tree)) (null? rest)) (go tree))
    (else tree)))

;;------------------------------
(define empty?
  (lambda (tree)
    (if (or (not tree) (null? tree)) #t #f)))

(define limit 10)

; Swaps two variables.
(define-syntax swap!
  (syntax-rules ()
    ((_ a b) (let ((c a)) (set! a b) (set! b c)))))

(library (store queue)
  (export push)
  (import (rnrs) (library (store tree)))

  ;; Puts a value at an end.
  (define push
    (lambda (queue value . options)
      (if (null? options) (cons value queue) (append queue (list value)))))

  (define/who (pull queue)
    (car queue))

  (define both
    (lambda args (apply + args)))

  (define joined
    (case-lambda
      ((a) a)
      ((a b) (append a b))))

  #;(define (unused queue)
      queue))

(define-module (store list)
  #:export (first))
