"""How rows show their samples, by the build's format, and what of it comes before the target."""

import functools
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

from pipeline.validate.dataset import Record

_CONTINUED = frozenset(
    (
        "function_completion",
        "method_completion",
        "class_completion",
        "line_completion",
        "fill_in_middle",
    )
)


def prompt_of(row: Record) -> str:
    """All that comes before a row's last assistant turn."""
    if "messages" in row:
        return "\n".join(message["content"] for message in row["messages"][:-1])
    if "prompt" in row:
        return str(row["prompt"])
    text: str = row["text"]
    return text[: max(text.rfind(row["target"]), 0)]


def turns_of(row: Record) -> Iterator[str]:
    """What comes before the last assistant turn, in parts."""
    if "messages" in row:
        return (f"{turn['role']}\0{turn['content']}" for turn in row["messages"][:-1])
    return iter((prompt_of(row),))


def rendering_offences(row: Record, options: Mapping[str, Any]) -> list[str]:
    """What is wrong with how a row shows its sample."""
    if "messages" in row:
        offences = _message_offences(row)
    elif "prompt" in row:
        same = row["completion"] == row["target"]
        offences = [] if same else ["its completion is not the target"]
    else:
        offences = _text_offences(row, _template(options["text_template"]))
    prompt = prompt_of(row)
    return offences + [
        f"its {part} is not in the prompt"
        for part in ("instruction", "context", "suffix")
        if row[part] not in prompt
    ]


def _message_offences(row: Record) -> list[str]:
    roles = [message["role"] for message in row["messages"]]
    turns = len(roles) // 2
    if not turns or roles != ["user", "assistant"] * turns:
        return [f"its messages have the roles {roles}"]
    offences = []
    if turns > 1 and row["task"] != "multi_turn":
        offences.append(f"{row['task']} has {turns} turns")
    if row["messages"][-1]["content"] != row["target"]:
        offences.append("its last message is not the target")
    return offences


def _text_offences(row: Record, template: Mapping[str, Any]) -> list[str]:
    """A hole is the template with its parts put in; other texts end with target and end mark."""
    text, infill = row["text"], template.get("infill")
    if infill and row["task"] in _CONTINUED:
        orders = [infill[order] for order in ("psm", "spm") if order in infill]
        parts = {"prefix": row["context"], "suffix": row["suffix"]}
        whole = [order.format_map(parts) + row["target"] + infill["end"] for order in orders]
        offences = [] if text in whole else ["its text is not the template with its parts put in"]
        if row["instruction"]:
            offences.append("its instruction is not shown")
        skeleton = orders[0] + infill["end"]
    else:
        form = template.get("chat") or template["instruct"]
        end = form.get("answer_end", "") + form.get("end", "")
        whole_end = row["target"] + end
        offences = [] if text.endswith(whole_end) else ["its text does not end with its target"]
        asked = form.get("user") or form["with_input" if row["context"] else "without_input"]
        turns = len(row.get("turn_tasks") or [row["task"]]) if "chat" in template else 1
        exchange = asked + form.get("answer_end", "")
        skeleton = form.get("join", "").join([exchange] * turns) + form.get("end", "")
    found = next((s for s in template["special"] if text.count(s) != skeleton.count(s)), "")
    return [*offences, *([f"its text has {found!r} too often or too rarely"] if found else [])]


@functools.cache
def _template(name: str) -> Mapping[str, Any]:
    """The stated template: the data, not what the build makes of it."""
    folder = resources.files("transforms.samples") / "text_templates"
    return tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
