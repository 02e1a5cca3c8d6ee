"""An answer with its cues marked, for JupyterLab and the report."""

import html
from pathlib import Path

import pandas as pd

from ..codebook.load import Codebook, read_codebook
from ..codebook.style import style_stances
from ..errors import ThreadError
from ..stance.classify import stance_evidence
from ..tables import read_answers
from .words import say_quote


def highlight(
    answers: pd.DataFrame,
    stances: pd.DataFrame,
    *,
    answer: int,
    codebook: Codebook | str | Path | None = None,
    thread: str | None = None,
) -> object:
    """Show an answer with its cues marked, in JupyterLab.

    Parameters
    ----------
    answers, stances : DataFrame
        Answers and their stances.
    answer : int
        The answer's number.
    codebook : Codebook, str or Path, optional
        The one that made `stances`; needed only if it does not ship with the package.
    thread : str, optional
        The thread, if `answers` hold several.

    Returns
    -------
    IPython.display.HTML
        The answer's text, escaped, with every cue marked in the colour of what it
        speaks for; point at a mark to read the cue's name and weight.

    Raises
    ------
    ThreadError
        There is no such answer.

    Examples
    --------
    >>> import pandas as pd
    >>> from pmm_analysis import classify_stances
    >>> answers = pd.DataFrame({"text": ["Soft skills <b>first</b>."]})
    >>> shown = highlight(answers, classify_stances(answers, "hard_vs_soft_skills"), answer=1)
    >>> "&lt;b&gt;" in shown.data
    True
    """
    from IPython.display import HTML

    codebook = read_codebook(codebook or stances.attrs.get("codebook", ""))
    table = read_answers(answers)
    chosen = table["answer"].eq(answer) & (table["thread"].eq(thread) if thread else True)
    if not chosen.fillna(False).any():
        raise ThreadError(f"there is no answer {answer}", remedy=f"choose one of 1 to {table['answer'].max()}")
    place = chosen.fillna(False).to_numpy().argmax()
    text, row = table["text"].iloc[place], stances.iloc[place]
    marks = []
    evidence = stance_evidence(answers.iloc[[place]], codebook)
    for cue in evidence.sort_values("weight", ascending=False).itertuples():
        if all(cue.end <= mark.start or cue.start >= mark.end for mark in marks):
            marks.append(cue)
    colours = {key: _list_rgb(style.fill) for key, style in style_stances(codebook).items()}
    pieces, at = [], 0
    for cue in sorted(marks, key=lambda mark: mark.start):
        colour = colours[cue.option]
        title = _escape(f"{cue.cue}: {codebook.labels[cue.option]}, {cue.weight:g}")
        pieces += [
            _escape(text[at : cue.start]),
            f'<mark title="{title}" style="color:inherit;background:rgba({colour},.3);'
            f'border-bottom:2px solid rgb({colour})">',
            _escape(cue.quote),
            "</mark>",
        ]
        at = cue.end
    pieces.append(_escape(text[at:]))
    head = f"{codebook.labels[row['stance']]} · confidence {row['confidence']}" + " · to review" * bool(row["review"])
    said = f"<br>{_escape(say_quote(row))}" if row["stance"] != "unaddressed" else ""
    return HTML(
        f'<div class="tex2jax_ignore mathjax_ignore"><b>{_escape(head)}</b>{said}'
        f'<p style="white-space:pre-wrap">{"".join(pieces)}</p></div>'
    )


def _list_rgb(colour):
    """Write a colour as CSS does inside ``rgba()``: "200,80,15" for "#C8500F"."""
    return ",".join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))


def _escape(text):
    """Escape a text for HTML, and part its dollar signs, between which JupyterLab would set mathematics."""
    return html.escape(text).replace("$", "<span>$</span>")
