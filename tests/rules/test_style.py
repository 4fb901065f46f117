"""What the code never does, mostly; every rule is shown a bad example that it must refuse."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps

from bridgework.config.reactions import REACTIONS
from tests.rules.tree import Source, dotted, functions, layers, own_text, parse, product, sources

Rule = Callable[[Source], Iterator[int]]

# Outer loops: they log without patient data and go on with the next piece of work. place -> what would stop otherwise
OUTER_LOOPS: dict[str, str] = {"bridgework/config/jobs.py": "due work of every other organization"}
# `acting_for` changes the viewer inside a transaction, so its callers are counted.
ACTING_FOR = {"bridgework/access/viewer.py", "bridgework/access/publishing.py", "bridgework/scheduling/actions.py"}
TIME_READERS = {"bridgework/lib/clock.py"}
# An id holds the moment of its making.
ASKS_FOR_ITS_IDS = {"bridgework/lib/ids.py"}
# Rooms at the edge of the process: only they ask what time it is, everything below is told.
EDGES = {"web", "ops", "config"}
NOT_IMPERATIVE = {
    "A",
    "An",
    "The",
    "This",
    "These",
    "Returns",
    "Gets",
    "Sets",
    "Creates",
    "Checks",
    "Makes",
    "Function",
}


def calls(source: Source) -> Iterator[tuple[str, ast.Call]]:
    """Give every call with the dotted name that is called."""
    return ((dotted(node.func), node) for node in source.nodes if isinstance(node, ast.Call))


def signals(source: Source) -> Iterator[int]:
    """Refuse Django's signals: their order is invisible; facts have a table."""
    for node in source.nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            named = [module.removesuffix("."), *(module + name.name for name in node.names)]
            if any(name.startswith("django.dispatch") or re.search(r"\.signals?$", name) for name in named):
                yield node.lineno


def save_overrides(source: Source) -> Iterator[int]:
    """Refuse classes that redefine saving: writing happens in actions."""
    for node in source.nodes:
        if isinstance(node, ast.ClassDef):
            yield from (f.lineno for f in node.body if isinstance(f, ast.FunctionDef) and f.name in ("save", "delete"))


def job_defers(source: Source) -> Iterator[int]:
    """Refuse `.defer(`: inside a worker it leaves the transaction; `access.jobs` knows how."""
    if not source.path.startswith("bridgework/access/jobs"):
        yield from (node.lineno for name, node in calls(source) if name.endswith((".defer", ".defer_async")))


def acting_for(source: Source) -> Iterator[int]:
    """Refuse a change of viewer inside a transaction outside the two places that need it."""
    if source.path not in ACTING_FOR:
        yield from (node.lineno for name, node in calls(source) if name.rpartition(".")[2] == "acting_for")


def broad_excepts(source: Source) -> Iterator[int]:
    """Refuse to catch everything outside an outer loop."""
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type] if node.type else []
            if not kinds or any(dotted(kind).rpartition(".")[2] in ("Exception", "BaseException") for kind in kinds):
                yield node.lineno


def prints(source: Source) -> Iterator[int]:
    """Refuse printing outside the command line."""
    if source.room != "ops":
        yield from (node.lineno for name, node in calls(source) if name in ("print", "pprint"))


def clock_readings(source: Source) -> Iterator[int]:
    """Refuse to read the wall clock anywhere but in `lib.clock`."""
    asking = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "time.time"}
    if source.path not in TIME_READERS:
        for name, node in calls(source):
            if ".".join(name.split(".")[-2:]) in asking:
                yield node.lineno


def clock_in_the_middle(source: Source) -> Iterator[int]:
    """Refuse to ask `lib.clock` below the edge: actions, queries and rules are told the time."""
    is_edge = source.room in EDGES or source.path.endswith(("/jobs.py", "/handle.py"))
    if not is_edge and source.path not in TIME_READERS | ASKS_FOR_ITS_IDS:
        yield from (node.lineno for name, node in calls(source) if name == "clock.now")


def any_types(source: Source) -> Iterator[int]:
    """Refuse `Any` where the domain is written and asked."""
    if re.search(r"/(actions|queries)(/|\.py)", source.path):
        for node in source.nodes:
            if isinstance(node, ast.Name | ast.Attribute) and dotted(node) in ("Any", "typing.Any"):
                yield node.lineno


def undocumented(source: Source) -> Iterator[int]:
    """Refuse public functions without a docstring whose first word could be an order to somebody."""
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            words = (ast.get_docstring(node) or "").split()
            if not words or not words[0][0].isupper() or words[0] in NOT_IMPERATIVE:
                yield node.lineno


def unescaped(source: Source) -> Iterator[int]:
    """Refuse to call text safe HTML outside the components, where each case is looked at."""
    if not source.path.startswith("bridgework/web/components/"):
        yield from (node.lineno for name, node in calls(source) if name.endswith(("mark_safe", "SafeString")))


def untyped(source: Source) -> Iterator[int]:
    """Refuse functions that do not say what they return."""
    yield from (node.lineno for _, node in functions(source) if node.returns is None)


BAD: dict[Rule, str] = {
    signals: "from django.db.models.signals import post_save",
    save_overrides: "class A(Model):\n    def save(self, *args): ...",
    job_defers: "def f(task):\n    task.defer(id=1)",
    acting_for: "with viewer.acting_for(organization): ...",
    broad_excepts: "try: ...\nexcept (ValueError, Exception): ...",
    prints: "print('hello')",
    clock_readings: "import datetime\nx = datetime.datetime.now(tz=None)",
    clock_in_the_middle: "def f(): return clock.now()",
    any_types: "def f(x: dict[str, Any]) -> None: ...",
    undocumented: 'def f() -> None:\n    """returns nothing"""',
    unescaped: "def f(x): return mark_safe(x)",
    untyped: "class A:\n    def f(self): ...",
}
GOOD = '''
def accept(*, by: Actor, at: datetime) -> Case:
    """Take the referral on."""
    with viewer.acting(by.organization_id):
        try:
            return case
        except ValueError:
            raise NotAllowedNow from None
'''


@pytest.mark.parametrize("rule", BAD, ids=lambda rule: rule.__name__)
def test_product_code_keeps_the_rule(rule: Rule) -> None:
    found = {f"{source.path}:{line}" for source in product() for line in rule(source)}
    excused = OUTER_LOOPS if rule is broad_excepts else {}
    assert {place for place in found if place.rpartition(":")[0] not in excused} == set(), rule.__doc__


@pytest.mark.parametrize("rule", BAD, ids=lambda rule: rule.__name__)
def test_the_rule_refuses_a_bad_example_and_lets_a_good_one_pass(rule: Rule) -> None:
    path = "bridgework/referrals/actions.py"
    assert list(rule(parse(BAD[rule], path))) != []
    assert list(rule(parse(GOOD, path))) == []


def test_every_excused_outer_loop_still_catches() -> None:
    catching = {source.path for source in product() if any(broad_excepts(source))}
    assert set(OUTER_LOOPS) - catching == set()


def test_the_viewer_is_never_set_for_a_whole_session() -> None:
    session_wide = re.compile(r"set_config\([^()]*(\([^()]*\)[^()]*)*,\s*false\s*\)|\bset\s+(session\s+)?app\.", re.I)
    assert session_wide.search("select set_config('app.viewer', %s, " + "false)")
    assert session_wide.search("set " + "app.viewer = 'x'")
    assert [path for path, text in own_text((".py", ".sql", ".sh")) if session_wide.search(text)] == []


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:|\|\s*safe\b|{%\s*autoescape off", re.I
)
OTHER_HOST = re.compile(r"(src|srcset|action|hx-[a-z]+|data|<link[^>]*href)=[\"'](https?:)?//", re.I)


@pytest.mark.parametrize("rule", [INLINE, OTHER_HOST], ids=["inline", "other host"])
def test_templates_hold_nothing_inline_and_fetch_from_no_other_host(rule: re.Pattern[str]) -> None:
    found = [
        f"{path}: {match.group()}"
        for path, text in own_text((".html",))
        for match in rule.finditer(without_remarks(text))
    ]
    assert found == []


def without_remarks(text: str) -> str:
    """Leave out what the template engine leaves out."""
    return re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", text, flags=re.S)


def test_inline_and_foreign_parts_of_a_template_are_seen() -> None:
    bad = ["<script>x</script>", '<p style="x">', '<b onclick="x()">', "<a href='javascript:x'>", "{{ name|safe }}"]
    assert all(INLINE.search(text) for text in bad)
    assert not INLINE.search('<script src="/static/a.js" defer></script><p class="style" data-on="x">')
    assert OTHER_HOST.search('<img src="//cdn.example/x.png">')
    assert not OTHER_HOST.search('<a href="https://example.org">')


def test_nothing_is_left_for_later() -> None:
    marker = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    assert [path for path, text in own_text((".py", ".html", ".js", ".css", ".sh", ".md")) if marker.search(text)] == []
    stubs = [
        f"{source.path}:{node.lineno}"
        for source in sources()
        for node in source.nodes
        if isinstance(node, ast.Raise) and node.exc and "NotImplementedError" in ast.unparse(node.exc)
    ]
    assert stubs == []


def test_no_foreign_key_points_to_a_higher_layer() -> None:
    height = layers()
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if height.get(field.related_model._meta.app_label, -1) > height.get(model._meta.app_label, 99)
    ]
    assert upward == []


def room_of(thing: object) -> str:
    """Name the room that a class or function was written in."""
    return str(getattr(thing, "__module__", "")).split(".")[1]


def test_reactions_are_never_below_their_facts() -> None:
    height = layers()
    assert [
        f"{fact.__name__} -> {answer.__module__}.{answer.__qualname__}"
        for fact, answers in REACTIONS.items()
        for answer in answers
        if height[room_of(answer)] < height[room_of(fact)]
    ] == []


def test_every_app_of_ours_has_a_place_among_the_layers() -> None:
    ours = [config.label for config in apps.get_app_configs() if config.name.startswith("bridgework.")]
    assert [label for label in ours if label not in layers()] == []
