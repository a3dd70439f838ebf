module Orbits

using LinearAlgebra: norm
import Base: show

export period

"""
Something that moves.
"""
abstract type Body end

"A body with a mass."
struct Planet{T<:Real} <: Body
    mass::T
    position::Vector{T}

    Planet(mass::T) where {T} = new{T}(mass, zeros(T, 3))
end

mutable struct Probe
    fuel::Float64
end

"""
    period(radius, mass; gravity=6.674e-11)

Tells how long one orbit takes.
"""
function period(radius::Real, mass=1.0; gravity::Float64=6.674e-11, steps...)
    if radius <= 0 || mass <= 0
        throw(ArgumentError("no orbit"))
    elseif radius > 1e12
        return Inf
    end
    return 2π * sqrt(radius^3 / (gravity * mass))
end

# Not a doc.
function Base.show(io::IO, planet::Planet)
    print(io, "Planet of ", planet.mass)
end

function total(bodies::Vector{T})::Float64 where {T<:Body}
    sum = 0.0
    for body in bodies
        sum += body.mass > 0 && norm(body.position) > 0 ? body.mass : 0.0
    end
    try
        return sum
    catch error
        rethrow(error)
    end
end

half(x) = x / 2

square(x::T) where {T<:Number} = x^2

"Runs an expression twice."
macro twice(expression)
    return quote
        $(esc(expression))
        $(esc(expression))
    end
end

end
