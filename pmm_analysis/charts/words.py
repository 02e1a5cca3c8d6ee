"""What charts say of their numbers in passing: where they come from, who read them, which signs answers carry."""

import hashlib

from ..languages import UNREAD, find_unread, name_language, name_threads
from ..text import clean_text, count_things, inflect, join_words
from .canvas import CUT_OFF, WEAK

NO_QUOTE = "no sentence says it outright"


def explain_signs(stances):
    """Explain the signs that uncertain answers carry, as far as there are any."""
    weak, unread = stances["review"] & ~stances["truncated"], find_unread(stances)
    doubts = (
        (CUT_OFF, "cut off in the page", stances["truncated"]),
        (WEAK, "not read" if unread[weak].all() else "weakly read" if not unread.any() else "weakly or not read", weak),
    )
    signs = [f"{sign} = {meaning}" for sign, meaning, answers in doubts if answers.any()]
    return f" {', '.join(signs)}: its stance may change" if signs else ""


def name_source(table, *, coded=False):
    """Say where the numbers come from: thread, n, what is cut off, and whether a person has read the stances."""
    experts, cut = table["expert"].nunique(), int(table["truncated"].sum())
    by = f" by {count_things(experts, 'expert')}" if experts else ""
    if (threads := table["thread"].nunique()) > 1:
        where = count_things(threads, "thread")
    else:
        where, by = (
            clean_text(table.attrs.get("source") or table.attrs.get("thread") or "thread"),
            by or " without names",
        )
    said = f"Source: {where}{_sign_pages(table)}. n = {count_things(len(table), 'answer')}{by}"
    said += f"; {CUT_OFF} {cut:,} cut off in the page" if cut else ""
    return said + (_say_who_coded(table) if coded else "") + "."


def _sign_pages(table):
    """Give the fingerprint of the page, or one of all pages that a table was read from; the manifest has each."""
    pages = table.attrs.get("threads") or [table.attrs]
    digests = [about.get("sha256") for about in pages]
    if not all(digests):
        return ""
    if len(digests) == 1:
        return f" (sha256 {digests[0][:8]})"
    return f" (sha256 of all {hashlib.sha256(''.join(digests).encode()).hexdigest()[:8]})"


def _say_who_coded(stances):
    unread = find_unread(stances)
    weak = int((stances["review"] & ~stances["truncated"] & ~unread).sum())
    by_hand = int(stances["coded_by"].ne("rules").sum())
    by = f". {by_hand:,} of {len(stances):,} stances set by a person" if by_hand else ". Stances by rules, not reviewed"
    said = tell_language(stances)
    return (f"; {WEAK} {weak:,} weakly read" if weak else "") + by * (not unread.all()) + f". {said}" * bool(said)


def tell_language(stances):
    """Say which answers nobody has read, because they are not in English; nothing if there are none.

    >>> import pandas as pd
    >>> from pmm_analysis import classify_stances
    >>> answers = pd.DataFrame({"text": ["Ich würde immer das Team wählen.", "Es kommt auf die Firma an."]})
    >>> tell_language(classify_stances(answers, "hard_vs_soft_skills"))
    'Answers in German: rules read English only, so no stance is claimed'
    """
    unread, languages = find_unread(stances), stances.attrs.get("languages", {})
    if not unread.any():
        return ""
    codes = name_threads(stances)[unread].map(languages)
    which = "Answers" if unread.all() else f"{unread.sum():,} {inflect(int(unread.sum()), 'answer')}"
    return f"{which} in {join_words([name_language(code) for code in codes.unique()])}: {UNREAD}"


def tell_origin(table):
    """Name the input in full, for the speaker's notes."""
    about = table.attrs
    return f" Input: {about.get('source') or about['thread']}, sha256 {about['sha256']}." if about.get("sha256") else ""


def quote_strongest(stances, labels, *, n=3):
    """Quote the answers that take a side most surely, for the speaker's notes."""
    sides = stances[~stances["stance"].isin(["balanced", "unaddressed"]) & stances["quote"].notna()]
    strength = sides["lean"].abs().fillna(0)
    order = sides.assign(strength=strength).sort_values(["confidence", "strength"], ascending=False, kind="stable")
    said = [
        f"{say_quote(row)} ({row.expert if isinstance(row.expert, str) else 'no name'}, answer {row.answer}:"
        f" {labels[row.stance]})"
        for row in order.head(n).itertuples()
    ]
    return " Strongest quotes: " + " ".join(said) if said else ""


def say_quote(row):
    """Write the quote of a row of stances between marks, or say that there is none."""
    if isinstance(row.quote, str):
        return f"“{clean_text(row.quote)}”"
    return NO_QUOTE if row.coded_by == "rules" else f"read by {row.coded_by}, without a quote"
