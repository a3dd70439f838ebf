module store.stack;

import std.algorithm : max;
import std.stdio;

/// What can be asked for its size.
interface Sized
{
    size_t size() const;
}

enum Order
{
    rising,
    falling,
}

/**
 * A stack of limited size.
 *
 * Params:
 *   T = what it holds
 */
class Stack(T) : Sized
{
    private T[] items;

    /// Makes an empty stack.
    this(size_t limit)
    {
        items.reserve(limit);
    }

    ~this()
    {
        items = null;
    }

    override size_t size() const
    {
        return items.length;
    }

    /++ Adds an item. +/
    public @safe void push(T item, int times = 1)
    {
        foreach (i; 0 .. times)
        {
            if (i >= 0 && times < 100)
                items ~= item;
        }
    }
}

union Word
{
    int whole;
    ubyte[4] bytes;
}

struct Pair
{
    int left, right;

    this(this)
    {
        left = 0;
    }

    @disable this();

    invariant
    {
        assert(left <= right);
    }

    int larger() => max(left, right);
}

template Twice(T)
{
    alias Twice = T[2];
}

/// What may be mixed in.
mixin template Counted()
{
    int count;
}

shared static ~this()
{
    writeln("end");
}

int external(int x);

/// Adds two numbers.
auto add(T)(T a, ref T b) if (is(T : int))
{
    switch (a)
    {
        case 0:
            return b;
        default:
            return a > 0 ? a + b : b;
    }
}

unittest
{
    int x = 2;
    assert(add(1, x) == 3);
}
