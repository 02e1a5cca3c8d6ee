"""Errors that a person can act on: which file, which line, what is wrong, what to do."""


class InputError(ValueError):
    """A file or value given by the user cannot be used.

    Parameters
    ----------
    reason : str
        What is wrong, in one sentence without the file name.
    file : str, optional
        The file, as the user named it.
    line : int, optional
        1-based line of the file.
    remedy : str, optional
        What the user can do about it.

    Examples
    --------
    >>> print(InputError("no options", file="codebook.toml", line=3, remedy="add two options"))
    codebook.toml, line 3: no options. To fix it: add two options.
    """

    def __init__(self, reason, *, file=None, line=None, remedy=None):
        self.reason, self.file, self.line, self.remedy = reason, file, line, remedy
        place = ", ".join(filter(None, [str(file) if file else "", f"line {line}" if line else ""]))
        message = f"{place}: {reason}." if place else f"{reason}."
        super().__init__(message + (f" To fix it: {remedy}." if remedy else ""))


class ThreadError(InputError):
    """A thread cannot be read.

    Parameters
    ----------
    reason, file, line, remedy : str, str, int, str
        As for `InputError`.

    Examples
    --------
    >>> print(ThreadError("the file is empty", file="page.txt"))
    page.txt: the file is empty.
    """


class CodebookError(InputError):
    """A codebook cannot be found or does not follow the format.

    Parameters
    ----------
    reason, file, line, remedy : str, str, int, str
        As for `InputError`.

    Examples
    --------
    >>> print(CodebookError("no such key", file="mine.toml", line=3))
    mine.toml, line 3: no such key.
    """


class ThreadWarning(UserWarning):
    """A page was read, but a person should look at the lines named.

    Examples
    --------
    >>> import warnings
    >>> warnings.simplefilter("error", ThreadWarning)
    """
