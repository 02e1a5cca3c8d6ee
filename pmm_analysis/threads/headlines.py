"""What the two lines above an answer say: who the expert is, and the title and company in a headline."""

import re
from pathlib import Path

from ..text import fold_name, load_words

LISTS = ("roles", "heads", "levels", "fields", "before", "scopes", "prose", "links", "nameless")
WORDS = {name: frozenset(words) for name, words in load_words(Path(__file__).with_name("roles.toml"), LISTS).items()}
BEGINNINGS = WORDS["roles"] | WORDS["heads"] | WORDS["levels"]
BEFORE = WORDS["fields"] | WORDS["before"] | WORDS["scopes"]
IN_TITLES = BEGINNINGS | BEFORE

PRONOUNS = re.compile(r"\s*[(\[]\s*([^\W\d_]{1,6}(?:\s?/\s?[^\W\d_]{1,6}){1,3}|she|he|they)\s*[)\]]", re.IGNORECASE)
NICKNAME = re.compile(r"[\"“”«»(]([^\"“”«»()]{1,30})[\"“”«»)]")
DEGREES = (
    r"(?:E?MBA|Ph\.?D|M\.?D|[MB]\.?Sc|[MB]\.?A|M\.?S|J\.?D|Ed\.?D|CPA|CFA|PMP|PMC|CSM|CSPO|SHRM-\w+|S?PHR|RN|LCSW|"
    r"P\.?E|Esq)"
)
CREDENTIALS = re.compile(rf"(?:,\s*|\s+){DEGREES}\.?(?=,|\s|$)", re.IGNORECASE)
FORMERLY = re.compile(
    r"\s*(?:\||,|\(|;)\s*(?:formerly|previously|fmr\.?|ex)[\s-]\s*(?:at\s+)?(?P<formerly>[^|()]+?)\)?\s*(?=$|\||\))\)?",
    re.IGNORECASE,
)


def split_pronouns(name):
    """A name without the pronouns in it, and the pronouns.

    >>> split_pronouns("Liz Tassey (she/her)")
    ('Liz Tassey', 'she/her')
    """
    found = ("(" in name or "[" in name) and PRONOUNS.search(name)
    if not found:
        return name, None
    return (name[: found.start()] + name[found.end() :]).strip() or name, re.sub(r"\s", "", found[1])


def split_headline(headline, order=None):
    """Title, company and former companies, each None where the headline does not say it clearly.

    Parameters
    ----------
    headline : str
    order : {"title, company", "company title", "title"}, optional
        How this kind of page writes a headline that has no `` at `` in it.

    Examples
    --------
    >>> split_headline("Product Marketing Lead at Plaid | Formerly Google")
    ('Product Marketing Lead', 'Plaid', 'Google')
    >>> split_headline("Larkspur Director of Product Marketing", "company title")
    ('Director of Product Marketing', 'Larkspur', None)
    >>> split_headline("GTM Leader | Marketing Author | Career Coach")
    ('GTM Leader | Marketing Author | Career Coach', None, None)
    """
    formerly = re.search("[|,(;]", headline) and FORMERLY.search(headline)
    former = formerly and formerly["formerly"].strip()
    rest = headline if not formerly else headline[: formerly.start()] + headline[formerly.end() :]
    rest = rest.strip(" |,")
    first, pipe, more = rest.partition(" | ")
    if handle := re.search(r"\s@\s?(\S.*)$", first):
        before, company = first[: handle.start()], handle[1].strip()
        return before.removeprefix(company).strip() or None, company, former
    if " at " in first:
        title, _, company = first.rpartition(" at ")
        return title.strip() or None, company.strip() or None, former
    if pipe:
        return (None if " at " in more else rest), None, former
    title, company = rest, None
    if order == "title, company":
        title, company = split_title_first(rest)
    elif order == "company title":
        title, company = split_company_first(rest)
    return title or None, company, former


def split_title_first(text):
    """ "VP, Product, Larkspur": the company stands after the last comma, unless that reads like a part of the title."""
    title, comma, company = text.rpartition(", ")
    if not comma:
        return None, None
    if any(plain_word(word) in IN_TITLES for word in re.split(r"[\s/]", company)):
        return text, None
    return title, company


def split_company_first(text):
    """ "Larkspur Group Product Manager": the company ends where an unbroken run of title words begins."""
    words = text.split(" ")
    plain = [plain_word(word) for word in words]
    at = next((i for i, word in enumerate(plain) if word in BEGINNINGS), None)
    if at is None:
        start = next((i for i, word in enumerate(plain) if word in BEFORE), 0)
        clear = set(plain[start:]) <= BEFORE | {"&", "and"}
    else:
        start = at
        while start and plain[start - 1] in BEFORE and not words[start - 1].endswith(","):
            start -= 1
        clear = start == at or plain[at] in WORDS["roles"] or plain[start] in WORDS["scopes"]
    if not start:
        return (text, None) if at == 0 else (None, None)
    return (" ".join(words[start:]), " ".join(words[:start])) if clear else (None, None)


def plain_word(word):
    return word.casefold().strip(",.()")


def name_variants(name):
    """The ways one person may be written, case, accents, degrees and nicknames aside; and the middle initials.

    >>> name_variants('Rosalind M. "Roz" Eberhardt, MBA')
    (['rosalind eberhardt', 'roz eberhardt'], 'm')
    """
    if name.isascii() and name.replace(" ", "").replace("-", "").isalpha() and " " in name[2:-2]:
        words = name.lower().split()
        if min(map(len, words)) > 1:
            return [" ".join(words)], ""
    name = CREDENTIALS.sub("", split_pronouns(name)[0])
    nickname = NICKNAME.search(name)
    if nickname:
        name = name[: nickname.start()] + " " + name[nickname.end() :]
    words = [word.strip(".,") for word in fold_name(name).split()]
    initials = "".join(word for word in words[1:-1] if len(word) == 1)
    words = words[:1] + [word for word in words[1:-1] if len(word) > 1] + words[1:][-1:]
    variants = [" ".join(words)]
    if nickname:
        variants.append(" ".join([fold_name(nickname[1]), *words[1:]]))
    return variants, initials


def match_experts(names):
    """Each name as it was first written, so that one expert has one name.

    Names are one expert's when they differ in case, accents, degrees, pronouns or a middle initial, or when one
    gives the nickname that the other quotes. A shared surname alone, or an unquoted short form, is not enough.

    >>> match_experts(['Rosalind "Roz" Eberhardt', "ROZ EBERHARDT, MBA", None, "Rosa Eberhardt"])
    ['Rosalind "Roz" Eberhardt', 'Rosalind "Roz" Eberhardt', None, 'Rosa Eberhardt']
    >>> match_experts(["Ada B. Cole", "Ada Cole", "Ada D. Cole"])
    ['Ada B. Cole', 'Ada B. Cole', 'Ada D. Cole']
    """
    seen, written = {}, {None: None}
    for name in names:
        if name in written:
            continue
        variants, initials = name_variants(name)
        keys = [f"{variant}|{initials}" for variant in variants]
        keys += [f"{variant}|" for variant in variants] if initials else variants
        first = next((seen[key] for key in keys if key in seen), name)
        written[name] = first
        for variant in variants:
            bare = variant not in seen or f"{variant}|" in seen
            seen.setdefault(variant, first)
            if initials:
                seen.pop(f"{variant}|", None)
            if initials or bare:
                seen.setdefault(f"{variant}|{initials}", first)
    return [written[name] for name in names]
