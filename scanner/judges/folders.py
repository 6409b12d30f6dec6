"""What the kind of a file says of a draft: one of tests, of documentation, of translations, the only place of a key."""

from scanner.context.values.marks import has_digit
from scanner.judges.fitting import CHOSEN
from scanner.lazy import lazy_compile
from scanner.models import SEVERITIES, Draft, Evidence

WEAK_POINTS = 4
"""Points of a password of examples."""
_FOR_SHOW = lazy_compile(
    r"(?i)(?:^|[/_.\-])(?:tests?|testing|testdata|specs?|e2e|fixtures?|mocks?|examples?|samples?|demos?)(?=[/_.\-]|$)"
)
"""A folder or file of tests, fixtures or examples; one's own fixtures may hold real keys, so none is hidden."""
_TAUGHT = lazy_compile(
    r"(?i)(?:^|/)(?:docs?|documentation|tutorials?|guides?|readme[^/]{0,40})(?:/|$)"
)
"""What is written for readers: there a common password is an example."""
_README = lazy_compile(
    r"(?i)^(?!.*(?:^|/)(?:docs?|documentation|tutorials?|guides?)/).*readme[^/]*$"
    r"|(?:^|[/_.\-])(?:onboarding|runbook|handover|passwords|credentials|logins)[^/]{0,40}\.(?:md|txt|rst|adoc|org)$"
)
"""A project's own notes: with the host that it opens, a password there is one of somebody's."""


def lowered(draft: Draft) -> Draft:
    """Return the draft one severity lower if its path is one of tests or examples.

    A password that many choose has low confidence in documentation; not so in a README that names its host. What
    signs has it among tests and examples, too: ``existing_key``.
    """
    match, path = draft.match, draft.origin.path or ""
    is_shown = _FOR_SHOW.search(path) is not None
    ways = {evidence.what for evidence in match.evidence}
    is_common = "common" in ways and "pair" not in ways  # beside a key and its secret it is theirs
    opens = any(evidence.what == "connection" for evidence in match.evidence)
    is_note = _README.search(path) is not None
    is_made_up = is_shown and match.rule.kind not in CHOSEN
    if is_common and (is_made_up or _TAUGHT.search(path)) and not (opens and is_note):
        match = match._replace(score=min(match.score, WEAK_POINTS))
        draft = draft.replaced(match=match)
    if not is_shown:
        return draft
    step = SEVERITIES.index(match.rule.severity)
    rule = match.rule._replace(severity=SEVERITIES[max(0, step - 1)])
    # The adviser goes by the first word, so a harmless half of a pair has it too.
    told = Evidence("examples", "among tests or examples" + (", so less severe" if step else ""))
    return draft.replaced(match=match._replace(rule=rule, evidence=(*match.evidence, told)))


_AT_PATH = {
    "generic-master-key": lazy_compile(r"(?:^|/)config/(?:master|credentials/[\w\-]+)\.key$"),
    "generic-erlang-cookie-file": lazy_compile(r"(?:^|/)\.erlang\.cookie$"),
}
"""Rules whose values only the path of their file proves: checksums are such digits, too."""


def placed(draft: Draft) -> Draft:
    """Return a draft rejected if its path is not the one that its rule's values lie at."""
    place = _AT_PATH.get(draft.match.rule.id)
    if place is None or place.search(draft.origin.path or ""):
        return draft
    return draft.replaced(match=draft.match._replace(rejected="its path does not tell a key"))


_TRANSLATION = lazy_compile(
    r"(?:^|/)res/values-(?:b\+)?[a-z]{2,3}(?:-r[A-Z]{2}|\+[A-Za-z0-9+]{2,12})?/\w{1,60}\.xml$"
    r"|(?:^|/)[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?\.lproj/[^/]{1,80}\.strings$"
)
"""Texts of an application in one language: Android's resources by locale, and Apple's."""
_LANGUAGES = lazy_compile(
    r"(?i)(?:^|/)(?:locales?|i18n|l10n|lang|langs|languages?|translations?)/(?:[^/]{1,60}/){0,6}[^/]{1,80}"
    r"\.(?:json5?|ya?ml|properties|php|[jt]s)$"
    r"|(?:^|/|[_\-.])(?:messages?|validation|strings|translations?|resources?)[_\-.][a-z]{2,3}(?:[_\-][a-z]{2,4})?"
    r"\.(?:json|properties|ya?ml|php|[jt]s)$"
    r"|\.(?:resx|po|pot|xlf|xliff|arb|ftl)$"
)
"""The same as other programs keep them; what has a digit may be set there all the same."""
_LONGEST_WORD = 32


def translated(draft: Draft) -> Draft:
    """Return a draft rejected if it is a word of a translation, such as ``uitgeschakeld``.

    What a form tells, and what is as long as a key, is no word of any language.
    """
    rule, path = draft.match.rule, draft.origin.path or ""
    is_word = (
        rule.id.startswith("generic-") and not rule.pattern and len(draft.secret) < _LONGEST_WORD
    )
    is_text = path.endswith((".xml", ".strings")) and _TRANSLATION.search(path) is not None
    is_text = is_text or (not has_digit(draft.secret) and _LANGUAGES.search(path) is not None)
    if not (is_word and is_text):
        return draft
    return draft.replaced(match=draft.match._replace(rejected="a word of a translation"))
