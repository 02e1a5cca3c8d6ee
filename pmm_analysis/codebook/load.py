"""The codebook: what the question is, and which words name each option."""

import difflib
import hashlib
import tomllib
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

from ..errors import CodebookError
from ..text import WORD, fold_label

SHIPPED = Path(__file__).parent
RESERVED = {"balanced": "Both / it depends", "unaddressed": "Not addressed", "mixed": "Mixed"}
CODEBOOK_KEYS = ("question", "teachable", "options", "themes", "conditions")
OPTION_KEYS = ("label", "terms", "skills")


@dataclass(frozen=True)
class Option:
    """One answer that the question offers."""

    key: str
    label: str
    terms: tuple[str, ...]
    skills: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def words(self):
        """Every word or phrase that names this option or one of its skills."""
        return tuple(dict.fromkeys([*self.terms, *(w for ws in self.skills.values() for w in ws)]))


@dataclass(frozen=True)
class Codebook:
    """A question, its options and the words that name them. Made by `load_codebook`."""

    name: str
    question: str
    options: tuple[Option, ...]
    teachable: bool = False
    themes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    conditions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sha256: str = ""

    @property
    def stances(self):
        """The keys a stance can take, in the order tables show them."""
        return (*(option.key for option in self.options), "balanced", "unaddressed")

    @property
    def labels(self):
        """Stance key -> words for tables and charts."""
        return {option.key: option.label for option in self.options} | RESERVED

    @property
    def skills(self):
        """Skill name -> key of the option it belongs to, in codebook order."""
        return {skill: option.key for option in self.options for skill in option.skills}


def load_codebook(name_or_path: str | Path) -> Codebook:
    """Read a codebook by its shipped name or from a TOML file.

    Parameters
    ----------
    name_or_path : str or Path
        ``"hard_vs_soft_skills"`` or another name that ships with the package,
        or the path of a ``.toml`` file.

    Returns
    -------
    Codebook
        ``question`` (str), ``options`` (two or more, each with ``key``, ``label``,
        ``terms`` and ``skills``), ``teachable`` (bool), ``themes``
        (name -> sentences) and ``conditions`` (name -> words), which may both be empty.

    Raises
    ------
    CodebookError
        The file is missing, is not TOML, or has a key or value that is not part
        of the format; the message names the file and the nearest right key.

    Examples
    --------
    >>> codebook = load_codebook("hard_vs_soft_skills")
    >>> [option.label for option in codebook.options]
    ['Soft skills', 'Hard skills']
    """
    path = find_codebook(name_or_path)
    raw, tables = _read_toml(path)
    _check_keys(tables, CODEBOOK_KEYS, path, "")
    options, themes, teachable = tables.get("options", {}), tables.get("themes", {}), tables.get("teachable", False)
    several = isinstance(options, dict) and len(options) > 1
    _require(several, path, "a codebook needs two or more options", "add tables [options.KEY] with label and terms")
    _require(
        isinstance(themes, dict), path, '"themes" must be a table', 'write [themes] and under it Name = "one sentence"'
    )
    conditions = tables.get("conditions", {})
    remedy = 'write [conditions] and under it Seniority = ["junior", "senior"]'
    _require(isinstance(conditions, dict), path, '"conditions" must be a table', remedy)
    _require(isinstance(teachable, bool), path, '"teachable" must be true or false')
    options = tuple(_read_option(key, table, path) for key, table in options.items())
    _check_names(options, path)
    return Codebook(
        name=path.stem,
        question=_read_text(tables.get("question"), "question", path),
        options=options,
        teachable=teachable,
        themes={name: _read_words(words, f"themes.{name}", path) for name, words in themes.items()},
        conditions={name: _read_words(words, f"conditions.{name}", path) for name, words in conditions.items()},
        sha256=hashlib.sha256(raw).hexdigest(),
    )


def read_codebook(codebook: Codebook | str | Path) -> Codebook:
    """Take a codebook as it is, or load it by its name or path."""
    return codebook if isinstance(codebook, Codebook) else load_codebook(codebook)


def find_codebook(name_or_path):
    """Give the file of a shipped name or a path; raise CodebookError if there is none."""
    if not isinstance(name_or_path, (str, PathLike)):
        raise CodebookError(
            f"this is a {type(name_or_path).__name__}, not a codebook",
            remedy="pass what load_codebook returns, the name of a codebook that ships, or the path of a .toml file",
        )
    path = Path(name_or_path)
    if path.is_file():
        return path
    if path.name == str(name_or_path) and (shipped := SHIPPED / f"{path.name}.toml").is_file():
        return shipped
    names = sorted(p.stem for p in SHIPPED.glob("*.toml"))
    near = difflib.get_close_matches(str(name_or_path), names, n=1) or names
    raise CodebookError(
        "there is no such codebook",
        file=str(name_or_path),
        remedy=f"give the path of a .toml file, or a shipped name: {', '.join(near)}",
    )


def _read_toml(path):
    try:
        raw = path.read_bytes()
        return raw, tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        reason, remedy = f"this is not text in UTF-8 ({error.reason})", "save it as UTF-8"
    except tomllib.TOMLDecodeError as error:
        reason, remedy = f"this is not valid TOML ({error})", "see the codebook section of the README"
    except OSError as error:
        reason, remedy = f"cannot be read ({error.strerror})", "check the path and its permissions"
    raise CodebookError(reason, file=path.name, remedy=remedy)


def _require(holds, path, reason, remedy=None):
    if not holds:
        raise CodebookError(reason, file=path.name, remedy=remedy)


def _read_option(key, table, path):
    where = f"options.{key}"
    remedy = f"write [{where}] with label and terms"
    _require(isinstance(table, dict), path, f'"{where}" must be a table', remedy)
    _check_keys(table, OPTION_KEYS, path, f"{where}.")
    skills = table.get("skills", {})
    remedy = 'write Communication = ["communication", "communicate"] under it'
    _require(isinstance(skills, dict), path, f'"{where}.skills" must be a table', remedy)
    return Option(
        key=key,
        label=_read_text(table.get("label", key.replace("_", " ").capitalize()), f"{where}.label", path),
        terms=_read_words(table.get("terms"), f"{where}.terms", path),
        skills={skill: _read_words(words, f"{where}.skills.{skill}", path) for skill, words in skills.items()},
    )


def _check_names(options, path):
    """Raise CodebookError where a key or a label would name two stances, as people type them in a coding sheet."""
    named = {
        fold_label(name): (key, "a stance that every codebook has")
        for key, label in RESERVED.items()
        for name in (key, label)
    }
    for option in options:
        _require(WORD.search(option.key), path, f'the key "{option.key}" has no letter or figure', "choose another key")
        for kind, name in (("key", option.key), ("label", option.label)):
            key, what = named.setdefault(fold_label(name), (option.key, f'the option "{option.key}"'))
            if key != option.key:
                reason = f'the {kind} "{name}" of the option "{option.key}" is the name of {what} too'
                line = _find_line(path, option.key)
                raise CodebookError(reason, file=path.name, line=line, remedy=f"choose another {kind}")


def _check_keys(table, allowed, path, prefix):
    unknown = next((key for key in table if key not in allowed), None)
    if unknown is not None:
        near = " or ".join(difflib.get_close_matches(unknown, allowed, n=1) or allowed)
        reason, line = f'unknown key "{prefix}{unknown}"', _find_line(path, unknown)
        raise CodebookError(reason, file=path.name, line=line, remedy=f"did you mean {near}")


def _find_line(path, key):
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.split("=")[0].strip().strip('"[]').split(".")[-1] == key:
            return number
    return None


def _read_text(value, where, path):
    written = isinstance(value, str) and value.strip()
    _require(written, path, f'"{where}" must be a line of text', f'write {where} = "…"')
    return value.strip()


def _read_words(value, where, path):
    words = [value] if isinstance(value, str) else value
    listed = isinstance(words, list) and words and all(isinstance(word, str) and word.strip() for word in words)
    _require(listed, path, f'"{where}" must be a list of words', f'write {where} = ["one", "two words"]')
    empty = next((word for word in words if not WORD.search(word)), None)
    _require(
        empty is None, path, f'"{empty}" in "{where}" has no letter or figure', "write words that an answer may hold"
    )
    return tuple(dict.fromkeys(word.strip() for word in words))
