"""One row per expert: what they wrote, where they stand, which skills they name."""

import functools
import re

import pandas as pd

from .tables import name_experts


def find_skills(answers, codebook):
    """Find every mention of a codebook skill.

    Parameters
    ----------
    answers : DataFrame
        From `load_thread`.
    codebook : Codebook
        Its ``[options.KEY.skills]`` tables name the skills and the words that mention them.

    Returns
    -------
    DataFrame
        One row per mention, in page order.

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

    Examples
    --------
    >>> import pandas as pd
    >>> from pmm_analysis import load_codebook
    >>> answers = pd.DataFrame({"thread": "t", "answer": [1], "expert": ["Ada"], "text": ["Empathy, and SQL."]})
    >>> skills = find_skills(answers, load_codebook("hard_vs_soft_skills"))
    >>> skills[["skill", "option", "quote"]].values.tolist()
    [['Empathy', 'soft', 'Empathy'], ['Data analysis', 'hard', 'SQL']]
    """
    words = {
        word.casefold(): skill for option in codebook.options for skill, ws in option.skills.items() for word in ws
    }
    columns = ["thread", "answer", "expert", "skill", "option", "quote", "start", "end"]
    rows = []
    if words:
        pattern = _match_words(tuple(words))
        texts = answers["text"].fillna("")
        for row in answers[["thread", "answer", "expert"]].assign(text=texts).itertuples(index=False):
            for found in pattern.finditer(row.text):
                skill = words[found.group().casefold()]
                rows.append((*row[:3], skill, codebook.skills[skill], found.group(), *found.span()))
    return pd.DataFrame(rows, columns=columns)


@functools.lru_cache(maxsize=32)
def _match_words(words):
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)


def profile_experts(answers, stances, codebook):
    """Describe each expert in one row.

    Parameters
    ----------
    answers : DataFrame
        From `load_thread`.
    stances : DataFrame
        From `classify_stances`, same index.
    codebook : Codebook

    Returns
    -------
    DataFrame
        One row per expert, in order of first appearance.

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
        terms        up to three terms that tell this expert from the others (TF-IDF), joined by ", "
        ===========  ==========================================================================

    Notes
    -----
    ``terms`` are the terms with the largest TF-IDF weight when all answers of an expert are one
    document (Spärck Jones, 1972, "A statistical interpretation of term specificity").

    Examples
    --------
    >>> from pmm_analysis import classify_stances, load_codebook, load_thread
    >>> answers, codebook = load_thread("hard_vs_soft_skills.txt"), load_codebook("hard_vs_soft_skills")
    >>> experts = profile_experts(answers, classify_stances(answers, codebook), codebook)
    >>> experts[["expert", "answers", "truncated"]].head(2).to_records(index=False).tolist()
    [('Marcus Andrews', 2, 2), ('Eric Chang', 1, 1)]
    """
    who = name_experts(answers)
    addressed = stances["stance"].astype("string").ne("unaddressed")
    table = pd.DataFrame(
        {
            "answers": answers.groupby(who, sort=False).size(),
            "truncated": answers["truncated"].groupby(who, sort=False).sum(),
            "words": answers["words"].groupby(who, sort=False).sum(),
            "lean": stances["lean"].where(addressed).groupby(who, sort=False).mean(),
        }
    ).astype({"answers": "Int64", "truncated": "Int64", "words": "Int64", "lean": "Float64"})
    for column in ("company", "title"):
        table.insert(0, column, answers[column].groupby(who, sort=False).first())
    order = pd.CategoricalDtype([*codebook.stances[:-1], "mixed", "unaddressed"], ordered=True)
    table.insert(5, "stance", stances["stance"].astype("string").groupby(who, sort=False).agg(_sum_up).astype(order))
    table["skills"] = pd.Series(_list_skills(answers, who, codebook), dtype="string")
    table["terms"] = pd.Series(_find_own_terms(answers, who), dtype="string")
    table = table.rename_axis("expert").reset_index().astype({"expert": "string"})
    table.attrs = {**answers.attrs}
    return table


def _sum_up(stances):
    taken = [stance for stance in dict.fromkeys(stances) if stance != "unaddressed"]
    return "mixed" if len(taken) > 1 else (taken or ["unaddressed"])[0]


def _list_skills(answers, who, codebook):
    mentions = find_skills(answers, codebook).drop_duplicates(["thread", "answer", "skill"])
    names = dict(zip(zip(answers["thread"], answers["answer"]), who))
    mentions["who"] = [names[key] for key in zip(mentions["thread"], mentions["answer"])]
    counts = mentions.groupby(["who", "skill"], sort=False).size().sort_values(ascending=False, kind="stable")
    listed = {}
    for expert, skill in counts.index:
        listed.setdefault(expert, []).append(skill)
    return {expert: ", ".join(skills) for expert, skills in listed.items()}


def _find_own_terms(answers, who, n_terms=3):
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = answers["text"].fillna("").groupby(who, sort=False).agg(" ".join)
    try:
        vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True, token_pattern=r"(?u)\b[^\W\d_][\w'’-]+\b")
        weights = vectorizer.fit_transform(texts).toarray()
    except ValueError:  # scikit-learn's "empty vocabulary": nothing but stop words
        return {}
    vocabulary = vectorizer.get_feature_names_out()
    own = {}
    for expert, row in zip(texts.index, weights):
        best = sorted(range(len(row)), key=lambda i: (-round(row[i], 9), vocabulary[i]))[:n_terms]
        own[expert] = ", ".join(vocabulary[i] for i in best if row[i] > 0)
    return own
