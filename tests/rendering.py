"""Known answers written out as each page layout shows them, independently of the grammars that read them."""

from typing import NamedTuple


class Known(NamedTuple):
    """An answer whose parts are known; `date` is written ``March 4``, `age` ``3y``."""

    name: str
    title: str
    company: str
    former: str
    date: str
    age: str
    views: int
    requests: int
    text: str
    keep: int  # characters shown where the layout cuts; the whole text where it is shorter


QUESTION = "Should a new hire learn the tools first, or the people?"
AMA = ["AMA: Larkspur Director of Design, Noa Bright on Careers", "March 4 @ 10:00AM PST", "View AMA Answers"]


def flatten(text):
    return "  ".join(line.strip() for line in text.split("\n") if line.strip())


def cut(answer):
    """The beginning of the flattened text, and whether it stops before the end."""
    flat = flatten(answer.text)
    shown = flat[: answer.keep].rstrip()
    return (shown, True) if shown and shown != flat else (flat, False)


def headline(answer, order):
    former = f" | Formerly {answer.former}" if answer.former else ""
    return {
        "at": f"{answer.title} at {answer.company}",
        "comma": f"{answer.title}, {answer.company}",
        "first": f"{answer.company} {answer.title}",
    }[order] + former


def row(answer, order="first", *, text, truncated=False, **fields):
    """What a reader must find."""
    parts = {
        "expert": answer.name,
        "headline": headline(answer, order),
        "date": None,
        "views": None,
        "requests": None,
        "text": text.strip(),
        "truncated": truncated,
    }
    return {**parts, **fields}


def related(answers, *, whole):
    """A: cut answers on one line, the ones in `whole` in full."""
    lines, rows = [f"All related ({len(answers) + 1})"], []
    for i, answer in enumerate(answers):
        lines += [answer.name, headline(answer, "at")]
        shown, truncated = cut(answer)
        if i in whole or not truncated:
            lines += ["", *answer.text.split("\n"), ""]
            rows.append(row(answer, "at", text=answer.text))
        else:
            lines.append(shown + "...more")
            rows.append(row(answer, "at", text=shown, truncated=True))
    return lines, rows


def related_dated(answers, *, order, join, gap):
    lines, rows = [f"All related ({len(answers)})"], []
    for answer in answers:
        lines += [answer.name, headline(answer, order) + join + answer.date, "", *answer.text.split("\n"), *gap]
        rows.append(row(answer, order, text=answer.text, date=answer.date))
    return lines, rows


def question_page(answers, *, twice=False, notes=(), list_under_head=False):
    lines, rows = ["Question Page", "", QUESTION, "", *notes], []
    for answer in answers:
        blank = [] if list_under_head and answer.text.startswith(("  •", "•", "1")) else [""]
        lines += [answer.name] * (1 + twice)
        lines += [headline(answer, "first") + answer.date, *blank, *answer.text.split("\n"), ""]
        lines.append(f"{answer.views} Views")
        rows.append(row(answer, text=answer.text, date=answer.date, views=answer.views, question=QUESTION))
    return lines, rows


def count_requests(answer):
    return f"{answer.requests} request" + "s" * (answer.requests != 1)


def ama(answers, *, names=1, heads=True, join=" • ", opening=(), apart=False):
    """D, D2, D3, D5 and D6: flattened and whole, a counter line under each."""
    lines, rows = [*AMA, *opening], []
    for answer in answers:
        text = flatten(answer.text)
        lines += [answer.name] * names + [headline(answer, "first") + join + answer.date] * heads + [text]
        views = f"{answer.views} Views"
        lines += ["...Read More", views] if apart else ["...Read More" + views]
        lines.append(count_requests(answer))
        found = row(answer, text=text, date=answer.date, views=answer.views, requests=answer.requests)
        found |= {} if names else {"expert": None}
        found |= {} if heads else {"headline": None, "date": None}
        rows.append(found)
    return lines, rows


def numbered(answers):
    lines, rows = ["Sharebird", "Noa Bright", "", AMA[0], "", "", "March 4, 2021 @ 10:00AM PT", "", AMA[2], ""], []
    for n, answer in enumerate(answers, 1):
        shown, truncated = cut(answer)
        question = f"What is lesson number {n}?"
        mark = " ...Read More" if truncated else ""
        lines += [
            f"  {n}. {question}",
            "",
            *[" " * 4 + answer.name] * 2,
            "",
            " " * 4 + headline(answer, "first") + " • " + answer.age,
            "",
            " " * 4 + shown + mark,
            "",
            f"    {answer.views:,} Views",
            " " * 4 + count_requests(answer),
        ]
        rows.append(
            row(
                answer,
                text=shown,
                truncated=truncated,
                date=answer.age,
                views=answer.views,
                requests=answer.requests,
                question=question,
            )
        )
    return lines, rows


def feed(answers, *, join=" • "):
    lines, rows = ["Get answers from design leaders"], []
    for answer in answers:
        text = flatten(answer.text)
        lines += [answer.name, headline(answer, "first") + join + answer.date, text]
        lines.append(f"...Read More{answer.views} Views")
        rows.append(row(answer, text=text, date=answer.date, views=answer.views))
    return [*lines, "Upcoming AMAs", "Larkspur VP Design, Noa Bright on Hiring", "December 4 @ 10:00AM PST"], rows


def profile(answers, *, shared=False):
    host = answers[0]
    lines = [host.name, "", host.name + "Share" * shared, "", headline(host, "comma")]
    lines += ["Content"] if shared else ["", "AMA's", "", "Content", ""]
    rows = []
    for answer in answers:
        shown, truncated = cut(answer)
        shown = shown.rstrip(".…")
        mark = ("..." if shared else "...more") if truncated else ""
        top = headline(answer, "comma") if shared else answer.title
        lines += [host.name] * (1 + shared) + [top + answer.date * shared, shown + mark]
        rows.append(row(host, text=shown, truncated=truncated, headline=top, date=answer.date if shared else None))
    return lines, rows


LAYOUTS = {
    "A": lambda a: related(a, whole=range(1, len(a), 2)),
    "A2": lambda a: related(a, whole=[0]),
    "A3": lambda a: related_dated(a, order="comma", join="", gap=[""]),
    "A4": lambda a: related_dated(a, order="at", join=" ", gap=[]),
    "B": lambda a: question_page(a, list_under_head=True),
    "B with notes": lambda a: question_page(a, notes=["Asked by someone who is about to switch."]),
    "B2": lambda a: question_page(a, twice=True, notes=[f"{len(a)} Answers"]),
    "D": lambda a: ama(a),
    "D2": lambda a: ama(a, names=0),
    "D3": lambda a: ama(a, names=0, heads=False),
    "D6": lambda a: ama(a, names=2, join="", apart=True, opening=[AMA[0].removeprefix("AMA: "), "Top Questions"]),
    "E": numbered,
    "F": feed,
    "F, dates glued on": lambda a: feed(a, join=""),
    "I": profile,
    "I2": lambda a: profile(a, shared=True),
}
