"""Give notebook kernels the same view of the package that pytest has."""

import os
from pathlib import Path

ROOT = Path(__file__).parent
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))


def pytest_configure(config):
    config.option.nbval_sanitize_with = str(ROOT / "tests" / "nbval_sanitize.cfg")
