"""The model documentation says what the code says: names, parameters, state, steps, switches, symbols."""

import re
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

from trasiego.evidence import load_ledger
from trasiego.model.numbers import Numbers
from trasiego.scenario.fields import fields

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import write_model_documentation as command  # noqa: E402
from model_documentation import code, document, tables  # noqa: E402
from model_documentation.sources import SourceError, read_rows, read_submodel, read_submodels  # noqa: E402

SUBMODELS = read_submodels(document.SOURCES / "submodels")
BLOCKS = [(each.name, block) for each in SUBMODELS for block in each.blocks]
EQUATIONS = [(name, block) for name, block in BLOCKS if block.equations]
MUST_SAY = ("**In the trade.**", "**Form.**", "**Conserved.**", "**Off.**")

# What TeX may hold besides declared symbols. GitHub takes away a backslash before punctuation and knows no
# \operatorname.
COMMANDS = set(
    r"\frac \max \min \ln \exp \sin \cos \sum \sqrt \left \right \lfloor \rfloor \lceil \rceil"
    r" \leftarrow \infty \quad \qquad \mathrm \bmod \pi \le \ge \lt \gt \ne \in \cdot \sim"
    r" \lbrace \rbrace \binom \bar \hat \ast".split()
)
FORBIDDEN = re.compile(r"\\[^A-Za-z ]|\\operatorname|<|>|\*")
INDICES = set("lmnbgkpczqijteh")


def letters(tex):
    """Return all letters and commands in TeX."""
    return set(re.findall(r"\\[A-Za-z]+|[A-Za-z]", tex))


def atoms(tex):
    """Return letters and commands of an equation or a symbol, without subscripts and words."""
    previous = None
    while previous != tex:
        previous, tex = tex, re.sub(r"_(\{[^{}]*\}|\\?\w)", " ", tex)
        tex = re.sub(r"\\mathrm\s*\{[^{}]*\}", " ", tex)
    return letters(tex) - COMMANDS


def undeclared(block):
    """Return what the equations of a block use and no symbol of it declares; indices and e apart."""
    declared = set().union(*(atoms(symbol.tex) for symbol in block.symbols))
    return set().union(*(atoms(each) for each in block.equations)) - declared - INDICES


def test_the_documents_are_what_the_command_writes():
    for path, text in document.write().items():
        assert path.read_text("utf-8") == text, "run python tools/write_model_documentation.py"


def test_the_check_tells_a_stale_document_and_leaves_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "ROOT", tmp_path)
    page = tmp_path / "model.md"
    page.write_text("old", "utf-8")
    monkeypatch.setattr(command, "write", lambda: {page: "new"})
    monkeypatch.setattr(sys, "argv", ["write_model_documentation.py", "--check"])
    assert command.main() == 1
    assert "model.md is out of date" in capsys.readouterr().out
    assert page.read_text("utf-8") == "old"
    monkeypatch.setattr(sys, "argv", ["write_model_documentation.py"])
    assert command.main() == 0
    assert page.read_text("utf-8") == "new"


@pytest.mark.parametrize(("name", "block"), BLOCKS, ids=[f"{n}-{b.function}" for n, b in BLOCKS])
def test_each_function_that_the_documentation_names_exists(name, block):
    assert callable(code.function_of(block.function))


def test_a_function_that_does_not_exist_is_told():
    with pytest.raises(AttributeError):
        code.function_of("trasiego.model.valuation.no_such_function")


def test_every_kernel_has_an_equation_or_is_bookkeeping():
    kernels = code.kernels()
    assert len(kernels) > 30
    assert not sorted(set(kernels) - {block.function for _name, block in BLOCKS})


def test_every_scalar_that_kernels_take_is_in_the_table_and_in_a_submodel():
    table = tables.parameter_tables(document.load_scenario(document.SCENARIO))
    used = {path for each in SUBMODELS for path in each.parameters}
    seen = 0
    for section, kind in get_type_hints(Numbers).items():
        for name in kind._fields:
            ends = (f".{name}", f"_{name}")
            found = [path for path in used if path.endswith(ends) and f"| `{path}` |" in table]
            assert found, f"{section}.{name}"
            seen += 1
    assert seen > 60


def test_every_figure_of_the_registry_is_in_a_submodel():
    text = "\n".join(document.submodel_text(each) for each in SUBMODELS)
    kept = [field for field in fields() if field.type in ("number", "integer")]
    missing = [
        field.path
        for field in kept
        if field.section not in ("scenario", "policy") and f"`{field.path}`" not in text
    ]
    assert not missing


def test_every_step_has_a_submodel_and_every_submodel_a_known_step():
    steps = [name for name, _text in code.steps()]
    assert {each.step for each in SUBMODELS} - {""} == set(steps)
    told = [steps.index(each.step) for each in SUBMODELS if each.step]
    assert told == sorted(told), "submodels in the order of the month"


@pytest.mark.parametrize("submodel", [each for each in SUBMODELS if each.step], ids=lambda each: each.name)
def test_a_submodel_says_what_it_means_its_form_what_it_conserves_and_what_turns_it_off(submodel):
    missing = [words for words in MUST_SAY if words not in submodel.prose]
    assert not missing
    assert submodel.claims


def test_every_switch_is_named_by_a_submodel_that_says_what_disappears():
    switches = {field.key for field in fields() if field.section == "switches"}
    assert {name for each in SUBMODELS for name in each.switches} == switches
    for each in SUBMODELS:
        for name in each.switches:
            assert f"`switches.{name}`" in each.prose, f"{each.name}: {name}"


@pytest.mark.parametrize(("name", "block"), EQUATIONS, ids=[f"{n}-{b.function}" for n, b in EQUATIONS])
def test_equations_use_declared_symbols_in_tex_that_github_reads(name, block):
    assert not undeclared(block)
    for tex in block.equations:
        assert tex.count("{") == tex.count("}")
        assert tex.count(r"\left") == tex.count(r"\right") + tex.count(r"\leftarrow")
        assert not FORBIDDEN.findall(tex), tex
    whole = letters(" ".join(block.equations))
    for symbol in block.symbols:
        assert letters(symbol.tex) <= whole, f"{symbol.tex} is not used"
        assert symbol.parameter or (symbol.unit and symbol.meaning)


def test_undeclared_symbols_are_found(tmp_path):
    page = tmp_path / "one.md"
    page.write_text(
        '+++\ntitle = "One"\norder = 1\nclaims = []\n+++\n'
        "```equation trasiego.model.market.market\nx_l = a + \\beta\n---\nx_l [kg] an amount\n```\n"
    )
    (block,) = read_submodel(page).blocks
    assert undeclared(block) == {"a", r"\beta"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('+++\ntitle = "One"\norder = 1\n+++\n', "claims"),
        ('+++\ntitle = "One"\norder = 1\nclaims = []\nstepp = ""\n+++\n', "stepp"),
        ('+++\ntitle = "One"\norder = 1\nclaims = []\n+++\n```equation a.b\nx = 1\n```\n', "a.b"),
        ('+++\ntitle = "One"\norder = 1\nclaims = []\n+++\n```equation a.b\nx = 1\n---\nx kg\n```\n', "x kg"),
    ],
)
def test_mistakes_in_a_submodel_are_told_with_their_file(tmp_path, text, told):
    page = tmp_path / "one.md"
    page.write_text(text)
    with pytest.raises(SourceError, match=f"one.md.*{told}"):
        read_submodel(page)


def test_state_variables_without_words_are_told():
    words = dict(read_rows(document.SOURCES / "state-variables.csv"))
    del words["stock"]
    with pytest.raises(SourceError, match="stock"):
        tables.state_table(words)


def test_claims_are_those_of_the_ledger():
    known = load_ledger().claims
    assert all(claim in known for each in SUBMODELS for claim in each.claims)
    with pytest.raises(SourceError, match="z999"):
        tables.claims_text(["z999"])


def test_the_document_has_all_sections_and_all_eleven_concepts():
    text = document.DOCUMENT.read_text("utf-8")
    assert re.findall(r"(?m)^## (\d)", text) == list("1234567")
    concepts = text.partition("\n## 4 ")[2].partition("\n## 5 ")[0]
    assert re.findall(r"(?m)^\*\*([A-Z]\w+(?: \w+)?)\.\*\*", concepts) == [
        "Basic principles",
        "Emergence",
        "Adaptation",
        "Objectives",
        "Learning",
        "Prediction",
        "Sensing",
        "Interaction",
        "Stochasticity",
        "Collectives",
        "Observation",
    ]


def test_links_to_sections_lead_to_a_heading():
    text = document.DOCUMENT.read_text("utf-8")
    heads = {
        re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in re.findall(r"(?m)^#+ (.+)$", text)
    }
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert len(links) > 8
    assert links <= heads
