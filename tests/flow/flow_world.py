"""Flows to draw: a few real ones, and any number of random ones."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

from builder.guide.flow import Chart, ChartLabels, Edge, Node, Shape

# The random flows that are tried, the same every time, and more of them where more examples are. The first 150 take every
# branch of the code but those that the two by name take.
SEEDS = sorted({*range(3 * settings().max_examples), 152, 267})

Choice = TypeVar("Choice")
Step = tuple[str, str, str, Shape]

LABELS = ChartLabels(
    continues="接图{n}",
    continued="承图{n}",
    back="回第{n}步",
    back_to="回“{text}”",
    onward="转第{n}步",
    onward_to="转“{text}”",
    way="{answer}：{goal}",
    part="{title}（图{n}，共{total}图）",
    either="、",
)

_TEXT = (
    "携带身份证、户口簿到社区服务站提出申请，并填写《就业失业登记表》一式三份；经核实后，限15个工作日内（含公示）"
    "通过https://www.example.gov.cn/abc办结。A4纸双面打印2份，经办人在EMS系统登记；逾期未补正的视为撤回申请。"
)
_ACTORS = ("申请人", "窗口", "区人力资源和社会保障局", "社区（村）居委会", "街道办事处", "区财政局", "民政局社会救助科")
_YES = ("是", "通过", "齐全且真实", "材料齐全、符合法定形式", "A类（2019年后参保）")
_NO = ("否", "不齐全", "材料不真实，退回", "需要补正材料", "不符合条件", "超过60日，或者3次未到场的")


class Dice:
    """Choices that look like chance and are the same for the same seed on every machine."""

    def __init__(self, seed: int) -> None:
        self.state = seed * 2 + 1

    def randrange(self, end: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.state >> 33) % end

    def randint(self, low: int, high: int) -> int:
        return low + self.randrange(high - low + 1)

    def choice(self, options: Sequence[Choice]) -> Choice:
        return options[self.randrange(len(options))]


def flow(lanes: tuple[str, ...], steps: list[Step], ways: str) -> Chart:
    """Return a chart from its steps (number, lane, text, shape) and ways such as "1>2 2>3:是"."""
    nodes = tuple(Node(number, number, lane, text, "", shape) for number, lane, text, shape in steps)
    edges = []
    for way in ways.split():
        ends, _, label = way.partition(":")
        source, target = ends.split(">")
        edges.append(Edge(source, target, label))
    return Chart(lanes, nodes, tuple(edges))


REGISTRATION = flow(
    ("申请人", "窗口"),
    [
        ("1", "申请人", "持身份证、户口本到窗口办理", Shape.START),
        ("2", "窗口", "接收、核对申请材料", Shape.STEP),
        ("3", "窗口", "材料齐全？", Shape.DECISION),
        ("4", "申请人", "领取一次性告知单，补正材料", Shape.DOCUMENT),
        ("5", "窗口", "办理失业登记", Shape.STEP),
        ("6", "申请人", "领回《就业失业登记证》", Shape.END),
    ],
    "1>2 2>3 3>5:是 3>4:否 4>2 5>6",
)

REVIEW = flow(
    ("申请人", "窗口", "区人社局"),
    [
        ("1", "申请人", "提交申请及证明材料", Shape.START),
        ("2", "窗口", "核验材料原件", Shape.STEP),
        ("3", "窗口", "材料情况", Shape.DECISION),
        ("4", "申请人", "按告知单补齐材料", Shape.DOCUMENT),
        ("5", "申请人", "收到退回通知，终止办理", Shape.END),
        ("6", "窗口", "留存材料，报区人社局", Shape.STEP),
        ("7", "区人社局", "审核并作出决定", Shape.STEP),
        ("8", "申请人", "领取结果", Shape.END),
    ],
    "1>2 2>3 3>4:不齐全 3>5:不真实 3>6:齐全且真实 4>2 6>7 7>8",
)


def line_of(count: int, lanes: tuple[str, ...] = ("窗口",)) -> Chart:
    """Return `count` steps one after the other, over `lanes` in turn."""
    nodes = tuple(Node(str(n), str(n), lanes[n % len(lanes)], f"办理第{n}项手续") for n in range(1, count + 1))
    return Chart(lanes, nodes, tuple(Edge(str(n), str(n + 1)) for n in range(1, count)))


def random_flow(seed: int) -> Chart:
    """Return a flow of 2 to 30 steps over 1 to 6 lanes, with branches of up to four ways and loops."""
    random = Dice(seed)
    lanes = tuple(random.choice(_ACTORS) + str(index) for index in range(1, random.randint(1, 6) + 1))
    count = random.randint(2, 30)
    longest = random.choice([8, 20, 44])
    nodes, edges = [], []
    for index in range(count):
        shape = random.choice([Shape.STEP, Shape.STEP, Shape.STEP, Shape.DOCUMENT, Shape.DECISION])
        shape = Shape.START if index == 0 else Shape.END if index == count - 1 else shape
        start, note = random.randrange(len(_TEXT) - longest), random.choice(["", "", "", "限 5个工作日"])
        text = _TEXT[start : start + random.randint(2, longest)]
        nodes.append(Node(f"s{index}", str(index + 1), random.choice(lanes), text, note, shape))
        asks = shape is Shape.DECISION
        if index < count - 1:
            edges.append(Edge(f"s{index}", f"s{index + 1}", random.choice(_YES) if asks else ""))
        for _ in range(random.choice([1, 1, 1, 2, 3]) if asks else random.randrange(100) < 6):
            edges.append(Edge(f"s{index}", f"s{random.randrange(count)}", random.choice(_NO) if asks else ""))
    return Chart(lanes, tuple(nodes), tuple(edges))
