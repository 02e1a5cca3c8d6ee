"""The study: what charts, slides and report of a thread are made from, each table made once."""

from functools import cached_property
from pathlib import Path

import pandas as pd

from .codebook import Codebook, read_codebook
from .codebook.style import style_stances
from .errors import InputError
from .experts import find_skills, profile_experts
from .languages import find_unread
from .stance import classify_stances, measure_leads, tally_sensitivity, tally_stances, tally_threads
from .tables import check_pair, check_stances, check_table, name_experts, read_answers

STANCES = ("thread", "answer", "expert", "lean", "confidence", "review", "quote", "coded_by", "truncated")
OTHER = "Another question"
EXPERTS = ("expert", "title", "company", "answers", "truncated", "words", "stance", "lean", "skills", "terms")


class Study:
    """A thread and a codebook, and every table that is made from the two, when it is first asked for.

    Parameters
    ----------
    answers : DataFrame
        From `load_thread` or `load_threads`.
    codebook : Codebook, str or Path
        The question and its options, or the name or file of a codebook.
    stances, experts : DataFrame, optional
        Your own, say with hand labels; by default those of `classify_stances` and `profile_experts`.
    clustering : Clustering, optional
        Your own; by default that of `cluster_answers`.

    Attributes
    ----------
    answers, stances, experts, clustering, codebook
        As above.
    tally, expert_tally, thread_tally : DataFrame
        `tally_stances` by answers, by experts, and by answers of each thread, with a first column ``thread``.
    sensitivity, leads : DataFrame
        `tally_sensitivity`, how the tally changes with what is counted, and `measure_leads`, how far the first option
        leads the second in each thread, both in `pmm_analysis.stance`.
    skills : DataFrame
        `find_skills`, with a name for answers that have none.
    names : Series
        Who counts as one, for each row of `stances`.

    Raises
    ------
    InputError
        A table lacks a column, or two tables are of other answers.

    Examples
    --------
    >>> from pmm_analysis import Study, load_thread
    >>> study = Study(load_thread("hard_vs_soft_skills.txt"), "hard_vs_soft_skills")
    >>> len(study.answers), len(study.experts), study.tally["n"].sum().item()
    (12, 7, 12)
    """

    def __init__(self, answers, codebook, *, stances=None, experts=None, clustering=None):
        self.codebook = read_codebook(codebook)
        given = {"stances": stances, "experts": experts, "clustering": clustering}
        if answers is not None:
            given["answers"] = read_answers(answers)
        if stances is not None:
            check_stances(stances, *STANCES)
        if experts is not None:
            check_table(experts, "experts", EXPERTS)
        for name in ("stances", "clustering"):
            if answers is not None and given[name] is not None:
                check_pair(answers, given[name] if name == "stances" else clustering.labels, f"the {name}")
        # What is given stands where a property would keep what it has made.
        self.__dict__ |= {name: table for name, table in given.items() if table is not None}

    @cached_property
    def answers(self):
        raise InputError("this needs the answers", remedy="pass the table that load_thread returns, too")

    @cached_property
    def stances(self):
        return classify_stances(self.answers, self.codebook)

    @cached_property
    def clustering(self):
        from .clusters import cluster_answers

        return cluster_answers(self.answers)

    @cached_property
    def experts(self):
        return profile_experts(self.answers, self.stances, self.codebook)

    @cached_property
    def tally(self):
        return tally_stances(self.stances)

    @cached_property
    def expert_tally(self):
        return tally_stances(self.stances, by="experts")

    @cached_property
    def thread_tally(self):
        return tally_threads(self.stances)

    @cached_property
    def sensitivity(self):
        return tally_sensitivity(self.stances)

    @cached_property
    def leads(self):
        return measure_leads(self.stances, self.codebook)

    @cached_property
    def skills(self):
        return find_skills(self.answers.assign(expert=name_experts(self.answers)), self.codebook)

    @cached_property
    def names(self):
        return name_experts(self.stances)

    @cached_property
    def labels(self):
        """Stance key -> words for charts: rules find no pick where a person says that another question is answered."""
        silent = self.stances["stance"].eq("unaddressed")
        by_rules = self.stances["coded_by"].eq("rules")
        both = (silent & by_rules).any() and (silent & ~by_rules).any()
        if find_unread(self.stances).any():
            return self.codebook.labels | {"unaddressed": "Not read"}
        label = "No pick found" if (by_rules & silent).any() or not silent.any() and by_rules.any() else OTHER
        return self.codebook.labels | {"unaddressed": f"No pick, or {OTHER.lower()}" if both else label}

    @property
    def styles(self):
        """Stance key -> how it looks, in the order charts show stances."""
        return style_stances(self.codebook)

    @property
    def n_threads(self):
        """How many threads the answers are of."""
        table = self.__dict__.get("answers", self.__dict__.get("stances"))
        return table["thread"].nunique()


def gather_study(*parts):
    """Make a study of a Study, or of its tables and its codebook in any order.

    Raises
    ------
    InputError
        There is no codebook, a part is none of what a study is made of, or stands there twice.
    """
    if len(parts) == 1 and isinstance(parts[0], Study):
        return parts[0]
    given = {}
    for part in parts:
        kind = _tell_kind(part)
        if kind in given:
            raise InputError(f"the {kind} are given twice", remedy="pass a Study, or each table once")
        given[kind] = part
    if "codebook" not in given:
        raise InputError("there is no codebook", remedy="pass a Study, or the codebook beside the tables")
    return Study(given.pop("answers", None), given.pop("codebook"), **given)


def _tell_kind(part):
    if isinstance(part, (Codebook, str, Path)):
        return "codebook"
    if hasattr(part, "placement") and hasattr(part, "labels"):
        return "clustering"
    remedy = "pass a Study, or the tables of load_thread, classify_stances and profile_experts"
    if not isinstance(part, pd.DataFrame):
        raise InputError(f"charts are made from a Study, not from a {type(part).__name__}", remedy=remedy)
    columns = {"answers": "text", "experts": "skills", "stances": "stance"}
    kind = next((kind for kind, column in columns.items() if column in part), None)
    if kind is None:
        said = ", ".join(f"{column} as {kind} do" for kind, column in columns.items())
        raise InputError(f"this table has no column {said}", remedy=remedy)
    return kind
