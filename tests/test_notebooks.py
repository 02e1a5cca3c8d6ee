"""What nbval does not see: cells never run, errors and noise that were committed, paths of one machine."""

import json
import re
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_five_notebooks_are_there():
    assert [path.stem for path in NOTEBOOKS][:5] == [
        "01_load_the_thread",
        "02_tfidf_clusters",
        "03_stance_tally",
        "04_expert_charts",
        "05_compare_threads",
    ]


def test_committed_as_run_from_top_to_bottom(notebook):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_no_error_and_no_stderr_is_committed(notebook):
    outputs = [output for cell in code_cells(notebook) for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]


def test_no_path_of_one_machine_is_committed(notebook):
    text = json.dumps(
        [
            [
                cell.source,
                [
                    {k: v for k, v in o.items() if k != "data"}
                    | {"data": {k: v for k, v in o.get("data", {}).items() if not k.startswith("image/")}}
                    for o in cell.outputs
                ],
            ]
            for cell in code_cells(notebook)
        ]
    )
    assert not re.search(r"/(home|Users|root|tmp|work|mnt)/|[A-Z]:\\\\", text)


def test_no_cell_ends_in_a_semicolon(notebook):
    assert not [cell.source for cell in code_cells(notebook) if cell.source.rstrip().endswith(";")]


def test_cells_are_short_because_work_belongs_in_the_library(notebook):
    assert not [cell.source for cell in code_cells(notebook) if len(cell.source.splitlines()) > 12]


def test_the_first_code_cell_holds_the_parameters_and_only_literals(notebook):
    import ast

    first, *others = code_cells(notebook)
    assert first.metadata.tags == ["parameters"]
    assert not [cell for cell in others if {"parameters", "injected-parameters"} & set(cell.metadata.get("tags", []))]
    for line, node in zip(first.source.splitlines(), ast.parse(first.source).body, strict=True):
        ast.literal_eval(node.value)
        assert "  # " in line, "each parameter says what it is for"


def test_runs_on_any_python_kernel(notebook):
    assert notebook.metadata.kernelspec.name == "python3"


def test_starts_with_a_question_and_ends_with_caveats(notebook):
    markdown = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert re.match(r"# .+\?\n", markdown[0])
    assert markdown[-1].startswith("## Caveats")


def test_outputs_hold_no_timestamps(notebook):
    assert not [cell for cell in notebook.cells if "execution" in cell.metadata]
