"""A room imports only from rooms below it; rooms on one floor do not know each other."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pmm_analysis"
FLOORS = [
    {"__main__"},
    {"runs"},
    {"deck"},
    {"charts"},
    {"study"},
    {"coding"},
    {"stance", "clusters", "experts"},
    {"codebook"},
    {"threads", "wording"},
    {"files"},
    {"tables"},
    {"languages"},
    {"text"},
    {"errors"},
]
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def list_imports(path):
    """The rooms that a file imports from, wherever in it the import stands."""
    inside = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == inside:
            yield from [node.module.split(".")[0]] if node.module else [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module.split(".")[0] == "pmm_analysis":
            yield node.module.partition(".")[2] or "the face"


def test_every_file_stands_in_a_room():
    assert {room_of(path) for path in FILES} == FLOOR_OF.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_from_below(path):
    room = room_of(path)
    upward = [other for other in list_imports(path) if other not in (room, "__version__")]
    assert [other for other in upward if FLOOR_OF.get(other, -1) <= FLOOR_OF[room]] == []


def test_an_import_from_above_would_be_found(tmp_path, monkeypatch):
    (tmp_path / "text.py").write_text("def f():\n    from .deck import build_deck\n", encoding="utf-8")
    monkeypatch.setattr(f"{__name__}.PACKAGE", tmp_path)
    assert list(list_imports(tmp_path / "text.py")) == ["deck"]
