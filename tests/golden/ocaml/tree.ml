open Printf

(** A tree of values. *)
type 'a tree =
  | Leaf
  | Node of 'a tree * 'a * 'a tree

exception Not_found_in of string

(** What can be compared. *)
module type Ordered = sig
  type t

  val compare : t -> t -> int
end

(** Adds a value.

    Equal values are kept once. *)
let rec add ?(depth = 0) (value : int) tree : int tree =
  match tree with
  | Leaf -> Node (Leaf, value, Leaf)
  | Node (left, other, right) when depth < 100 && value < other ->
      Node (add ~depth:(depth + 1) value left, other, right)
  | Node (left, other, right) ->
      if value = other || depth > 100 then tree
      else Node (left, other, add ~depth:(depth + 1) value right)

(* A plain comment. *)
let size tree =
  let rec count acc = function
    | Leaf -> acc
    | Node (left, _, right) -> count (count (acc + 1) left) right
  in
  count 0 tree

let limit = 10

let is_leaf = function Leaf -> true | Node _ -> false

let twice = fun x -> 2 * x

let rec even n = n = 0 || odd (n - 1)

and odd n = n <> 0 && even (n - 1)

module Make (Order : Ordered) = struct
  let larger a b = if Order.compare a b > 0 then a else b
end

class counter start =
  object
    val mutable value = start

    (** Counts one more. *)
    method bump by =
      for _ = 1 to by do
        value <- value + 1
      done;
      printf "%d" value
  end

(** What counts, whatever it counts. *)
class type counting = object
  method bump : int -> unit
end

(** Hashes a value, in C. *)
external hash : string -> int = "tree_hash" [@@noalloc]

let ( <+> ) tree value = add value tree

let ( ! ) = fun tree -> size tree

let rec sum' total = function
  | Leaf -> total
  | Node (left, value, right) -> sum' (sum' (total + value) left) right

type Types.failure += Too_deep of int
