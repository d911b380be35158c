"""The tree of states of a chart, and why a chart can be refused."""

from collections.abc import Callable, Iterable, Iterator
from math import prod

from states.errors import DomainError
from states.procedure import State, StateKind, Transition

MAX_CONFIGURATIONS = 10_000


class InvalidChart(DomainError):
    """The chart cannot be built: state "{state}" {reason}. Correct the file and validate it again."""

    vi = "Không dựng được sơ đồ: trạng thái «{state}» {reason_vi}. Hãy sửa tệp thủ tục rồi kiểm tra lại."


class AmbiguousTransition(DomainError):
    """Transition "{transition}" has two active sources in "{configuration}". Keep one of them."""

    vi = "Bước chuyển «{transition}» có hai nguồn cùng hiệu lực tại «{configuration}». Hãy chỉ giữ một nguồn."


class OrderDependent(DomainError):
    """In "{configuration}", "{event}" depends on the order of branches. Let one branch only lead out."""

    vi = "«{event}» tại «{configuration}» phụ thuộc thứ tự các nhánh. Hãy để chỉ một nhánh dẫn ra khỏi khối."


class ChartTooLarge(DomainError):
    """The chart may have {count} configurations, over {limit}. Make "{block}" smaller or sequential."""

    vi = "Sơ đồ có thể có {count} cấu hình, tối đa {limit}. Hãy thu gọn «{block}» hoặc chuyển thành tuần tự."


class Tree:
    """The states by id, with their children, their place in the document and the way down to them."""

    def __init__(self, states: tuple[State, ...], initial: str | None) -> None:
        self.states = {state.id: state for state in states}
        self.count = len(states)
        self.place = {state.id: place for place, state in enumerate(states)}
        self.children: dict[str | None, list[State]] = {}
        for state in states:
            self.children.setdefault(state.parent, []).append(state)
        self.tops = self.children.get(None, [])
        self.initial = initial or (self.tops[0].id if self.tops else "")

    def under(self, state: State) -> list[State]:
        """Return the children of a state."""
        return self.children.get(state.id, [])

    def path(self, id: str) -> tuple[str, ...]:
        """Return the states that are active with this one, from the top down to itself."""
        parent = self.states[id].parent
        return (id,) if parent is None else (*self.path(parent), id)

    def leaves(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return those of the states that have no children, in document order."""
        return tuple(sorted((id for id in ids if id not in self.children), key=self.place.__getitem__))

    def depth_first(self) -> Iterator[State]:
        """Yield every state that hangs from the top; fewer than all, when a parent is unknown or circular."""
        pending = [*reversed(self.tops)]
        while pending:
            state = pending.pop()
            yield state
            pending.extend(reversed(self.under(state)))


def check_chart(tree: Tree, transitions: tuple[Transition, ...]) -> None:
    """Refuse what the library would take in silence, answer with a bare error or need too long for.

    Raises:
        InvalidChart: A name points nowhere, or a state has a shape that a chart cannot have.
        ChartTooLarge: There may be more than `MAX_CONFIGURATIONS` configurations.
    """
    _check_shape(tree)
    _check_names(tree, transitions)
    _check_size(tree)


_Fault = tuple[Callable[[Tree, State], bool], str, str]

_FAULTS: tuple[_Fault, ...] = (
    (
        lambda tree, state: (
            (state.kind in (StateKind.COMPOUND, StateKind.PARALLEL)) != bool(tree.under(state))
        ),
        "must have child states if it is compound or parallel, and none otherwise",
        "phải có trạng thái con nếu là trạng thái gộp hoặc song song, còn lại thì không",
    ),
    (
        lambda tree, state: (
            state.kind is StateKind.COMPOUND
            and state.initial not in {child.id for child in tree.under(state)}
        ),
        "does not name one of its children as initial",
        "chưa chỉ rõ trạng thái con bắt đầu",
    ),
    (
        lambda tree, state: (
            state.kind is StateKind.PARALLEL
            and any(child.kind is StateKind.PARALLEL for child in tree.under(state))
        ),
        "is parallel and holds another parallel state directly; put that one into a compound branch",
        "là khối song song chứa trực tiếp khối song song khác; hãy đặt khối trong vào một nhánh gộp",
    ),
    (
        lambda _, state: state.kind is StateKind.PARALLEL and state.parent is None and state.done is None,
        "is parallel and does not say where it goes when it is done",
        "là khối song song nhưng chưa ghi nơi đến khi hoàn thành",
    ),
    (
        lambda tree, state: state.done is not None and state.done not in tree.states,
        "goes to an unknown state when it is done",
        "khi hoàn thành lại dẫn đến trạng thái không tồn tại",
    ),
)


def _check_shape(tree: Tree) -> None:
    """Refuse what the library would take in silence or answer with a bare error."""
    hanging = {state.id for state in tree.depth_first()}
    for state in tree.states.values():
        if state.id not in hanging or len(tree.states) != tree.count:
            raise InvalidChart(
                state=state.id,
                reason="is defined twice or does not hang from the top",
                reason_vi="bị khai báo hai lần hoặc không thuộc cây trạng thái",
            )
        for fails, reason, reason_vi in _FAULTS:
            if fails(tree, state):
                raise InvalidChart(state=state.id, reason=reason, reason_vi=reason_vi)
    if tree.initial not in {state.id for state in tree.tops}:
        raise InvalidChart(
            state=tree.initial,
            reason="cannot be the first: it does not stand at the top",
            reason_vi="không thể là trạng thái đầu tiên vì không ở cấp cao nhất",
        )


def _check_names(tree: Tree, transitions: tuple[Transition, ...]) -> None:
    """Refuse transitions from or to nowhere, and from the end of a dossier."""
    ends = {state.id for state in tree.tops if state.kind is StateKind.FINAL}
    for transition in transitions:
        for id in (*transition.sources, *(alternative.to for alternative in transition.alternatives)):
            if id not in tree.states:
                raise InvalidChart(
                    state=id,
                    reason=f'is named by transition "{transition.id}" but not defined',
                    reason_vi=f"được bước chuyển «{transition.id}» nhắc đến nhưng chưa khai báo",
                )
        for id in ends.intersection(transition.sources):
            raise InvalidChart(
                state=id,
                reason=f'ends the dossier, so transition "{transition.id}" cannot start there',
                reason_vi=f"kết thúc hồ sơ nên bước chuyển «{transition.id}» không thể xuất phát từ đó",
            )


def _check_size(tree: Tree) -> None:
    """Bound the configurations from above: branches multiply, alternatives in sequence add up."""
    counts: dict[str | None, int] = {}
    leaves: dict[str | None, int] = {}
    for state in [*tree.depth_first()][::-1]:
        children = [child.id for child in tree.under(state)]
        combine = prod if state.kind is StateKind.PARALLEL else sum
        counts[state.id] = combine(counts[child] for child in children) if children else 1
        leaves[state.id] = sum(leaves[child] for child in children) if children else 1
    count = sum(counts[state.id] for state in tree.tops)
    if count > MAX_CONFIGURATIONS:
        blocks = [state.id for state in tree.states.values() if state.kind is StateKind.PARALLEL]
        block = max(blocks, key=leaves.__getitem__, default="states")
        raise ChartTooLarge(count=count, limit=MAX_CONFIGURATIONS, block=block)
