;;; notes.el --- Keeps notes  -*- lexical-binding: t -*-

(require 'cl-lib)

(defvar notes-folder "~/notes" "Where notes are kept.")

(cl-defstruct (notes-note (:constructor notes-make))
  "A note."
  title text)

(defun notes-find (title &optional folder)
  "Find the note of TITLE.

Looks into FOLDER, if given."
  (interactive "sTitle: ")
  (let ((file (expand-file-name title (or folder notes-folder))))
    (if (and (file-exists-p file) (file-readable-p file))
        (find-file file)
      (when folder
        (error "No such note")))))

;; Counts all notes.
(defun notes-count ()
  (length (directory-files notes-folder)))

(defsubst notes--first (notes)
  (car notes))

(defmacro notes-with-folder (folder &rest body)
  "Run BODY in FOLDER."
  `(let ((notes-folder ,folder))
     ,@body))

(cl-defun notes-add (text &key title)
  "Add a note with TEXT."
  (dolist (line (split-string text "\n"))
    (while (string-prefix-p " " line)
      (setq line (substring line 1)))
    (insert line title)))

(cl-defmethod notes-show ((note notes-note))
  "Show NOTE."
  (message "%s" (notes-note-text note)))

(define-minor-mode notes-mode
  "A mode for notes."
  :lighter " Notes"
  (setq notes-folder default-directory))

(define-derived-mode notes-list-mode special-mode "Notes"
  "A mode for lists of notes."
  (setq truncate-lines t))

(defclass notes-shelf (eieio-singleton)
  ((notes :initarg :notes)))

(evil-define-command notes-evil-open (&optional bang)
  "Open the notes; a new one with BANG."
  (interactive "<!>")
  (notes-find "new"))

(ert-deftest notes-test-count ()
  "Counts an empty folder."
  (should (= (notes-count) 0)))
