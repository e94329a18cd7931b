"""deploy/grafana.json is a dashboard, asks for what the bot exposes, and shows all of it."""

import itertools
import re
import sys
from collections.abc import Iterator
from typing import Literal

import promql_parser
import pytest
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from bot.transport.metrics import Metrics
from tests.deploy.files import DEPLOY, GUIDE

Described = dict[str, JsonValue]


class Strict(BaseModel):
    """What we use of Grafana's dashboard model (schema version 39), and no other key."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Source(Strict):
    type: Literal["prometheus"]
    uid: Literal["${datasource}"]


class Place(Strict):
    h: int = Field(ge=1)
    w: int = Field(ge=1, le=24)
    x: int = Field(ge=0, le=23)
    y: int = Field(ge=0)

    @property
    def cells(self) -> set[tuple[int, int]]:
        """The cells of the grid that it takes."""
        return {*itertools.product(range(self.x, self.x + self.w), range(self.y, self.y + self.h))}


class Target(Strict):
    refId: str = Field(pattern="^[A-Z]$")
    datasource: Source
    expr: str
    legendFormat: str
    instant: bool = False


class Defaults(Strict):
    unit: Literal["short", "s", "ops", "bytes"]
    min: int
    color: Described | None = None
    thresholds: Described | None = None
    custom: Described | None = None


class Fields(Strict):
    defaults: Defaults
    overrides: list[Described] = Field(max_length=0)


class Row(Strict):
    id: int
    type: Literal["row"]
    title: str = Field(min_length=1)
    collapsed: Literal[False]
    gridPos: Place
    panels: list[Described] = Field(max_length=0)


class Panel(Strict):
    id: int
    type: Literal["stat", "timeseries", "bargauge"]
    title: str = Field(min_length=1)
    description: str | None = Field(default=None, min_length=1)
    datasource: Source
    gridPos: Place
    fieldConfig: Fields
    options: Described
    targets: list[Target] = Field(min_length=1)


class Variable(Strict):
    name: Literal["datasource"]
    type: Literal["datasource"]
    query: Literal["prometheus"]
    label: str
    current: Described
    hide: int
    includeAll: bool
    multi: Literal[False]


class Dashboard(Strict):
    title: str = Field(min_length=1)
    uid: str = Field(pattern="^[a-zA-Z0-9_-]{1,40}$")
    description: str
    tags: list[str]
    schemaVersion: Literal[39]
    version: int
    editable: bool
    graphTooltip: int
    refresh: str
    time: Described
    timezone: str
    templating: dict[Literal["list"], list[Variable]]
    annotations: dict[Literal["list"], list[Described]]
    links: list[Described]
    panels: list[Row | Panel]


DASHBOARD = Dashboard.model_validate_json((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
PANELS = [panel for panel in DASHBOARD.panels if isinstance(panel, Panel)]
TARGETS = [target for panel in PANELS for target in panel.targets]
IN_THE_GUIDE = re.findall(r"^\| `([^`]*bot_[^`]*)` \|", GUIDE, re.MULTILINE)
OF_PROMETHEUS = {"le", "instance"}
OF_PROCESS = ("process_resident_memory_bytes", "process_cpu_seconds_total")  # on Linux


def exposed() -> dict[str, set[str]]:
    """The series that the bot exposes, by their names there, and the labels of each."""
    series: dict[str, set[str]] = {name: set() for name in OF_PROCESS}
    for metric in vars(Metrics()).values():
        for family in metric.describe() if hasattr(metric, "describe") else ():
            labels = set(metric._labelnames)
            for end in {"counter": ["_total"], "histogram": ["_bucket", "_count", "_sum"]}.get(
                family.type, [""]
            ):
                series[family.name + end] = labels
    return series


EXPOSED = exposed()


def selectors(expr: str) -> Iterator[promql_parser.VectorSelector]:
    """Every series that ``expr`` asks for."""
    waiting: list[object] = [promql_parser.parse(expr.replace("$__rate_interval", "5m"))]
    while waiting:
        match waiting.pop():
            case promql_parser.VectorSelector() as found:
                yield found
            case promql_parser.MatrixSelector(vector_selector=found):
                yield found
            case promql_parser.Call(args=args):
                waiting += args
            case promql_parser.BinaryExpr(lhs=left, rhs=right):
                waiting += [left, right]
            case promql_parser.AggregateExpr(expr=inner) | promql_parser.ParenExpr(expr=inner):
                waiting.append(inner)
            case promql_parser.NumberLiteral():
                pass
            case other:
                raise AssertionError(f"{expr}: {other!r} is not expected")


def labels_in(expr: str) -> set[str]:
    """The labels by which ``expr`` sums and selects."""
    summed = {name for group in re.findall(r"by \(([^)]*)\)", expr) for name in group.split(", ")}
    chosen = {matcher.name for one in selectors(expr) for matcher in one.matchers.matchers}
    return summed | chosen


@pytest.mark.skipif(
    sys.platform != "linux", reason="of its process prometheus-client tells on Linux alone"
)
def test_the_metrics_are_found() -> None:
    text = Metrics().text().decode()
    found = set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))
    ours = {name for name in found if name.startswith("bot_") and not name.endswith("_created")}
    assert {re.sub("_bucket$|_count$|_sum$", "", name) for name in EXPOSED} == {*ours, *OF_PROCESS}
    assert {*OF_PROCESS} <= found


@pytest.mark.parametrize("expr", [*(target.expr for target in TARGETS), *IN_THE_GUIDE])
def test_it_asks_for_what_the_bot_exposes(expr: str) -> None:
    names = {str(one.name) for one in selectors(expr)}
    assert names
    assert names <= EXPOSED.keys()
    known = set.union(OF_PROMETHEUS, *(EXPOSED[name] for name in names))
    assert labels_in(expr) <= known


def test_everything_that_the_bot_exposes_is_on_it() -> None:
    shown = {str(one.name) for target in TARGETS for one in selectors(target.expr)}
    assert EXPOSED.keys() - {"bot_update_seconds_count", "bot_update_seconds_sum"} == shown


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.expr)
def test_a_legend_names_labels_that_are_left(target: Target) -> None:
    (last, *_) = [*re.findall(r"by \(([^)]*)\)", target.expr), ""]
    assert set(re.findall(r"\{\{(\w+)\}\}", target.legendFormat)) <= set(last.split(", "))


def test_panels_lie_side_by_side_within_the_grid() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD.panels:
        assert panel.gridPos.x + panel.gridPos.w <= 24
        assert not taken & panel.gridPos.cells, panel.title
        taken |= panel.gridPos.cells


def test_ids_and_titles_are_there_once() -> None:
    ids = [panel.id for panel in DASHBOARD.panels]
    assert len({*ids}) == len(ids)
    titles = [panel.title for panel in DASHBOARD.panels]
    assert len({*titles}) == len(titles)
    for panel in PANELS:
        assert len({target.refId for target in panel.targets}) == len(panel.targets)


def test_the_source_can_be_chosen_where_it_is_imported() -> None:
    (variable,) = DASHBOARD.templating["list"]
    assert variable.name == "datasource"
