"""What the tables are: their columns, which of them a step needs, and who counts as one."""

import re

import pandas as pd

from .errors import InputError

ANSWERS = {
    "thread": "string",
    "answer": "Int64",
    "expert": "string",
    "pronouns": "string",
    "headline": "string",
    "title": "string",
    "company": "string",
    "formerly": "string",
    "question": "string",
    "date": "string",
    "views": "Int64",
    "requests": "Int64",
    "text": "string",
    "truncated": "bool",
    "words": "Int64",
}
CONFIDENCE = ("low", "medium", "high")
MADE_BY = {
    "answers": "load_thread",
    "stances": "classify_stances",
    "experts": "profile_experts",
    "conditions": "find_conditions",
}


def check_table(table, name, columns):
    """Raise InputError unless this is a table with these columns; return it.

    Parameters
    ----------
    table : DataFrame
    name : {"answers", "stances", "experts", "conditions"}
        What it should be.
    columns : iterable of str
        What it needs.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        It is no table, or a column is missing.

    Examples
    --------
    >>> check_table(pd.DataFrame({"x": [1]}), "answers", ["text"])
    Traceback (most recent call last):
    ...
    pmm_analysis.errors.InputError: the answers have no column text. To fix it: pass the table that load_thread returns.
    """
    remedy = f"pass the table that {MADE_BY[name]} returns"
    if not isinstance(table, pd.DataFrame):
        raise InputError(f"the {name} are no table but of type {type(table).__name__}", remedy=remedy)
    if missing := [column for column in columns if column not in table]:
        raise InputError(f"the {name} have no column {missing[0]}", remedy=remedy)
    return table


def check_stances(stances, *columns):
    """Raise InputError unless this is a table of stances, with these columns too; return it."""
    check_table(stances, "stances", ("stance", *columns))
    if not isinstance(stances["stance"].dtype, pd.CategoricalDtype):
        remedy = "keep its type: a Categorical of the codebook's stances"
        raise InputError(f"the column stance is of type {stances['stance'].dtype}", remedy=remedy)
    return stances


def check_pair(one, other, what):
    """Raise InputError unless two tables are of the same answers, row for row."""
    if not one.index.equals(other.index):
        raise InputError(
            f"{what} are of other answers: {len(one)} and {len(other)} rows, or another index",
            remedy="make both from the same table of answers",
        )


def read_answers(answers):
    """Give every column of an answers table, each of its type; only ``text`` must be there, what is missing is made."""
    check_table(answers, "answers", ["text"])
    text = answers["text"].astype("string").fillna("")
    made = {"answer": range(1, len(answers) + 1), "truncated": False, "words": text.str.split().str.len()}
    columns = {name: answers[name] if name in answers else made.get(name) for name in ANSWERS} | {"text": text}
    table = pd.DataFrame(columns, index=answers.index)
    table["truncated"] = table["truncated"].astype("boolean").fillna(False)
    table = table.astype(ANSWERS).join(answers.drop(columns=[*ANSWERS], errors="ignore"))
    table.attrs = dict(answers.attrs)
    return table


def list_texts(answers):
    """List the texts whose words are counted: cut-off ones without their last word, which the page may have broken.

    >>> list_texts(pd.DataFrame({"text": ["The script anyw", "All of it."], "truncated": [True, True]}))
    ['The script', 'All of it.']
    """
    cut = zip(answers["text"], answers["truncated"], strict=True)
    return [re.sub(r"\s*[^\s.!?…\"”’)]+$", "", text) if truncated else text for text, truncated in cut]


def name_experts(table):
    """Name who counts as one: the expert, and for an answer without a name, the answer itself.

    Parameters
    ----------
    table : DataFrame
        With ``expert``; ``answer`` (else counted from 1) and ``thread`` tell answers without a name apart.

    Returns
    -------
    Series of str

    Examples
    --------
    >>> name_experts(pd.DataFrame({"answer": [1, 2], "expert": pd.array(["Ada", None], "string")})).tolist()
    ['Ada', 'no name (answer 2)']
    """
    numbers = table["answer"] if "answer" in table else pd.Series(range(1, len(table) + 1), index=table.index)
    number = "answer " + numbers.astype("string")
    several = "thread" in table and table["thread"].nunique() > 1
    where = table["thread"].astype("string") + ", " + number if several else number
    return table["expert"].astype("string").fillna("no name (" + where + ")").rename("expert")


def name_column(stance):
    """Name the column that counts a stance in a table of clusters, where other columns have names of their own.

    >>> name_column("soft"), name_column("size")
    ('soft', 'stance size')
    """
    return f"stance {stance}" if stance in ("thread", "cluster", "size", "terms", "n") else stance


def sum_up_stances(stances, experts):
    """Give each expert the one stance their answers take: ``mixed`` if several, ``unaddressed`` if none.

    >>> sum_up_stances(pd.Series(["soft", "hard", "unaddressed"]), pd.Series(["Ada", "Ada", "Bo"])).to_dict()
    {'Ada': 'mixed', 'Bo': 'unaddressed'}
    """
    taken = stances.astype("string").where(lambda stance: stance.ne("unaddressed")).groupby(experts, sort=False)
    return taken.first().fillna("unaddressed").mask(taken.nunique() > 1, "mixed")
