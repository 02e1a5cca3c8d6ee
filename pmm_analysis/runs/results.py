"""Folders of results: each appears whole or not at all, and its manifest says what is in it."""

import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path

from ..charts.letters import SHIPPED, list_borrowed
from ..errors import InputError
from ..text import clean_text

PACKAGES = ("pandas", "numpy", "scikit-learn", "scipy", "matplotlib", "seaborn")
CODE = Path(__file__).parents[1]
MANIFEST = "manifest.json"
LEFTOVER = re.compile(r"\.(?P<name>.+)\.(?:new|old)\.(?P<owner>\d+)\.\w+")


def take_fingerprint(*parts):
    """Give one hash for all that results depend on: the code, the versions, and `parts` (paths are read).

    >>> take_fingerprint("png") == take_fingerprint("png"), take_fingerprint("png") == take_fingerprint("svg")
    (True, False)
    """
    code = sorted(path for path in CODE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    total = hashlib.sha256(json.dumps(list_versions()).encode())
    for part in (*code, *parts):
        content = part.read_bytes() if isinstance(part, Path) else str(part).encode("utf-8", "surrogatepass")
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def list_versions():
    """Name the versions of Python, this package and those that numbers and pictures come from."""
    from importlib.metadata import version

    from .. import __version__

    own = {"pmm_analysis": __version__, "python": sys.version.split()[0]}
    return own | {name: version(name) for name in PACKAGES}


def describe_fonts(tables, codebook):
    """Name the files of the font that travels with the package, and the letters that it lacks."""
    shipped = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SHIPPED["Arimo"]}
    texts = [str(codebook)]
    for table in tables:
        texts += table.select_dtypes("string").fillna("").to_numpy().flat
    return {"shipped": shipped, "borrowed": list_borrowed(clean_text(" ".join(texts)))}


def has_same_fonts(manifest):
    """Say whether this machine would borrow the same letters from the same fonts."""
    borrowed = manifest.get("fonts", {}).get("borrowed", {})
    return list_borrowed("".join(borrowed.values())) == borrowed


def read_manifest(folder):
    """Read what is said to be in a folder of results; an empty dict where nobody says."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return manifest if isinstance(manifest.get("files"), dict) else {}
    except (OSError, ValueError, AttributeError):
        return {}


def is_complete(folder):
    """Say whether a folder holds the files of its manifest, unchanged, and nothing else."""
    files = read_manifest(folder).get("files")
    return files is not None and files == _hash_files(folder)


def write_manifest(folder, facts):
    """Write what a run was made from, and every file with its hash."""
    content = json.dumps(facts | {"files": _hash_files(folder)}, indent=1, ensure_ascii=False) + "\n"
    # Names that are not UTF-8 are written as \udcfc, which JSON reads back as what it was.
    (folder / MANIFEST).write_bytes(content.encode("utf-8", "backslashreplace"))


def _hash_files(folder):
    """Hash every file but the manifest; what JupyterLab or a desktop leaves in hidden files does not count."""
    paths = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {
        inside.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for inside, path in sorted(paths.items())
        if inside.as_posix() != MANIFEST and not any(part.startswith(".") for part in inside.parts)
    }


def open_folder(folder):
    """Make the folder for results, see that it can be written, and clear away what killed runs left in it."""
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = f"results cannot be written here ({error.strerror})"
        raise InputError(reason, file=str(folder), remedy="choose another folder with --out") from None
    _clear_leftovers(folder)
    return folder.resolve()


def open_stage(out, name):
    """Make the hidden folder in which the results of one thread grow."""
    return Path(tempfile.mkdtemp(dir=out, prefix=f".{name}.new.{os.getpid()}."))


def move_into_place(stage, final):
    """Swap a finished folder in, and only then let go of what stood there.

    Return where the earlier results are kept if somebody had changed them by hand, else None.
    """
    os.chmod(stage, 0o755)
    edited = final.exists() and not is_complete(final)
    before = _swap(stage, final)
    kept = None
    if edited:
        names = (final.with_name(f"{final.name}.edited{number}") for number in count(1))
        kept = next(name for name in names if not name.exists())
        (before / final.name).rename(kept)
    shutil.rmtree(before, ignore_errors=True)
    return kept


def _swap(stage, final):
    before = Path(tempfile.mkdtemp(dir=final.parent, prefix=f".{final.name}.old.{os.getpid()}."))
    with suppress(FileNotFoundError):
        final.rename(before / final.name)
    try:
        stage.rename(final)
    except OSError:
        if not final.exists():
            raise
        # Another run of the same thread was faster by a moment: now its folder is the earlier one.
        shutil.rmtree(before, ignore_errors=True)
        return _swap(stage, final)
    return before


def _clear_leftovers(out):
    """Remove the hidden folders of runs that are no more; a folder caught between two names gets its name back."""
    import psutil

    for folder in out.iterdir():
        match = LEFTOVER.fullmatch(folder.name)
        if not match or psutil.pid_exists(int(match["owner"])):
            continue
        if (folder / match["name"]).is_dir() and not (out / match["name"]).exists():
            (folder / match["name"]).rename(out / match["name"])
        shutil.rmtree(folder, ignore_errors=True)
