"""The way of the numbers: in through one door, out through one door. No exceptions are listed here."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("tables", "example", "settings", "store", "geo", "domain", "text", "figures", "export", "ui", "pages", "__main__")
PAGE_IMPORTS = ("streamlit", "ipsdash.ui", "ipsdash.domain", "ipsdash.figures")
MEASURED = "0123456789"

# Which module of ours may name a package, by the beginning of its own name.
ONLY_IN = {
    "streamlit": ("ipsdash.ui", "pages", "dashboard"),
    "starlette": ("ipsdash.ui",),
    "plotly": ("ipsdash.figures.plotly", "ipsdash.ui"),
    "geopandas": ("ipsdash.geo", "data.geo"),
    "shapely": ("ipsdash.geo", "data.geo"),
    "pyogrio": ("ipsdash.geo", "data.geo"),
    "pandera": ("ipsdash.tables",),
    "sqlite3": ("ipsdash.store",),
    "sqlalchemy": ("ipsdash.store",),
    "duckdb": ("ipsdash.store",),
}


@dataclass(frozen=True)
class Import:
    """One import: the module that is named, at a line, inside a function or not."""

    name: str
    line: int
    late: bool
    relative: bool


@dataclass(frozen=True)
class Module:
    """One file of ours."""

    path: Path

    @property
    def name(self) -> str:
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    @property
    def layer(self) -> str:
        parts = self.name.split(".")
        return parts[1] if parts[0] == "ipsdash" and len(parts) > 1 else parts[0]

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        late = {
            id(node)
            for function in ast.walk(self.tree)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
        }
        return tuple(
            Import(name, node.lineno, id(node) in late, bool(getattr(node, "level", 0)))
            for node in ast.walk(self.tree)
            for name in _imported(node)
        )

    def says(self, name: str) -> bool:
        return any(one.name == name or one.name.startswith(f"{name}.") for one in self.imports)


def _imported(node: ast.AST) -> Iterator[str]:
    """The modules that a statement names; `from a import b` is a.b when that is a module of ours."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            yield inner if (ROOT / f"{inner.replace('.', '/')}.py").exists() else str(node.module)


def _modules() -> list[Module]:
    files = [ROOT / "dashboard.py", *(ROOT / "pages").glob("*.py")]
    files += [*(ROOT / "ipsdash").rglob("*.py"), *(ROOT / "data").rglob("*.py")]
    return [Module(path) for path in sorted(files)]


MODULES = _modules()
OURS = {module.name: module for module in MODULES}
PACKAGE = [module for module in MODULES if module.name.startswith("ipsdash.") or module.layer == "pages"]
every_module = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
every_layered = pytest.mark.parametrize("module", PACKAGE, ids=lambda module: module.name)
every_room = pytest.mark.parametrize(
    "module", [module for module in PACKAGE if module.layer != "pages"], ids=lambda module: module.name
)
every_page = pytest.mark.parametrize(
    "module", [module for module in MODULES if module.layer == "pages"], ids=lambda module: module.name
)


def test_the_house_has_no_room_outside_the_layers():
    assert {module.layer for module in PACKAGE} <= {*LAYERS, "__main__"}


@every_layered
def test_a_layer_imports_only_layers_to_its_left(module: Module):
    left = LAYERS[: LAYERS.index(module.layer) + 1]
    named = {one.name.split(".")[1] for one in module.imports if one.name.startswith("ipsdash.")}
    assert named <= set(left)


def test_no_module_imports_itself_by_a_circle():
    graph = {module.name: {one.name for one in module.imports if one.name in OURS} for module in MODULES}
    tuple(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("package", ONLY_IN)
def test_a_package_is_named_only_in_its_place(package: str):
    elsewhere = [module.name for module in MODULES if module.says(package)]
    assert [name for name in elsewhere if not name.startswith(ONLY_IN[package])] == []


def test_spreadsheets_are_read_only_by_the_tables():
    readers = {"load_workbook", "read_excel", "ExcelFile"}
    reading = [module.name for module in MODULES if readers & _names(module)]
    assert reading and all(name.startswith("ipsdash.tables.") for name in reading)


def test_settings_are_read_only_in_their_place():
    """No other module names a setting, or uses one as a name in the environment."""
    others = [module for module in MODULES if module.name != "ipsdash.settings"]
    assert [module.name for module in others if _constants_with(module, "IPSDASH_")] == []
    both = [module for module in others if module.says("ipsdash.settings")]
    assert [module.name for module in both if {"environ", "getenv"} & _names(module)] == []


def _constants_with(module: Module, start: str) -> list[str]:
    """The string constants that begin so, also the beginnings of those that are put together."""
    constants = [node.value for node in ast.walk(module.tree) if isinstance(node, ast.Constant)]
    return [text for text in constants if isinstance(text, str) and text.startswith(start)]


def test_results_have_no_language():
    speaking = [module.name for module in MODULES if module.layer == "domain" and module.says("ipsdash.text")]
    assert speaking == []


@every_page
def test_a_page_puts_together_and_does_not_compute(module: Module):
    assert ast.get_docstring(module.tree), "the question that the page answers"
    assert all(one.name.startswith(PAGE_IMPORTS) for one in module.imports)
    made = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert [node for node in ast.walk(module.tree) if isinstance(node, made)] == []


@every_module
def test_imports_are_absolute(module: Module):
    assert [one.line for one in module.imports if one.relative] == []


@every_module
def test_an_import_inside_a_function_says_what_it_saves(module: Module):
    lines = module.text.splitlines()
    for one in module.imports:
        above = lines[one.line - 2].strip()
        assert not one.late or (above.startswith("#") and set(MEASURED) & set(above)), one


@every_room
def test_a_module_keeps_no_state(module: Module):
    assert not any(isinstance(node, ast.Global | ast.Nonlocal) for node in ast.walk(module.tree))
    named = _named_outermost(module.tree)
    assert [name for name in named if not (name.isupper() or name == "__all__" or name.istitle())] == []
    assert [line for name, line in _changed(module.tree) if name in named] == []


@every_layered
def test_only_the_interface_caches(module: Module):
    caches = {"cache", "lru_cache", "cache_data", "cache_resource", "session_state", "memoize"}
    assert module.layer == "ui" or not caches & _names(module)


def _names(module: Module) -> set[str]:
    """All names that the module uses, of its own and of others."""
    nodes = list(ast.walk(module.tree))
    plain = {node.id for node in nodes if isinstance(node, ast.Name)}
    parts = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    brought = {alias.name for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names}
    return plain | parts | brought


def _named_outermost(tree: ast.Module) -> list[str]:
    """What a module names in its outermost lines."""
    assigned = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    assigned += [node.target for node in tree.body if isinstance(node, ast.AnnAssign | ast.AugAssign)]
    return [one.id for target in assigned for one in ast.walk(target) if isinstance(one, ast.Name)]


def _changed(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Names whose content a line changes: NAME[key] = …, NAME.append(…)."""
    changing = {"append", "extend", "update", "add", "setdefault", "pop", "clear", "insert", "remove"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            if isinstance(node.value, ast.Name):
                yield node.value.id, node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in changing:
            if isinstance(node.func.value, ast.Name):
                yield node.func.value.id, node.lineno
