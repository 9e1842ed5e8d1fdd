"""A procedure's table as the documentation shows it: a state diagram and a table of its acts."""

from __future__ import annotations

from sunshine.kernel.procedure import Act, Effect, Procedure, Stage


def mermaid(procedure: Procedure) -> str:
    """Return a Mermaid state diagram; acts between the same two stages share an arrow."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{_quoted(stage.label)}" as {stage.name}' for stage in procedure.stages]
    lines.append(f"    [*] --> {procedure.initial.name}")
    for (source, target), names in _arrows(procedure).items():
        lines.append(f"    {source.name} --> {target.name} : {' / '.join(names)}")
    lines += [f"    {stage.name} --> [*]" for stage in procedure.stages if stage in procedure.final]
    return "\n".join(lines) + "\n"


def table(procedure: Procedure) -> str:
    """Return a Markdown table with a row for each act, in the procedure's order."""
    head = ("Act", "From", "To", "By", "Never by who did", "Clocks", "Public", "Basis")
    rows = [head, ("---",) * len(head), *(_row(act) for act in procedure.acts)]
    return "".join(f"| {' | '.join(map(_cell, row))} |\n" for row in rows)


def _arrows(procedure: Procedure) -> dict[tuple[Stage, Stage], list[str]]:
    arrows: dict[tuple[Stage, Stage], list[str]] = {}
    for stage in procedure.stages:
        for act in procedure.acts_from(stage):
            arrows.setdefault((stage, act.leads_to(stage)), []).append(act.name)
    return arrows


def _row(act: Act) -> tuple[str, ...]:
    return (
        act.name,
        ", ".join(stage.label for stage in act.sources),
        act.target.label if act.target else "stays",
        ", ".join(role.label for role in act.by),
        ", ".join(act.never_by_who_did),
        ", ".join(map(_effect, act.clocks)),
        "yes" if act.public else "",
        act.basis,
    )


def _effect(effect: Effect) -> str:
    since = f" from {effect.moment_fact}" if effect.moment_fact else ""
    return f"{effect.kind} {effect.clock}{since}"


def _quoted(text: str) -> str:
    """Return text that may stand inside a Mermaid string, which knows no escaped quote."""
    return text.replace('"', "”")


def _cell(text: str) -> str:
    """Return text that does not end its Markdown cell."""
    return text.replace("|", r"\|").replace("\n", " ")
