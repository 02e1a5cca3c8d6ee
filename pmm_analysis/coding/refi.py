"""A thread with its codes and quotes as a REFI-QDA file, for NVivo, ATLAS.ti, MAXQDA and QualCoder.

Format: REFI-QDA standard 1.5, https://www.qdasoftware.org.
"""

import re
import uuid
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd

from ..codebook.load import Codebook, load_codebook
from ..errors import InputError
from ..stance.classify import stance_evidence
from .sheets import define_labels

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "pmm_analysis"
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.qdasoftware.org/pmm_analysis")
COLOURS = ("#4E79A7", "#F28E2B", "#59A14F", "#E15759", "#76B7B2", "#EDC948")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export_codebook(codebook, path):
    """Write a codebook as a REFI-QDA codebook (``.qdc``).

    Parameters
    ----------
    codebook : Codebook, str or Path
    path : str or Path
        The file to write; an existing one is replaced.

    Returns
    -------
    Path

    Raises
    ------
    CodebookError, OSError

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> export_codebook("hard_vs_soft_skills", folder / "skills.qdc").name
    'skills.qdc'
    """
    codebook = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    root = ET.Element("CodeBook", xmlns=CODEBOOK, origin=ORIGIN)
    _add_codes(root, codebook)
    path = Path(path)
    path.write_bytes(_to_bytes(root))
    return path


def export_project(answers, stances, codebook, path, *, coded_on="2000-01-01T00:00:00Z"):
    """Write answers, stances and their evidence as a REFI-QDA project (``.qdpx``).

    Each answer is a text source, coded as a whole with its stance by whoever
    coded it; each cue is a quotation in its place, coded "Evidence: …". Each
    expert is a case with their answers.

    Parameters
    ----------
    answers : DataFrame
        As `load_thread` returns it.
    stances : DataFrame
        As `classify_stances` or `apply_coding` returns it for these answers.
    codebook : Codebook, str or Path
    path : str or Path
        The file to write; an existing one is replaced.
    coded_on : str
        Date of the coding, ISO 8601 in UTC with a Z. It is a constant by default, so
        that the same input gives the same file.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        `stances` are not those of these answers.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from pmm_analysis.stance import classify_stances
    >>> answers = pd.DataFrame({"text": ["Soft skills, hands down."]})
    >>> stances = classify_stances(answers, "hard_vs_soft_skills")
    >>> path = export_project(answers, stances, "hard_vs_soft_skills", Path(tempfile.mkdtemp()) / "thread.qdpx")
    >>> zipfile.ZipFile(path).namelist()[0]
    'project.qde'
    """
    codebook = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    if len(answers) != len(stances):
        raise InputError(
            f"there are {len(answers)} answers and {len(stances)} stances", remedy="pass the stances of these answers"
        )
    coders = list(dict.fromkeys(["rules", *stances["coded_by"]]))
    users = {coder: _guid("user", coder) for coder in coders}
    stamp = {"creationDateTime": coded_on}
    root = ET.Element(
        "Project",
        xmlns=PROJECT,
        name=_plain(codebook.question),
        origin=ORIGIN,
        creatingUserGUID=users["rules"],
        **stamp,
    )
    listed = ET.SubElement(root, "Users")
    for coder, guid in users.items():
        ET.SubElement(listed, "User", guid=guid, name=_plain(coder))
    _add_codes(ET.SubElement(root, "CodeBook"), codebook)
    cases, sources = ET.SubElement(root, "Cases"), ET.SubElement(root, "Sources")

    numbered = answers.assign(answer=range(len(answers)))
    quotes = {number: group for number, group in stance_evidence(numbered, codebook).groupby("answer")}
    texts, experts = {}, {}
    rows = zip(
        answers["text"].fillna(""),
        stances["thread"].fillna("thread"),
        stances["answer"],
        stances["expert"],
        stances["stance"],
        stances["coded_by"],
    )
    for position, (text, thread, answer, expert, stance, coder) in enumerate(rows):
        guid = _guid("source", thread, answer, position)
        texts[guid] = text.replace("\r", " ")
        name = f"{thread} {answer:>03}" + ("" if pd.isna(expert) else f" {expert}")
        source = ET.SubElement(
            sources,
            "TextSource",
            guid=guid,
            name=_plain(name),
            plainTextPath=f"internal://{guid}.txt",
            creatingUser=users["rules"],
            **stamp,
        )
        if not pd.isna(expert):
            experts.setdefault(expert, []).append(guid)
        spans = [("stance", stance, 0, len(text), coder)] if text else []
        if position in quotes:
            spans += [("evidence", row.option, row.start, row.end, "rules") for row in quotes[position].itertuples()]
        for kind, code, start, end, by in dict.fromkeys(spans):
            mark = {"creatingUser": users[by], **stamp}
            selection = ET.SubElement(
                source,
                "PlainTextSelection",
                guid=_guid(guid, kind, code, start, end),
                name=_plain(text[start:end][:60]),
                startPosition=str(start),
                endPosition=str(end),
                **mark,
            )
            coding = ET.SubElement(selection, "Coding", guid=_guid(guid, kind, code, start, end, "coding"), **mark)
            ET.SubElement(coding, "CodeRef", targetGUID=_guid("code", codebook.name, kind, code))
    for expert, guids in experts.items():
        case = ET.SubElement(cases, "Case", guid=_guid("case", expert), name=_plain(expert))
        for guid in guids:
            ET.SubElement(case, "SourceRef", targetGUID=guid)
    if not experts:
        root.remove(cases)

    path = Path(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _store(archive, "project.qde", _to_bytes(root))
        for guid, text in texts.items():
            _store(archive, f"Sources/{guid}.txt", text.encode("utf-8", "replace"))
    return path


def _add_codes(parent, codebook):
    codes = ET.SubElement(parent, "Codes")
    meanings = define_labels(codebook)
    for kind, title in (("stance", "Stance"), ("evidence", "Evidence")):
        group = ET.SubElement(codes, "Code", guid=_guid("code", codebook.name, kind), name=title, isCodable="false")
        if kind == "stance":
            ET.SubElement(group, "Description").text = _plain(codebook.question)
        for number, key in enumerate(codebook.stances):
            if kind == "evidence" and key == "unaddressed":
                continue
            name = codebook.labels[key] if kind == "stance" else f"Evidence: {codebook.labels[key]}"
            code = ET.SubElement(
                group,
                "Code",
                guid=_guid("code", codebook.name, kind, key),
                name=_plain(name),
                isCodable="true",
                color=COLOURS[number % len(COLOURS)],
            )
            ET.SubElement(code, "Description").text = _plain(meanings[key])


def _guid(*parts):
    return str(uuid.uuid5(SPACE, "\x1f".join(map(str, parts))))


def _plain(text):
    return NOT_XML.sub(" ", str(text))


def _to_bytes(root):
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _store(archive, name, content):
    entry = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
