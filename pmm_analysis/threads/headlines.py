"""What the two lines above an answer say: who the expert is, and the title and company in a headline."""

import re

from ..text import fold_name

PRONOUNS = re.compile(r"\s*[(\[]\s*([^\W\d_]{1,6}(?:\s?/\s?[^\W\d_]{1,6}){1,3}|she|he|they)\s*[)\]]", re.IGNORECASE)
NICKNAME = re.compile(r"[\"“”«»(]([^\"“”«»()]{1,30})[\"“”«»)]")
CREDENTIALS = re.compile(
    r"(?:,\s*|\s+)(?:E?MBA|Ph\.?D|M\.?D|M\.?Sc|B\.?Sc|M\.?S|M\.?A|B\.?A|J\.?D|Ed\.?D|CPA|CFA|PMP|PMC|CSM|CSPO|SHRM-\w+|S?PHR|"
    r"RN|LCSW|P\.?E|Esq)\.?(?=,|\s|$)",
    re.IGNORECASE,
)
FORMERLY = re.compile(
    r"\s*(?:\||,|\(|;)\s*(?:formerly|previously|fmr\.?|ex)[\s-]\s*(?:at\s+)?(?P<formerly>[^|()]+?)\)?\s*(?=$|\||\))\)?",
    re.IGNORECASE,
)
# Where a title may begin after a company's name ("Larkspur Director of …"): words that only begin one, words
# that are the role itself, and words that may stand before a role ("Group Product Manager").
LEVELS = frozenset(
    (
        "senior sr sr. junior jr jr. head vp svp evp avp vice chief principal staff associate deputy interim founding "
        "managing executive"
    ).split()
)
ROLES = frozenset(
    (
        "director manager lead leader officer president founder co-founder cofounder ceo cmo cto cpo coo cfo cro cio "
        "chro ciso pm pmm tpm csm ae sdr bdr se analyst architect engineer designer developer scientist researcher "
        "recruiter consultant advisor adviser strategist specialist coordinator marketer writer editor producer "
        "partner representative evangelist coach trainer teacher owner administrator"
    ).split()
)
MODIFIERS = frozenset(
    (
        "group product marketing growth sales account customer success support content brand data design engineering "
        "business development operations ops program programme project technical solutions solution strategic "
        "enterprise regional global digital demand generation revenue people talent hr finance partner partnerships "
        "channel field lead team launch software machine learning user ux community communications public onboarding "
        "renewals implementation platform research strategy security information"
    ).split()
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


def words_of(text):
    return [word for word in re.split(r"[\s/]+", text.casefold().replace(",", "")) if word]


def split_title_first(text):
    """ "VP, Product, Larkspur": the company stands after the last comma, unless that reads like a part of the title."""
    title, comma, company = text.rpartition(", ")
    if not comma:
        return None, None
    if any(word in LEVELS | ROLES | MODIFIERS for word in words_of(company)):
        return text, None
    return title, company


def split_company_first(text):
    """ "Larkspur Group Product Manager": the company ends where an unbroken run of title words begins."""
    words = text.split(" ")
    plain = [word.casefold().strip(",()") for word in words]
    at = next((i for i, word in enumerate(plain) if word in LEVELS or word in ROLES), None)
    if at is None:
        at = next((i for i, word in enumerate(plain) if word in MODIFIERS), None)
        if not at or not set(plain[at:]) <= MODIFIERS | {"&", "and"}:
            return None, None
        return " ".join(words[at:]), " ".join(words[:at])
    start = at
    while start and plain[start - 1] in MODIFIERS and not words[start - 1].endswith(","):
        start -= 1
    if start == 0:
        return (text, None) if at == 0 else (None, None)
    if start < at and plain[at] in LEVELS and plain[start] not in ("regional", "global", "group"):
        return None, None
    return " ".join(words[start:]), " ".join(words[:start])


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
