"""A thread with its codes and quotes as a REFI-QDA file, for NVivo, ATLAS.ti, MAXQDA and QualCoder.

Format: REFI-QDA standard 1.5, https://www.qdasoftware.org.
"""

import io
import re
import uuid
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd

from ..codebook.load import Codebook, read_codebook
from ..codebook.style import find_styles
from ..files import write_whole
from ..stance.classify import stance_evidence
from ..tables import check_pair, check_stances, read_answers
from .sheets import define_labels

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "pmm_analysis"
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.qdasoftware.org/pmm_analysis")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export_codebook(codebook: Codebook | str | Path, path: str | Path) -> Path:
    """Write a codebook, its name or its file given, as a REFI-QDA codebook (``.qdc``); an existing file is replaced.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> export_codebook("hard_vs_soft_skills", folder / "skills.qdc").name
    'skills.qdc'
    """
    root = ET.Element("CodeBook", xmlns=CODEBOOK, origin=ORIGIN)
    _add_codes(root, read_codebook(codebook))
    return write_whole(path, _to_bytes(root))


def export_project(
    answers: pd.DataFrame,
    stances: pd.DataFrame,
    codebook: Codebook | str | Path,
    path: str | Path,
    *,
    coded_on: str = "2000-01-01T00:00:00Z",
) -> Path:
    """Write answers, stances and their evidence as a REFI-QDA project (``.qdpx``).

    Each answer is a text source, coded as a whole with its stance by whoever coded it; each cue is a quotation in its
    place, coded "Evidence: …". Each expert is a case with their answers.

    Parameters
    ----------
    answers : DataFrame
        As `load_thread` returns it.
    stances : DataFrame
        As `classify_stances` or `apply_coding` returns it for these answers.
    codebook : Codebook, str or Path
        The one that the stances are of.
    path : str or Path
        The file to write; an existing one is replaced.
    coded_on : str
        Date of the coding, ISO 8601 in UTC with a Z; a constant by default, so that the same input gives the same file.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    InputError
        A column is missing, `stances` are not those of these answers, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pmm_analysis.stance import classify_stances
    >>> answers = pd.DataFrame({"text": ["Soft skills, hands down."]})
    >>> stances = classify_stances(answers, "hard_vs_soft_skills")
    >>> path = export_project(answers, stances, "hard_vs_soft_skills", Path(tempfile.mkdtemp()) / "thread.qdpx")
    >>> zipfile.ZipFile(path).namelist()[0]
    'project.qde'
    """
    codebook, table = read_codebook(codebook), read_answers(answers)
    check_stances(stances, "thread", "answer", "expert", "coded_by")
    check_pair(table, stances, "the stances")
    users = {coder: _guid("user", coder) for coder in dict.fromkeys(["rules", *stances["coded_by"]])}
    made = {"creatingUser": users["rules"], "creationDateTime": coded_on}
    root = _start_project(codebook, users, coded_on)
    cases, sources = ET.SubElement(root, "Cases"), ET.SubElement(root, "Sources")
    evidence = stance_evidence(table.assign(answer=range(len(table))), codebook)
    quotes = {position: list(cues.itertuples()) for position, cues in evidence.groupby("answer")}
    texts, experts = {}, {}
    for position, answer in enumerate(stances.assign(text=table["text"]).itertuples()):
        thread = "thread" if pd.isna(answer.thread) else answer.thread
        guid = _guid("source", thread, answer.answer, position)
        texts[guid] = answer.text.replace("\r", " ")
        name, place = f"{thread} {answer.answer:>03}", f"internal://{guid}.txt"
        if not pd.isna(answer.expert):
            name = f"{name} {answer.expert}"
            experts.setdefault(answer.expert, []).append(guid)
        source = ET.SubElement(sources, "TextSource", guid=guid, name=_plain(name), plainTextPath=place, **made)
        codings = [("stance", answer.stance, 0, len(answer.text), answer.coded_by)] if answer.text else []
        codings += [("evidence", cue.option, cue.start, cue.end, "rules") for cue in quotes.get(position, ())]
        for kind, key, start, end, coder in dict.fromkeys(codings):
            span, code = (guid, kind, key, start, end), _guid("code", codebook.name, kind, key)
            _add_coding(source, span, answer.text[start:end][:60], code, made | {"creatingUser": users[coder]})
    _add_cases(root, cases, experts)
    return write_whole(path, _to_archive(root, texts))


def _start_project(codebook, users, coded_on):
    made = {"origin": ORIGIN, "creatingUserGUID": users["rules"], "creationDateTime": coded_on}
    root = ET.Element("Project", xmlns=PROJECT, name=_plain(codebook.question), **made)
    listed = ET.SubElement(root, "Users")
    for coder, guid in users.items():
        ET.SubElement(listed, "User", guid=guid, name=_plain(coder))
    _add_codes(ET.SubElement(root, "CodeBook"), codebook)
    return root


def _add_codes(parent, codebook):
    codes = ET.SubElement(parent, "Codes")
    meanings, styles = define_labels(codebook), find_styles(codebook)
    for kind, title in (("stance", "Stance"), ("evidence", "Evidence")):
        folder = ET.SubElement(codes, "Code", guid=_guid("code", codebook.name, kind), name=title, isCodable="false")
        if kind == "stance":
            ET.SubElement(folder, "Description").text = _plain(codebook.question)
        for key in codebook.stances if kind == "stance" else codebook.stances[:-1]:
            name = codebook.labels[key] if kind == "stance" else f"Evidence: {codebook.labels[key]}"
            code = ET.SubElement(folder, "Code", guid=_guid("code", codebook.name, kind, key), name=_plain(name))
            code.set("isCodable", "true")
            if key in styles:
                code.set("color", styles[key].fill)
            ET.SubElement(code, "Description").text = _plain(meanings[key])


def _add_coding(source, span, name, code, made):
    place = {"name": _plain(name), "startPosition": str(span[-2]), "endPosition": str(span[-1])}
    selection = ET.SubElement(source, "PlainTextSelection", guid=_guid(*span), **place, **made)
    coding = ET.SubElement(selection, "Coding", guid=_guid(*span, "coding"), **made)
    ET.SubElement(coding, "CodeRef", targetGUID=code)


def _add_cases(root, cases, experts):
    for expert, guids in experts.items():
        case = ET.SubElement(cases, "Case", guid=_guid("case", expert), name=_plain(expert))
        for guid in guids:
            ET.SubElement(case, "SourceRef", targetGUID=guid)
    if not experts:
        root.remove(cases)


def _guid(*parts):
    return str(uuid.uuid5(SPACE, "\x1f".join(map(str, parts))))


def _plain(text):
    return NOT_XML.sub(" ", str(text))


def _to_bytes(root):
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _to_archive(root, texts):
    files = {"project.qde": _to_bytes(root)}
    files |= {f"Sources/{guid}.txt": text.encode("utf-8", "replace") for guid, text in texts.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()
