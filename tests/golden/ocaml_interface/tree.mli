open Types

(** A tree of values. *)
type 'a tree =
  | Leaf
  | Node of 'a tree * 'a * 'a tree

type limit = int

exception Too_deep of int

(** Adds a value.

    Equal values are kept once. *)
val add : ?depth:int -> int -> int tree -> int tree

val size : 'a tree -> int

(* A plain comment. *)
external hash : 'a -> int = "tree_hash"

(** What can be compared. *)
module type Ordered = sig
  type t

  val compare : t -> t -> int
end

(** Trees of one kind. *)
module Ints : sig
  val empty : int tree
end

val ( <+> ) : int tree -> int -> int tree

(** What counts, whatever it counts. *)
class type counting = object
  method bump : int -> unit
end

(** Counts from a start. *)
class counter : int -> counting

type Types.failure += Too_deep of int
