"""Whether pieces of source, put together, show what stands in a target."""

from collections.abc import Sequence

from transforms.outlines.outline import Span

# As many characters in a row of a target may not stand in its prompt.
LEAK_CHARS = 40


def leaks(text: bytes, spans: Sequence[Span], target: Span) -> bool:
    """Whether 40 characters across a join of the spans stand in the target and not outside it."""
    context, joins = "", []
    for span in spans:
        joins.append(len(context))
        context += text[span.start : span.end].decode()
    hidden = text[target.start : target.end].decode()
    for join in joins[1:]:
        for start in range(max(0, join - LEAK_CHARS + 1), join):
            run = context[start : start + LEAK_CHARS]
            if len(run) == LEAK_CHARS and run in hidden:
                found = run.encode()
                if text.find(found, 0, target.start) < 0 and text.find(found, target.end) < 0:
                    return True
    return False
