"""Measure re-running: against papermill, against one plain process, on many threads, unchanged, and killed.

    python benchmarks/rerunning.py [--threads 20] [--kills 100]

All ratios come from one run on one machine. papermill must be installed. The
floor is one process that runs the code of all notebooks without a kernel. The
ideal of many threads is the processor time of the notebooks, kernels included,
divided by the cores. Memory is the sum of the resident sizes of the process and
its kernels, so that pages they share count several times.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat
import psutil

from pmm_analysis.files import SHIPPED
from pmm_analysis.runs.results import is_complete

PAGE = SHIPPED / "data" / "raw" / "hard_vs_soft_skills.txt"
NOTEBOOKS = [path for path in sorted((SHIPPED / "notebooks").glob("*.ipynb")) if not path.name.startswith("05")]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(SHIPPED)}
QUICK = {
    "parameters": 'thread = "x"\ncodebook = "y"\nout = None',
    "write": "import time\nfor name in 'abcdef':\n    open(f'../{name}.csv', 'w').write('ROUND')\n    time.sleep(0.05)",
}


def measure_run(arguments, folder):
    """Run a command to its end; give its seconds, processor seconds with children, and peak memory in MiB."""
    before, started, peak = os.times(), time.perf_counter(), 0
    process = psutil.Popen(arguments, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = []
    threading.Thread(target=lambda: errors.append(process.stderr.read())).start()
    while process.poll() is None:
        try:
            peak = max(peak, sum(p.memory_info().rss for p in [process, *process.children(recursive=True)]))
        except psutil.Error:
            pass
        time.sleep(0.1)
    seconds, after = time.perf_counter() - started, os.times()
    if process.returncode:
        sys.exit(f"failed: {arguments}\n{errors}")
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, busy, peak / 2**20


def rerun_command(*arguments):
    return [sys.executable, "-m", "pmm_analysis", *map(str, arguments), "--quiet"]


def write_plain_script(path, out):
    """Write the code of all notebooks as one program: what the same tables and charts cost without kernels."""
    lines = ["def display(*_, **__):\n    pass"]
    for notebook in NOTEBOOKS:
        for cell in nbformat.read(notebook, as_version=4).cells:
            if cell.cell_type == "code":
                lines.append(cell.source)
                if "parameters" in cell.metadata.get("tags", []):
                    lines.append(f"thread, out = {str(PAGE)!r}, {str(out)!r}")
    path.write_text("\n\n".join(lines), encoding="utf-8")


def compare_one_thread(folder):
    write_plain_script(folder / "plain.py", folder / "plain")
    rows = {"papermill": 0.0}
    for notebook in NOTEBOOKS:
        arguments = [sys.executable, "-m", "papermill", notebook, folder / notebook.name, "-k", "python3"]
        arguments += ["--no-progress-bar", "-p", "thread", PAGE, "-p", "out", folder / "papermill"]
        rows["papermill"] += measure_run(list(map(str, arguments)), folder)[0]
    rows["rerun"] = measure_run(rerun_command(PAGE, "--out", folder / "one"), folder)[0]
    rows["floor"] = measure_run([sys.executable, "plain.py"], folder)[0]
    rows["unchanged"] = measure_run(rerun_command(PAGE, "--out", folder / "one"), folder)[0]
    print("one thread, seconds:", {name: round(seconds, 2) for name, seconds in rows.items()})
    print("  rerun /", {name: round(rows["rerun"] / rows[name], 2) for name in ("papermill", "floor")})


def run_many_threads(folder, count):
    pages = [Path(shutil.copy(PAGE, folder / f"thread{number:02d}.txt")) for number in range(count)]
    seconds, busy, peak = measure_run(rerun_command(*pages, "--out", folder / "many"), folder)
    ideal = busy / os.cpu_count()
    print(f"{count} threads: {seconds:.1f} s, ideal {ideal:.1f} s, ratio {seconds / ideal:.2f}, memory {peak:.0f} MiB")


def write_quick_notebook(folder, number):
    parameters = nbformat.v4.new_code_cell(QUICK["parameters"], metadata={"tags": ["parameters"]})
    write = nbformat.v4.new_code_cell(QUICK["write"].replace("ROUND", str(number)))
    folder.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[parameters, write]), folder / "quick.ipynb")


def is_old_or_new(folder, number):
    """Say whether a folder is absent or whole, all of one round no later than the last."""
    if not folder.exists():
        return number == 0
    rounds = {(folder / f"{name}.csv").read_text() for name in "abcdef"}
    return is_complete(folder) and len(rounds) == 1 and int(rounds.pop()) <= number


def kill_runs(folder, count):
    """Kill runs over five threads at random moments; count the folders that are neither old nor new."""
    pages = [Path(shutil.copy(PAGE, folder / f"killed{number}.txt")) for number in range(5)]
    out, books, broken, refused, replaced = folder / "killed", folder / "books", 0, 0, 0
    arguments = rerun_command(*pages, "--out", out, "--notebooks", books)
    write_quick_notebook(books, 0)
    longest = measure_run(arguments, folder)[0]
    moments = random.Random(0)
    for number in range(1, count + 1):
        write_quick_notebook(books, number)
        process = subprocess.Popen(arguments, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(moments.uniform(0, longest))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        states = [is_old_or_new(out / page.stem, number) for page in pages]
        broken += states.count(False)
        replaced += sum((out / page.stem / "a.csv").read_text() == str(number) for page in pages)
        if number % 10 == 0:
            refused += subprocess.run(arguments, env=ENVIRONMENT, stdout=subprocess.DEVNULL).returncode != 0
    left = [path.name for path in out.iterdir() if path.name.startswith(".")]
    print(f"{count} kills: {broken} of {5 * count} folders neither old nor new, {replaced} new ones, ", end="")
    print(f"{refused} of {count // 10} runs in between failed, {len(left)} leftovers")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--threads", type=int, default=20)
    parser.add_argument("--kills", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        compare_one_thread(folder)
        if options.threads:
            run_many_threads(folder, options.threads)
        if options.kills:
            kill_runs(folder, options.kills)


if __name__ == "__main__":
    main()
