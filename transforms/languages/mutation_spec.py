"""The schema of what a mutation of a language's code needs to know: its tokens, not its nodes."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class MutationSpec:
    """The tokens that mutation operators exchange, put in or take out.

    A pair is two tokens with a comma and a space between them: each stands for the other. The
    defaults are those of C and of the many languages in its manner; an empty list leaves an
    operator out.

    Attributes:
      boundaries: pairs that differ in whether the bound itself is meant; ranges too.
      directions: pairs that compare the other way round.
      equalities: pairs that say the contrary of each other, without an order.
      booleans: the two junctions.
      arithmetic: pairs of arithmetic operators.
      updates: pairs of assignments that compute.
      constants: pairs of words for true and false.
      twins: pairs of functions that are mistaken for each other, beside those of many languages.
      nothing: words for the absence of a value.
      negation: what stands before a condition to negate it, with the space it needs.
      conditions: words before a condition.
      otherwise: the word before what is done where a condition does not hold.
      jumps: pairs: what ends a loop, and what ends one of its rounds.
      exits: words that begin the one statement of a guard.
      typed: whether the compiler sees a value of another type; places for operators are then chosen
        so that the types stay.
      smart_casts: whether a check for nothing changes a variable's type.
      falls_through: whether a case without `break` goes on with the next.
      drops_returns: whether a function that ought to return a value may end without.
    """

    boundaries: tuple[str, ...] = ("<, <=", ">, >=")
    directions: tuple[str, ...] = ("<, >", "<=, >=")
    equalities: tuple[str, ...] = ("==, !=",)
    booleans: tuple[str, ...] = ("&&, ||",)
    arithmetic: tuple[str, ...] = ("+, -", "*, /")
    updates: tuple[str, ...] = ("+=, -=", "*=, /=", "|=, &=", "<<=, >>=")
    constants: tuple[str, ...] = ("true, false",)
    twins: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ("null",)
    negation: str = "!"
    conditions: tuple[str, ...] = ("if", "while")
    otherwise: str = "else"
    jumps: tuple[str, ...] = ("break, continue",)
    exits: tuple[str, ...] = ("return", "break", "continue")
    typed: bool = False
    smart_casts: bool = False
    falls_through: bool = False
    drops_returns: bool = False


PAIRS = (
    "boundaries",
    "directions",
    "equalities",
    "booleans",
    "arithmetic",
    "updates",
    "constants",
    "twins",
    "jumps",
)


def check_pairs(spec: MutationSpec, where: str) -> None:
    """Check that pairs are two different tokens, and that no list has a token twice.

    Raises:
      ValueError: naming the list, if they are not.
    """
    for key in PAIRS:
        pairs = [pair.split(", ") for pair in getattr(spec, key)]
        tokens = [token for pair in pairs for token in pair]
        if any(len(pair) != 2 for pair in pairs) or len(set(tokens)) != len(tokens):
            raise ValueError(
                f"{where}.{key}={list(getattr(spec, key))!r} must be pairs such as '<, <=', each"
                " token once"
            )
