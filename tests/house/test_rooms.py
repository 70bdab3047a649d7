"""What stays in its room and imports cannot show; the arrows themselves are in `.importlinter`."""

from __future__ import annotations

import ast
from pathlib import Path

from repository import functions, imported, modules, nodes, text

LONGEST_HANDLER = 15
LONGEST_FILE = 300
LONGEST_OF_ALL = 400
LONGER_FOR_A_REASON = {
    # Generated once and never edited.
    "core/store/migrations/versions/0001_the_first_tables.py",
}


def test_screens_wait_for_nothing() -> None:
    waiting = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    assert not [f"{path}:{node.lineno}" for path, node in nodes("bot/screens") if isinstance(node, waiting)]


def test_core_is_synchronous_but_for_the_heartbeat() -> None:
    waiting = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    assert not [f"{path}:{node.lineno}" for path, node in nodes("core") if isinstance(node, waiting)]


def test_transactions_begin_and_end_in_one_place() -> None:
    allowed = {"core/store/engine.py", "core/store/batch.py", "core/store/migrate.py"}
    ends = {"begin", "begin_nested", "commit", "rollback"}
    found = {
        str(path)
        for path, node in nodes("core")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ends
    }
    assert found == allowed


def test_only_the_transaction_room_of_the_bot_holds_a_batch() -> None:
    assert {str(path) for path in modules("bot") if "core.store.batch" in imported(path)} == {"bot/transaction.py"}


def test_the_sandbox_imports_nothing_else_of_the_bot() -> None:
    foreign = [
        f"{path}: {name}"
        for path in modules("bot/sandbox")
        for name in imported(path)
        if name.split(".")[0] in {"bot", "core"} and name.split(".")[:2] != ["bot", "sandbox"]
    ]
    assert not foreign


def test_one_file_reads_the_environment() -> None:
    reading = {"environ", "environb", "getenv"}
    found = {
        str(path)
        for path, node in nodes("bot", "core")
        if (isinstance(node, ast.Attribute) and node.attr in reading)
        or (isinstance(node, ast.ImportFrom) and node.module == "os" and reading & {name.name for name in node.names})
    }
    assert found == {"bot/settings.py"}


def test_handlers_narrow_act_and_show() -> None:
    long = [
        f"{path}: {function.name} has {lines} lines"
        for path in modules("bot/handlers")
        for function in functions(path)
        if (lines := _lines(path, function)) > LONGEST_HANDLER
    ]
    assert not long


def _lines(path: Path, function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body that say something: no docstring, comment or blank line."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    inside = text(path).splitlines()[body[0].lineno - 1 : function.end_lineno]
    return sum(1 for line in inside if line.strip() and not line.strip().startswith("#"))


def test_files_are_small() -> None:
    lengths = {str(path): len(text(path).splitlines()) for path in modules("bot", "core", "tests")}
    long = {path for path, length in lengths.items() if length > LONGEST_FILE and not path.startswith("tests/")}
    assert long == LONGER_FOR_A_REASON
    assert max(lengths.values()) <= LONGEST_OF_ALL


def test_no_room_is_named_after_nothing() -> None:
    empty_words = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers"}
    assert not [str(path) for path in modules("bot", "core", "tests") if empty_words & {path.stem, *path.parent.parts}]


def test_acts_that_change_the_state_of_a_sheet_raise_an_event() -> None:
    changing = {"sheets.set_state", "sheets.set_submitted", "staff.set_rater"}

    def calls(function: ast.AST) -> set[str]:
        return {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}

    found = [function for path in modules("core/actions") for function in functions(path) if changing & calls(function)]
    assert len(found) >= len(changing)
    assert not [function.name for function in found if "happened" not in calls(function)]
