"""One list of steps for several findings: what they share comes once, and loses no path."""

from types import ModuleType

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.models import Finding
from scanner.reporters.steps import sections


def found(sample: ModuleType, number: int, system: str, *steps: str) -> Finding:
    finding: Finding = sample.make_finding()
    return finding._replace(
        system=system, steps=steps, exposure="pushed", date=f"2024-01-{number:02}", allowed_by=None
    )


END = ("Tell everyone.", "Clone `git clone URL` anew.", "Ask the host.")


def test_the_common_end_comes_once_and_last(sample: ModuleType) -> None:
    """All keys are revoked before the history is written anew, and that is done once."""
    one, two, three = sections([
        found(sample, 1, "acme", "Delete at Acme.", *END),
        found(sample, 2, "other", "Delete at Other.", "Look.", *END),
        found(sample, 3, "acme", "Delete at Acme.", *END),
    ])  # fmt: skip
    assert (one.members, one.steps) == ((0, 2), ("Delete at Acme.",))
    assert (two.members, two.steps) == ((1,), ("Delete at Other.", "Look."))
    assert (three.members, three.steps, three.is_shared) == ((0, 1, 2), END, True)


def test_what_ends_all_does_not_shorten_what_most_share(sample: ModuleType) -> None:
    """The list of a file that is taken out whole ends like the others, and stays as it is."""
    whole = ("Move it.", "Take it out whole.", *END[1:])
    told = sections([
        found(sample, 1, "acme", "Delete at Acme.", *END),
        found(sample, 2, "wallet", *whole),
        found(sample, 3, "other", "Delete at Other.", *END),
    ])  # fmt: skip
    assert [section.steps for section in told] == [
        ("Delete at Acme.",), whole, ("Delete at Other.",), END
    ]  # fmt: skip
    assert told[-1].members == (0, 2)


def test_nothing_is_shared_by_one_or_across_exposures(sample: ModuleType) -> None:
    alone = found(sample, 1, "acme", "Delete at Acme.", *END)
    here = found(sample, 2, "other", "Delete at Other.", *END)._replace(exposure="staged")
    silenced = found(sample, 3, "third", "Delete.", *END)._replace(allowed_by="inline")
    told = sections([alone, here, silenced])
    assert [section.steps for section in told] == [alone.steps, here.steps]
    assert not any(section.is_shared for section in told)


def test_paths_of_all_are_in_the_commands(sample: ModuleType) -> None:
    """Behind ``--`` and ``--path``, and lines for .gitignore."""
    told = sections([
        found(sample, number, system, f"Delete at {system}.", f"Add `/{path}` to it.",
              f"Run `git filter-repo --invert-paths --path {path}` then `git rm --cached -- {path}`")
        for number, (system, path) in enumerate([("acme", "a.pem"), ("other", "b.pem")], 1)
    ])  # fmt: skip
    assert told[-1].steps == (
        "Add `/a.pem` and `/b.pem` to it.",
        "Run `git filter-repo --invert-paths --path a.pem --path b.pem`"
        " then `git rm --cached -- a.pem b.pem`",
    )


STEPS = st.lists(st.sampled_from(["a `git x`", "b", "c `git y -- p`", "d"]), max_size=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # a module
@given(st.lists(st.tuples(st.sampled_from("pqr"), STEPS), max_size=6))
def test_nobody_loses_a_step(sample: ModuleType, lists: list[tuple[str, list[str]]]) -> None:
    """Each finding's steps, in their order, are those of the sections that it is in."""
    findings = [found(sample, 1, system, *steps) for system, steps in lists]
    told = sections(findings)
    for index, finding in enumerate(findings):
        mine = [step for section in told if index in section.members for step in section.steps]
        assert tuple(mine) == finding.steps
    shared = [section.is_shared for section in told]
    assert shared == sorted(shared)
