"""A codebook and a thread to fill in, which run as they are."""

from pathlib import Path

from ..errors import InputError
from ..files import show_name
from ..threads.load import thread_slug

STARTER = Path(__file__).with_name("starter")


def write_starter(name):
    """Write ``NAME.txt`` and ``NAME.toml`` to the folder in the name of a question, and give both paths.

    InputError if one of the two is there already, for nothing is overwritten, or if the folder cannot be written.
    """
    folder, slug = Path(name).parent, thread_slug(show_name(name))
    page, book = folder / f"{slug}.txt", folder / f"{slug}.toml"
    for path in (page, book):
        if path.exists():
            raise InputError("this file is there already", file=str(path), remedy="choose another name")
    try:
        for path, example in ((page, "page.txt"), (book, "codebook.toml")):
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write((STARTER / example).read_text(encoding="utf-8"))
    except OSError as error:
        reason = f"cannot be written ({error.strerror})"
        raise InputError(reason, file=str(path), remedy="choose a folder that is there") from None
    return page, book
