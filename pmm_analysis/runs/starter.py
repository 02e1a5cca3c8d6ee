"""A codebook and a thread to fill in, which run as they are."""

from pathlib import Path

from ..errors import InputError
from ..threads.load import thread_slug

PAGE = """All related (2)
Example Expert
Title at Company

I would go with the first option, every time. Paste your page over this text, names and headlines included.

Another Expert
Title at Another Company

It depends on the team and on the work.
"""

CODEBOOK = """# The question, as it stands on the page.
question = "Is the first option better, or the second option?"
# true if "X can be taught" argues for the other option.
teachable = false

# A short key for each option (there may be more than two), the label that charts show,
# and plain words that name the option, in every form that the answers use.
[options.first]
label = "First option"
terms = ["first option"]

[options.second]
label = "Second option"
terms = ["second option"]

# Optional: named skills, and the words that mention them.
# [options.second.skills]
# Messaging = ["messaging", "positioning"]

# Optional: a sentence for each theme.
# [themes]
# Careers = "how to grow, get promoted or find a job"
"""


def write_starter(name):
    """Write ``NAME.txt`` and ``NAME.toml``; what is there already is never overwritten.

    Parameters
    ----------
    name : str
        Name of the question, with the folder it goes to, if it is not the working folder.

    Returns
    -------
    page, codebook : Path

    Raises
    ------
    InputError
        One of the two is there already, or the folder cannot be written.
    """
    folder, slug = Path(name).parent, thread_slug(Path(name).name)
    pairs = [(folder / f"{slug}.txt", PAGE), (folder / f"{slug}.toml", CODEBOOK)]
    for path, _ in pairs:
        if path.exists():
            raise InputError("this file is there already", file=str(path), remedy="choose another name")
    try:
        for path, text in pairs:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise InputError(
            f"cannot be written ({error.strerror})", file=str(path), remedy="choose a folder that is there"
        ) from None
    return tuple(path for path, _ in pairs)
