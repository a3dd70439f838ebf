"""The mix of tasks: how often each is wanted, in proportion to the others."""

from collections.abc import Mapping, Sequence

TASKS = (
    "add_comments",
    "add_docstring",
    "add_type_hints",
    "class_completion",
    "debug",
    "explain",
    "fill_in_middle",
    "function_completion",
    "implement_from_spec",
    "line_completion",
    "method_completion",
    "multi_turn",
    "refactor",
    "write_tests",
)
DEFAULT_SHARE = 1.0  # of a task that the mix does not name


def parse_mix(given: Sequence[str]) -> dict[str, float]:
    """Read a mix written as TASK=SHARE, each task once; a share of 0 leaves the task out.

    Raises:
      ValueError: naming the option and the rule, if there is no such task or share.
    """
    mix: dict[str, float] = {}
    for item in given:
        task, _, number = item.partition("=")
        try:
            share = float(number)
        except ValueError:
            share = -1.0
        if task not in TASKS or task in mix or not 0 <= share <= 1e6:
            raise ValueError(
                f"task_mix={item!r}: must be TASK=SHARE, a share from 0 to 1,000,000, each task "
                f"once; tasks are {', '.join(TASKS)}"
            )
        mix[task] = share
    if given and not any(mix.get(task, DEFAULT_SHARE) for task in TASKS):
        raise ValueError(f"task_mix={tuple(given)!r}: must leave a task a share above 0")
    return mix


def rooms(available: Mapping[str, int], mix: Mapping[str, float], target: int) -> dict[str, int]:
    """Divide a target among tasks in proportion to their shares, as far as each has samples.

    What one task cannot fill the others share. Whole numbers: what is left by rounding down goes,
    one each, to the first tasks by name that still have samples.

    Args:
      available: samples by task.

    Returns:
      room by task, at most what is available; together the target, or all that tasks with a share
      above 0 have.
    """
    shares = {task: mix.get(task, DEFAULT_SHARE) for task in sorted(available)}
    wanting = [task for task, share in shares.items() if share > 0 and available[task] > 0]
    room = dict.fromkeys(shares, 0)
    left = min(target, sum(available[task] for task in wanting))
    while wanting:
        total = sum(shares[task] for task in wanting)
        full = [task for task in wanting if available[task] <= left * shares[task] / total]
        for task in full:
            room[task] = available[task]
        if not full:
            room |= {task: int(left * shares[task] / total) for task in wanting}
            rest = left - sum(room[task] for task in wanting)
            for task in wanting[:rest]:
                room[task] += 1
            break
        left -= sum(available[task] for task in full)
        wanting = [task for task in wanting if task not in full]
    return room
