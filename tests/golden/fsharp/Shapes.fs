module Store.Shapes

open System
open System.Collections.Generic

/// A point on a plane.
type Point = { X: float; Y: float }

type Shape =
    | Circle of float
    | Square of side: float

type Level =
    | Low = 0
    | High = 1

/// Computes the area of a shape.
let area (shape: Shape) scale =
    match shape with
    | Circle radius when radius > 0.0 && scale > 0.0 -> Math.PI * radius * scale
    | Circle _ -> 0.0
    | Square side -> side * side

// A plain comment.
let rec total shapes =
    let add sum shape = sum + area shape 1.0
    if List.isEmpty shapes then 0.0
    elif List.length shapes > 100 || shapes.Head = Circle 0.0 then 1.0
    else List.fold add 0.0 shapes

let half x =
    // Rounds down.
    x / 2

let limit = 10

type IPainter =
    abstract Paint : Shape -> unit

/// <summary>
/// A canvas of shapes.
/// </summary>
type Canvas(width: int, height: int) =
    let shapes = List<Shape>()

    /// Adds a shape.
    member this.Add(shape: Shape) : unit =
        for time in 1 .. 2 do
            shapes.Add shape

    new(side: int) = Canvas(side, side)

    member this.Size = width * height

    /// Moves all shapes.
    member this.Move(x: float, y: float) (times: int) : Canvas =
        // Nothing moves yet.
        this

    member this.Scale factor = width * factor

    static member Empty() = Canvas(0, 0)

module Helpers =
    let twice x = 2 * x
