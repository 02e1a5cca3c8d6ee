"""Read the lines of a page by the layout that fits it, and say where every line went."""

import re
from bisect import bisect_left
from functools import cached_property
from itertools import islice

from . import lines as look
from .headlines import WORDS
from .layouts import LAYOUTS, LINES, OPENINGS, Answer, Page

NO_NAME = WORDS["prose"] | WORDS["nameless"]
SAMPLE = 300
BANNER = 30
GAP = 8
LONG = 120


class Reader:
    """The lines of one page and the layout they are read by."""

    def __init__(self, lines, layout):
        self.lines, self.layout = lines, layout
        self.opening, self.head, self.tail = (part.split(" / ") if part else [] for part in layout[1:4])
        self.question = self.declared = self.host = None
        self.answers, self.furniture, self.doubts, self.cut = [], [], [], None
        self.strange = self.mismatches = 0
        self.closings = look.find_lines(LINES["closing"], lines)
        below = [*self.head[1:], ""]
        self.upwards = [(kind, gap == "·") for kind, gap in zip(self.head, below, strict=False) if kind != "·"][::-1]
        self.counted = {"views", "requests"} & set(self.tail)
        _, self.ends, self.longest = look.find_edges(look.join_kinds(*filter(LINES.get, self.tail)))
        self.known = set()

    def bare(self, i):
        """Line i without the blanks around it."""
        return self.lines[i].strip(look.INVISIBLE)

    # ---- the opening

    def next_line(self, at, end=None):
        """Index of the first line with something on it."""
        end = len(self.lines) if end is None else end
        while at < end and not self.lines[at]:
            at += 1
        return at

    def keep(self, first, last):
        """Lines that belong to no answer."""
        self.furniture += [(i + 1, self.bare(i)) for i in range(first, last) if self.lines[i]]

    def doubt(self, i, why, *, strange=False):
        self.doubts.append((i + 1, why))
        self.strange += strange

    def read_opening(self):
        """Index at which answers may begin; None where the page does not open as the layout says."""
        at, anything, marked = 0, False, False
        for kind in self.opening:
            wanted = kind.rstrip("?")
            if wanted == "…":
                anything = True
                continue
            if wanted in ("·", "notes"):
                continue
            i, end = self.next_line(at), len(self.lines)
            for _ in range(BANNER if anything else 0):
                if i < end and not self.fits_opening(wanted, i, marked):
                    i = self.next_line(i + 1)
            if i < end and self.fits_opening(wanted, i, marked):
                for skipped in range(at, i):
                    if len(self.lines[skipped]) > LONG or LINES["views"].fullmatch(self.bare(skipped)):
                        self.doubt(skipped, "a line above the page's opening that looks like an answer", strange=True)
                self.keep(at, i + (wanted != "question"))
                at, marked = i + 1, wanted in ("question page", "quick search")
            elif not kind.endswith("?"):
                return None
            anything = False
        return at

    def fits_opening(self, kind, i, marked):
        line = self.bare(i)
        if kind == "question":
            if not (line.endswith("?") or marked):
                return False
            self.question = line
            return True
        if kind == "host":
            self.host = self.host or line
            return line == self.host and look.may_be_name(line)
        if kind == "host Share":
            return line == f"{self.host}Share"
        found = LINES[kind].fullmatch(line)
        if found and found.groupdict().get("declared"):
            self.declared = look.to_count(found["declared"])
        return bool(found)

    # ---- where answers begin

    def head_ending(self, i, floor):
        """First line and fields of the head whose last line is i, read upwards as far as line `floor`; None if none."""
        fields, first = {}, i + 1
        for kind, gap in self.upwards:
            at = first - 1
            while gap and at > max(floor, first - GAP) and not self.lines[at]:
                at -= 1
            line = self.bare(at) if at >= floor else ""
            if kind == "numbered?":
                if found := LINES["numbered"].fullmatch(line):
                    fields["question"], first = found["question"], at
            elif line and self.fits_head(kind, line, fields):
                first = at
            else:
                return None
        if self.host is None and self.head[-1] == "headline" and not self.begins_undated(first):
            return None
        return first, fields

    def fits_head(self, kind, line, fields):
        """Whether a line is of a head's kind; what it says goes into the fields."""
        if kind in ("name", "host"):
            return line == fields.setdefault("expert", self.host or line) and look.may_be_name(line)
        if kind == "headline":
            fields["headline"] = line
            return not look.find_date(line)
        if dated := look.split_date(line):
            fields["headline"], fields["date"], style = dated[0] or None, *dated[1:]
            self.mismatches += style not in kind and "±" not in kind
        return dated is not None

    def begins_undated(self, i):
        """Whether line i and the next are a name and a headline where no date says so.

        After a cut answer they must be. Elsewhere a sub-heading may look like them, so evidence is weighed: a role,
        a "… at …", a field of work, a proper name, blank lines around the two.
        """
        headline, before = self.bare(i + 1), i - 1
        while before >= 0 and not self.lines[before]:
            before -= 1
        if before == self.start - 1 and self.opening or before >= 0 and look.find_mark(self.lines[before]):
            return not headline.endswith((".", "!", "?")) or look.may_be_headline(headline)
        after = self.lines[i + 2] if i + 2 < len(self.lines) else ""
        return self.weigh_head(self.bare(i), headline, i, before < i - 1, not after or bool(look.find_mark(after)))

    def weigh_head(self, name, headline, i, apart, closed):
        weighed = look.weigh_headline(headline)
        if not weighed or look.has_sentence_end(name):
            return False
        if apart and weighed[:2] == (True, True):
            return True
        known = 3 if name in self.known else self.weigh_name(name)
        begins = weigh_evidence(weighed, known, apart, closed)
        if not begins and known == 2 and apart and closed and headline.istitle():
            self.doubt(i, "this line and the next may be another expert's name and headline")
        return begins

    def weigh_name(self, name):
        """2 for a full name and 1 for another, if a word of it is nowhere on the page an ordinary word; else 0."""
        words = re.findall(r"[^\W\d_][^\s,\"“”()/]*", re.sub(r"\([^()]*\)", "", name))
        if not words or words[0].lower() in WORDS["nameless"] or NO_NAME.intersection(words):
            return 0
        if all(word.lower() in self.common for word in words):
            return 0
        ends, particles = words[:1] + words[1:][-1:], [word for word in words if word.islower()]
        whole = len(ends) > 1 and not any(map(str.islower, ends)) and max(map(len, particles), default=0) < 5
        return 2 if whole or name.lower() == name.upper() else 1

    @cached_property
    def common(self):
        """Words that stand in the page's prose in lower case."""
        prose = [line for line in self.lines[:3000] if len(line) > 80]
        return set(re.findall(r"\b[a-z]{2,}\b", "\n".join(prose)[:500_000]))

    def find_heads(self):
        """First line, fields and body of every answer, one after the other."""
        at = self.start
        for i in self.find_anchors():
            if found := self.head_ending(i, at) or self.head_without_name(i, at):
                first, fields = found
                self.known.add(fields.get("expert"))
                at = i + 1
                yield first, fields, at

    def find_anchors(self):
        """Indexes of the lines that may be the last of a head, so that only few lines need a closer look."""
        lines, end = self.lines, len(self.lines)
        if "date" in self.head[-1]:
            return [i for i in range(self.start, end) if lines[i][-1:] in look.DATE_ENDS and look.find_date(lines[i])]
        return [i for i in range(self.start + 1, end) if 0 < len(lines[i]) <= 200 and 0 < len(lines[i - 1]) <= 100]

    def head_without_name(self, i, at):
        """A dated headline that has no name above it, or not as this layout writes it."""
        dated = "date" in self.head[-1] and len(self.head) > 1 and look.split_date(self.bare(i))
        if not dated or dated[2] == " " or not dated[0]:
            return None
        fields, first = {"headline": dated[0], "date": dated[1]}, i
        if i > at and look.may_be_name(self.bare(i - 1)):
            first, fields["expert"] = i - 1, self.bare(i - 1)
        self.doubt(i, "a headline without a name as this layout has it above", strange=True)
        return first, fields

    # ---- what lies between

    def read(self):
        """The page as this layout reads it; None if it is not laid out so."""
        self.start = self.read_opening()
        if self.start is None or self.next_line(self.start) >= len(self.lines):
            return None
        if self.head == ["line"]:
            self.read_single_lines()
        elif not self.head:
            self.read_by_tails()
        else:
            self.read_answers()
        if "whole first" in self.tail:
            cut = [answer.truncated for answer in self.answers]
            self.mismatches += len(cut) < 2 or cut[0] or not all(cut[1:])
        if not self.answers:
            return None
        found = self.question, self.declared, self.furniture, self.doubts, self.strange, self.mismatches
        return Page(self.layout, self.answers, *found, self.find_second_page())

    def read_answers(self):
        """Every answer from its head to the next."""
        here, question = None, None
        for first, fields, body in self.find_heads():
            question = fields.setdefault("question", question)
            if here:
                self.read_block(*here, first)
            else:
                self.read_notes(self.start, first)
            here = first, fields, body
        if here:
            self.read_block(*here, len(self.lines), last=True)

    def read_notes(self, first, last):
        """What stands between the opening and the first answer."""
        for i in range(first, last):
            if found := LINES["count"].fullmatch(self.bare(i)):
                self.declared = look.to_count(found["declared"])
            elif self.lines[i] and "notes?" not in self.opening:
                self.doubt(i, "a line above the first answer that this layout does not have", strange=True)
        self.keep(first, last)

    def own_tail(self, line):
        """What a line under an answer says, if it is one of the counters of this layout."""
        if line[-1:] in self.ends and len(line := line.strip(look.INVISIBLE)) <= self.longest:
            return look.read_counter(line, self.layout.tail)
        return None

    def read_block(self, first, fields, body, end, *, last=False):
        """One answer from the line under its head to the line above the next."""
        stop, marks = self.pop_tail(body, end, fields)
        if not marks:
            after = self.find_end(body, end)
            if after is None and last:
                after = self.find_cut(body, end)
            if after is not None:
                stop, marks = self.pop_tail(body, after, fields)
                self.read_leftover(after, end, last)
                end = after
        self.close_answer(first, body, stop, end, fields, marks, last)

    def pop_tail(self, body, end, fields):
        """Take the counters off the end of lines body to end; where the text stops, and which were there."""
        marks = []
        while end > body:
            line = self.lines[end - 1]
            if line:
                found = self.own_tail(line)
                if not found:
                    break
                kind, counts = found
                marks.append(kind)
                fields.update(counts)
                self.furniture.append((end, self.bare(end - 1)))
            end -= 1
        if end > body and look.find_mark(self.lines[end - 1]):
            marks.append("mark")
        return end, marks

    def find_end(self, body, end):
        """Index after an answer's last counter or before the page's footer, where other lines follow it."""
        place = bisect_left(self.closings, body)
        closing = self.closings[place] if place < len(self.closings) and self.closings[place] < end else None
        lines, cut = self.lines, "more" in self.tail
        ends = (i for i in range(end, body, -1) if self.own_tail(lines[i - 1]) or cut and look.find_mark(lines[i - 1]))
        after = next(ends, None)
        if closing is not None and (after is None or after <= closing):
            return closing
        return after

    def read_leftover(self, first, end, last):
        """Lines after an answer's end that begin no other: a footer, or a last answer cut by the capture."""
        first = self.next_line(first, end)
        if first == end:
            return
        rest = [i for i in range(first, end) if self.lines[i]]
        if LINES["closing"].fullmatch(self.bare(first)):
            self.keep(first, end)
        elif last and (cut := self.read_cut([self.bare(i) for i in rest])):
            self.cut = Answer(rest[0] + 1, rest[-1] + 1, **cut)
            self.doubt(rest[0], "the page stops in the name or headline of this answer")
        else:
            for i in rest:
                self.doubt(i, "a line between two answers that belongs to neither", strange=True)
            self.keep(first, end)

    def read_cut(self, lines):
        """The fields of the head in which the capture stops, if that is what these last lines are."""
        fields, people = {}, [kind for kind in self.head if kind in ("name", "host")]
        if "numbered?" in self.head and (found := LINES["numbered"].fullmatch(lines[0])):
            fields["question"], lines = found["question"], lines[1:]
        if people:
            name, lines = lines[0].rstrip(" ,") if lines else "", lines[1:]
            if not (self.host.startswith(name) if self.host else look.may_be_name(name)):
                return None
            fields["expert"] = self.host or name
            lines = lines[len(people) > 1 and lines[:1] != [] and name.startswith(lines[0]) :]
        return None if len(lines) > 1 or any(map(ends_whole, lines)) else fields | {"headline": line for line in lines}

    def find_cut(self, body, end):
        """Index of the name or headline in which the page stops, where only the look of the last lines tells."""
        filled = [i for i in range(max(body, end - GAP), end) if self.lines[i]][-3:]
        if self.host:
            return self.find_host_cut(filled)
        for i in filled[-2:] if "name" in self.head and not self.counted else ():
            above, (name, *rest) = self.lines[i - 1], map(self.bare, range(i, filled[-1] + 1))
            if i > body and len(rest) < 2 and (not above or look.reads_finished(above)) and self.looks_cut(name, rest):
                return i
        return None

    def find_host_cut(self, filled):
        parts = [i for i in filled if self.host.startswith(self.bare(i))]
        return next((i for i in parts if self.bare(i) == self.host or i == filled[-1]), None)

    def looks_cut(self, name, rest):
        if not look.may_be_name(name) or look.has_sentence_end(name) or re.search(r'"$|\d$', name):
            return False
        for line in rest:
            lower = sum(map(str.islower, line.split()))
            if not look.may_be_headline(line.rstrip(" ,|&-")) or 3 * lower > line.count(" "):
                return False
        return name in self.known or self.weigh_name(name) == 2 and name.count(" ") < 5

    def close_answer(self, first, body, stop, end, fields, marks, last=False):
        text, truncated = self.take_mark(self.join_text(body, stop), marks, fields)
        if not text:
            self.doubt(first, "an answer without text")
        elif last and self.counted and not marks and self.answers and self.answers[-1].views is not None:
            self.doubt(first, "the page stops inside this answer")
            truncated = not look.reads_finished(text)
        elif last and not self.counted and self.head != ["line"] and self.may_begin_name(body, stop):
            self.doubt(stop - 1, "this last line may be the beginning of another answer")
        while end > first + 1 and not self.lines[end - 1]:
            end -= 1
        self.answers.append(Answer(first + 1, end, text=text or None, truncated=truncated, **fields))
        if self.cut:
            self.answers.append(self.cut)

    def take_mark(self, text, marks, fields):
        """The text without the mark that cuts it off, and whether one does."""
        if marks[-1:] == ["mark"] and (mark := look.find_mark(text.rstrip(look.INVISIBLE))):
            if mark["views"]:
                fields["views"] = look.to_count(mark["views"])
            text = text[: mark.start()].rstrip()
            return text, bool(mark["more"]) or not look.reads_finished(text)
        if "dots" in self.tail and text.endswith(("...", "…")):
            return text[: -1 if text[-1] == "…" else -3].rstrip(), True
        return text, not {"more", "dots"}.isdisjoint(marks)

    def may_begin_name(self, body, stop):
        """Whether the last line, one or a few capitalised words after a blank line, may be a name."""
        above, line = self.lines[stop - 2 : stop] if stop - body > 2 else ("-", "")
        short = line[:1].isupper() and line.count(" ") < 3
        return short and not above and not look.reads_finished(line) and not look.find_mark(line)

    def join_text(self, first, stop):
        """Lines as the text of an answer: without the head's indent, one blank line between paragraphs."""
        lines, above = self.lines[first:stop], self.lines[first - 1]
        if above.startswith(" "):
            indent = above[: len(above) - len(above.lstrip(" "))]
            lines = [line.removeprefix(indent) for line in lines]
        text = "\n".join(lines).strip()
        while "\n\n\n" in text:
            text = text.replace("\n\n\n", "\n\n")
        return text

    # ---- pages without heads

    def read_single_lines(self):
        end = len(self.lines)
        stop = next((i for i in range(self.start, end) if LINES["closing"].fullmatch(self.bare(i))), end)
        filled = [line for line in self.lines[self.start : stop] if line][:BANNER]
        prose = sum(len(line) for line in filled if len(look.PLAIN_WORD.findall(line[:400])) > 2)
        if look.find_lines(look.join_kinds(*OPENINGS), filled) or 2 * prose < sum(map(len, filled)):
            return
        for i in range(self.start, stop):
            if LINES["read more"].fullmatch(self.bare(i)):
                self.keep(i, i + 1)
            elif self.lines[i]:
                self.close_answer(i, i, i + 1, i + 1, {}, ["mark"])
        self.keep(stop, end)

    def read_by_tails(self):
        first, i, end = None, self.start, len(self.lines)
        while i < end:
            line = self.lines[i]
            if line and first is None:
                first = i
            if line and (self.own_tail(line) or look.find_mark(line)):
                j = i + 1
                while (k := self.next_line(j, min(j + GAP, end - 1))) < end and self.own_tail(self.lines[k]):
                    j = k + 1
                self.read_block(first, {}, first, j)
                first, i = None, j
                continue
            i += 1
        if first is not None and self.answers:
            self.read_block(first, {}, first, end, last=True)

    def find_second_page(self):
        """Index of the line at which another page begins; None if there is none."""
        kinds = OPENINGS + ("content",) * ("content" in self.opening)
        return next(iter(look.find_lines(look.join_kinds(*kinds), self.lines)[1:]), None)


def weigh_evidence(weighed, known, apart, closed):
    """Whether what a headline, the name above it and the blank lines around them say is enough to begin an answer."""
    role, joined, field = weighed
    enough = 2 * role + 2 * joined + field + known + apart + closed >= 5
    framed = apart and closed and (role or known == 3)
    return enough and (role or known > 0) and (joined or framed)


def ends_whole(line):
    """Whether a line is too long or too finished for a headline that the capture cut."""
    return line.endswith((".", "!", "?")) or len(line) > 200


def read_page(lines):
    """Read the lines of a page by the layout that leaves the fewest of them unexplained.

    Layouts that tell answers apart by their heads come before those that do not, unless they open with no line of
    their own and explain less than they leave: then their heads are a coincidence.
    """
    best, filled = None, list(islice((i for i, line in enumerate(lines) if line), SAMPLE))
    sample = lines[filled[0] : filled[-1] + 1] if filled else []
    for layout in LAYOUTS:
        page = Reader(sample, layout).read()
        if page:
            marked = any(kind in LINES for kind in layout.opening.split(" / "))
            lucky = not marked and page.strange > len(page.answers)
            rank = (
                "headline" not in layout.head or lucky,
                layout.head == "line" or lucky,
                page.strange,
                page.mismatches,
                -len(layout.kinds),
            )
            best = min(best or (rank, layout), (rank, layout), key=lambda ranked: ranked[0])
    return best and Reader(lines, best[1]).read()
