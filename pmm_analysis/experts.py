"""One row per expert: what they wrote, where they stand, which skills they name."""

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from .codebook.load import Codebook, read_codebook
from .codebook.mentions import compile_codebook, find_mentions
from .languages import find_language
from .tables import check_pair, check_stances, list_texts, name_experts, read_answers, sum_up_stances
from .text import fold
from .wording import find_names, read_wording

MOST_TERMS = 3


def find_skills(answers: pd.DataFrame, codebook: Codebook | str | Path) -> pd.DataFrame:
    """Find every mention of a codebook skill, in each form that the rules for stances know.

    Parameters
    ----------
    answers : DataFrame
        From `load_thread`; only ``text`` is needed.
    codebook : Codebook, str or Path
        Its ``[options.KEY.skills]`` tables name the skills and the words that mention them.

    Returns
    -------
    DataFrame
        One row per mention:

        ========  ==============================================
        column    meaning
        ========  ==============================================
        thread    thread of the answer
        answer    number of the answer on its page
        expert    who wrote it; missing where the page has no names
        skill     name of the skill in the codebook
        option    key of the option the skill belongs to
        quote     the words found, as written
        start     offset of the first character in ``text``
        end       offset after the last character in ``text``
        ========  ==============================================

        In page order.

    Raises
    ------
    InputError
        There is no column ``text``, or no such codebook.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"expert": ["Ada"], "text": ["Empathetic listeners, and SQL."]})
    >>> find_skills(answers, "hard_vs_soft_skills")[["skill", "option", "quote"]].values.tolist()
    [['Empathy', 'soft', 'Empathetic'], ['Listening', 'soft', 'listeners'], ['Data analysis', 'hard', 'SQL']]
    """
    codebook, table = read_codebook(codebook), read_answers(answers)
    keys = [option.key for option in codebook.options]
    named = [
        (row, mention.skill, keys[mention.option], text[mention.start : mention.end], mention.start, mention.end)
        for row, text, mention in _mark_skills(table["text"], codebook)
    ]
    marks = pd.DataFrame(named, columns=["row", "skill", "option", "quote", "start", "end"])
    who = table[["thread", "answer", "expert"]].iloc[marks.pop("row").astype(int)].reset_index(drop=True)
    kinds = {"skill": "string", "option": "string", "quote": "string", "start": "int64", "end": "int64"}
    return who.join(marks.astype(kinds))


def _mark_skills(texts, codebook):
    terms = compile_codebook(codebook)
    for row, text in enumerate(texts):
        yield from ((row, text, mention) for mention in find_mentions(fold(text), terms, text) if mention.skill)


def profile_experts(answers: pd.DataFrame, stances: pd.DataFrame, codebook: Codebook | str | Path) -> pd.DataFrame:
    """Describe each expert in one row.

    Parameters
    ----------
    answers : DataFrame
        From `load_thread`; only ``text`` is needed.
    stances : DataFrame
        From `classify_stances` or `apply_coding`, same index.
    codebook : Codebook, str or Path
        The one that the stances are of.

    Returns
    -------
    DataFrame
        One row per expert, and one for each answer without a name:

        ===========  ==========================================================================
        column       meaning
        ===========  ==========================================================================
        expert       name as first written
        title        job title, from the first answer that shows one
        company      employer, likewise
        answers      number of answers
        truncated    how many of them are cut off in the page
        words        words written, over all answers
        stance       the one stance taken, ``mixed`` if several, ``unaddressed`` if none
        lean         mean lean of the answers that address the question, −1 … 1; missing if none
        skills       skills named, most answers first, joined by ", "
        terms        up to three words that tell this expert from the others (TF-IDF), joined by ", "
        ===========  ==========================================================================

        In order of first appearance.

    Raises
    ------
    InputError
        A column is missing, or the stances are of other answers.

    Notes
    -----
    ``terms`` are those with the largest TF-IDF weight when all answers of an expert are one document:
    of stems, against ordinary English, as `cluster_answers` weighs them. Common words and the names of
    experts and companies are left out; words that most experts use come last.

    Examples
    --------
    >>> from pmm_analysis import classify_stances, load_thread
    >>> answers = load_thread("hard_vs_soft_skills.txt")
    >>> stances = classify_stances(answers, "hard_vs_soft_skills")
    >>> experts = profile_experts(answers, stances, "hard_vs_soft_skills")
    >>> experts[["expert", "answers", "truncated"]].head(2).to_records(index=False).tolist()
    [('Marcus Andrews', 2, 2), ('Eric Chang', 1, 1)]
    """
    codebook, table = read_codebook(codebook), read_answers(answers)
    check_stances(stances, "lean")
    check_pair(table, stances, "the stances")
    who = name_experts(table)
    kinds = pd.CategoricalDtype([*codebook.stances[:-1], "mixed", "unaddressed"], ordered=True)
    titles = answers.reindex(columns=["title", "company"]).astype("string").groupby(who, sort=False).first()
    sums = table[["truncated", "words"]].astype("Int64").groupby(who, sort=False).sum()
    lean = stances["lean"].where(stances["stance"].ne("unaddressed")).astype("Float64")
    profiles = pd.DataFrame(
        {
            "title": titles["title"],
            "company": titles["company"],
            "answers": table.groupby(who, sort=False).size().astype("Int64"),
            "truncated": sums["truncated"],
            "words": sums["words"],
            "stance": sum_up_stances(stances["stance"], who).astype(kinds),
            "lean": lean.groupby(who, sort=False).mean(),
            "skills": _list_skills(table, who, codebook),
            "terms": _find_own_terms(answers, table, who),
        },
        index=titles.index,
    )
    profiles = profiles.rename_axis("expert").reset_index().astype({"expert": "string"})
    profiles.attrs = dict(answers.attrs)
    return profiles


def _list_skills(table, who, codebook):
    """Give the skills that each expert names, those in most answers first."""
    named = dict.fromkeys((row, mention.skill) for row, _, mention in _mark_skills(table["text"], codebook))
    names = who.tolist()
    counts = Counter((names[row], skill) for row, skill in named)
    return _join_by_expert(pair for pair, _ in counts.most_common())


def _find_own_terms(answers, table, who):
    """Give the words that weigh most in what each expert wrote; those that most experts use come after all others."""
    texts = {}
    for name, text in zip(who, list_texts(table)):
        texts.setdefault(name, []).append(text)
    written, without = [" ".join(parts) for parts in texts.values()], find_names(answers, table["text"])
    wording = read_wording(written, without=without, letters=False, language=find_language(table))
    weights = wording.weigh_words().tocoo()
    rows, columns = weights.coords
    shared = np.bincount(columns, minlength=len(wording.terms)) > max(1, len(texts) / 2)
    order = np.lexsort((columns, -weights.data.round(9), shared[columns], rows))
    order = order[~np.isin(columns[order], list(wording.little)) & (weights.data[order] > 0)]
    best = order[pd.Series(rows[order]).groupby(rows[order]).cumcount() < MOST_TERMS]
    names = list(texts)
    return _join_by_expert((names[row], wording.terms[column]) for row, column in zip(rows[best], columns[best]))


def _join_by_expert(pairs):
    listed = {}
    for expert, word in pairs:
        listed.setdefault(expert, []).append(word)
    return pd.Series({expert: ", ".join(words) for expert, words in listed.items()}, dtype="string")
