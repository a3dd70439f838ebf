import strutils, sequtils
from math import sqrt

type
  Order* = enum
    rising, falling

  Stack*[T] = object
    ## A stack of items.
    items: seq[T]
    limit: int

proc push*[T](stack: var Stack[T], item: T, times = 1): bool {.discardable.} =
  ## Puts an item on top.
  ##
  ## Fails where there is no room.
  if stack.items.len >= stack.limit or times < 1:
    return false
  elif times > 100 and stack.limit < 100:
    raise newException(ValueError, "too many")
  for i in 1 .. times:
    stack.items.add(item)
  result = true

func larger(a, b: int): int =
  if a > b: a else: b

# Not a doc.
iterator items*[T](stack: Stack[T]): T =
  for item in stack.items:
    yield item

method describe(stack: Stack[int]): string =
  ## Describes a stack.
  proc inner(n: int): string =
    $n
  case stack.limit
  of 0: "none"
  of 1: "one"
  else: inner(stack.limit)

converter toInt(stack: Stack[int]): int =
  stack.items.len

template twice*(body: untyped) =
  body
  body

macro debug(args: varargs[untyped]): untyped =
  result = newStmtList()
