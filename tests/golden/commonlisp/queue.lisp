(defpackage :queue (:use :cl))
(in-package :queue)

(defvar *limit* 10)

(defclass queue ()
  ((items :initform '() :accessor items)))

(define-condition queue-full (error) ())

(defstruct (job (:constructor make-job (name))) name)

(defstruct point x y)

(deftype index (&optional (limit 10))
  "A place in a queue."
  `(integer 0 ,limit))

(define-modify-macro doublef (&optional (factor 2)) *)

(define-compiler-macro size (&whole form thing)
  (if (null thing) 0 form))

#|
(defun forgotten ())
|#

(defgeneric size (thing)
  (:documentation "Tells how many there are."))

(defmethod size ((thing queue))
  (length (items thing)))

(defun add (queue item &optional (times 1) &key front)
  "Adds an item some times.
It goes to the end unless FRONT is true."
  (unless (and queue (plusp times))
    (error 'queue-full))
  (dotimes (i times)
    (if front
        (push item (items queue))
        (setf (items queue) (append (items queue) (list item))))))

;;; Finds the first item that fits.
(defun find-item (queue test)
  (loop for item in (items queue)
        when (funcall test item)
          do (return item)))

(defmacro with-queue ((name) &body body)
  "Runs BODY with an empty queue."
  `(let ((,name (make-instance 'queue)))
     ,@body))

(deftest adds-items
  (is (= 1 (size (make-instance 'queue)))))
