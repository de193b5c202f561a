"""The site's settings: one record in ``site.yaml``, declared like every other record."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, Field

from builder.content.fields import FILE_NAME, Choice, Flag, ForEditors, Line, Many, Record, Text
from builder.content.model.contacts import Phone, Supervision
from builder.content.model.references import AreaRef, ItemRef


class Switch(Choice):
    """What becomes of a rule's findings."""

    ERROR = "error", "错误"
    WARNING = "warning", "警告"
    OFF = "off", "不检查"


class SeverityOf(Record):
    """给一条规则另定轻重。"""

    rule: Line = Field(title="代码", pattern=r"^[A-Z]\d{3}$")
    to: Switch = Field(title="定为", description="错误、警告、不检查")
    why: Text = Field(title="为什么")


class Level(Choice):
    """How grave a change is for residents, the gravest first."""

    RED = "red", "红"
    ORANGE = "orange", "橙"
    YELLOW = "yellow", "黄"
    GREY = "grey", "灰"


class LevelOf(Record):
    """给一种改动另定轻重。"""

    change: Line = Field(title="改动", description="审核单上的说法，如 多要一样材料；没有专门说法的写 其他改动")
    to: Level = Field(title="定为", description="红、橙、黄、灰")
    why: Text = Field(title="为什么")


class ReviewSettings(Record):
    """改动怎么审核。"""

    levels: Many[LevelOf] = Field((), title="改动的轻重", description="和自带的不一样的才写")
    signers: Many[Line] = Field(("拟稿", "审核", "签发"), title="审核单上谁签字", max_length=5)
    required: Flag = Field(
        False, title="签了字才能发布", description="写 是：红、橙的改动没有签字的，check --release 算错误"
    )


class ReleaseSettings(Record):
    """发布包（package 命令）。"""

    contact: Line = Field(
        "", title="上传有问题找谁", description="写在上传说明上，如 镇信息办 0716-1234567", max_length=60
    )


class Link(Record):
    """页脚里的一个链接。"""

    name: Line = Field(title="名称", max_length=30)
    url: str = Field(title="网址", pattern=r"^https?://[^\s]+$")


class ParentSite(Record):
    """上级网站：本站是它的一个栏目。"""

    name: Line = Field(title="名称", description="如 某某区人民政府门户网站", max_length=40)
    url: str = Field(title="网址", pattern=r"^https?://[^\s]+$")


GROUND = "#f2f5f8"  # the darkest ground on which text of these colours stands; on white it is clearer still
LEGIBLE = 4.5  # the contrast of text that WCAG 2 and GB/T 37668 ask for


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as #1b3f6b, from 1 to 21, as WCAG 2 reckons it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    def linear(channel: float) -> float:
        return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _legible(text: str) -> str:
    match = re.fullmatch(r"#?([0-9A-Fa-f]{6})", text)
    if not match:
        raise ValueError('写成 # 加六位数字或 a 到 f 的字母，外面加引号，如 "#1b3f6b"')
    color = f"#{match[1].lower()}"
    found = contrast(color, GROUND)
    if found < LEGIBLE:
        raise ValueError(f"太浅，字看不清：和底色的对比只有 {int(found * 10) / 10}:1，要 4.5:1 以上；换深一些的")
    return color


Color = Annotated[str, AfterValidator(_legible)]


class Colors(Record):
    """网站的颜色。写成 "#1b3f6b" 这样，引号不能少。"""

    main: Color = Field(title="主色", description="按钮、标题旁的竖线、边框；白字要能写在上面，白底上也要看得清")
    link: Color | None = Field(None, title="链接", description="不写就和主色一样")
    mark: Color | None = Field(None, title="标志底色", description="网站名称前那个字的底色；不写是深红")


def _mark(text: str) -> str:
    if len(text) != 1 and not is_picture(text):
        raise ValueError("写一个字，或 static/ 里的图片文件名，如 biaozhi.svg、biaozhi.png")
    return text


Mark = Annotated[str, AfterValidator(_mark)]


def is_picture(mark: str) -> bool:
    """Tell whether a mark is the name of a picture, and not one character."""
    return bool(re.fullmatch(FILE_NAME, mark)) and mark.endswith((".svg", ".png"))


# The last part of an address that is a file: it has an ending that is not that of a domain.
_FILE = re.compile(r"/[^/]*\.(?!(?:cn|com|net|org|gov|edu)$)[A-Za-z][A-Za-z0-9]{0,9}$", re.IGNORECASE)


def _site_address(text: str) -> str:
    """Return the address of a site in the one form that all its uses share: lower-case ASCII host, encoded path.

    Raises `ValueError` with the mended address if it says more than where the site is.
    """
    if not text.startswith(("http://", "https://")):
        return text  # the pattern tells it
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        ascii_host = f"[{host}]" if ":" in host else host.encode("idna").decode()
    except ValueError:
        raise ValueError("网址里的主机名或端口不对，照浏览器地址栏里的写") from None
    if not re.fullmatch(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]", ascii_host):
        raise ValueError("网址里的主机名不对，照浏览器地址栏里的写")
    standard_port = {"http": 80, "https": 443}[parts.scheme]
    place = f"{parts.scheme}://{ascii_host}" + (f":{port}" if port not in (None, standard_port) else "")
    path = quote(re.sub("%(?![0-9A-Fa-f]{2})", "%25", parts.path), safe="/%:@!$&'()*+,;=~-._")
    folder = _FILE.sub("", path).rstrip("/")
    extra = [
        name
        for name, found in (
            ("用户名和密码", "@" in parts.netloc),
            ("文件名", folder != path.rstrip("/")),
            ("“?”和后面的", "?" in text),
            ("“#”和后面的", "#" in text),
        )
        if found
    ]
    if extra:
        raise ValueError(f"只写到网站的文件夹，去掉{'、'.join(extra)}，写成 {place}{folder}")
    if "//" in path or "\\" in text or re.search(r"/\.\.?(/|$)", path):
        raise ValueError("网址里有多余的“/”、“\\”或“.”，照浏览器地址栏里的写")
    return place + path.rstrip("/")


SiteAddress = Annotated[str, AfterValidator(_site_address)]


FITS_SEARCH_BOX = 12  # characters that the search box shows on a phone


class Settings(Record):
    """网站设置（site.yaml）。"""

    name: Line = Field(title="网站名称", description="显示在每页顶上，如 新城镇办事指南", max_length=30)
    summary: str = Field("", title="一句话说明", description="首页上、搜索引擎里显示", max_length=80)
    locale: str = Field(
        "zh-Hans",
        title="界面语言",
        description="templates/locales/ 里的文件名；没有译的词用中文",
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$",
    )
    base_url: SiteAddress = Field(
        "",
        title="网站地址",
        description="上线后的网址，如 https://www.example.gov.cn/bszn；网站地图和订阅要用它，不知道可以先不写",
        pattern=r"^(https?://.*[^/\s])?$",
    )
    host: str = Field("", title="主办单位", max_length=60)
    area: ForEditors[AreaRef | None] = Field(None, title="地区", description="new 命令没有写地区时，新事项归在这里")
    site_id_code: str = Field("", title="网站标识码", description="10位数字", pattern=r"^(\d{10})?$")
    icp: str = Field("", title="ICP备案号", max_length=40)
    police: str = Field("", title="公安备案号", max_length=40)
    parent: ParentSite | None = Field(
        None,
        title="上级网站",
        description="本站是上级网站的栏目时写；标识码、备案号等没写的，就由上级网站的页眉页脚负责",
    )
    party_mark: str = Field("", title="党政机关网站标识", description="标识链接的网址", pattern=r"^(https?://[^\s]+)?$")
    address: str = Field("", title="地址", max_length=80)
    hours: str = Field("", title="办公时间", description="首页上显示；只有一个办事大厅的，显示大厅的", max_length=120)
    phones: Many[Phone] = Field((), title="总咨询电话", description="如 12345")
    email: str = Field("", title="电子邮箱", max_length=60)
    supervision: Supervision | None = Field(None, title="监督投诉")
    notice: str = Field(
        "", title="全站提示", description="显示在每页正文上方，如 示例内容，不能作为办事依据", max_length=120
    )
    colors: Colors | None = Field(None, title="颜色", description="不写就是自带的蓝色")
    mark: Mark = Field("办", title="标志", description="网站名称前的一个字，或 static/ 里的图片文件名（正方形）")
    common: Many[ItemRef] = Field((), title="常办事项", description="首页上的事项编号，6到8个", max_length=12)
    search_hint: str = Field(
        "",
        title="搜索框里的例子",
        description="群众会搜的话，如 社保卡丢了；不写就取一个群众的说法或事项名称",
        max_length=FITS_SEARCH_BOX,
    )
    links: Many[Link] = Field((), title="页脚链接")
    search: Flag = Field(True, title="做搜索索引")
    print_guides: Flag = Field(True, title="做打印版", description="给每个事项做一份打印的指南；不打印的网站写 否")
    pdf: Flag = Field(
        False,
        title="同时做 PDF",
        description="打印版另做成 PDF，放在网站里供下载；生成时用 uv run --extra pdf build.py",
    )
    open_data: Flag = Field(
        True, title="数据开放", description="公开的事项另做成 JSON 和 CSV，放在网站的 data 里供人下载；不做的写 否"
    )
    severity: ForEditors[Many[SeverityOf]] = Field((), title="规则的轻重")
    review: ForEditors[ReviewSettings | None] = Field(None, title="改动的审核")
    release: ForEditors[ReleaseSettings | None] = Field(None, title="发布包")

    @property
    def picture(self) -> str:
        """The file of a mark that is a picture, "" for a character."""
        return self.mark if is_picture(self.mark) else ""

    @property
    def domain(self) -> str:
        """The host of the site's address, "" when that is not known."""
        return self.base_url.split("/")[2] if self.base_url else ""

    @property
    def fixed_path(self) -> str:
        """Where a channel of a parent site lies on its host, from ``/`` to ``/``; "" for a site that may lie anywhere."""
        return f"{urlsplit(self.base_url).path}/" if self.parent and self.base_url else ""

    @property
    def police_code(self) -> str:
        """The digits of the police record (公安备案号), which its page is asked by; "" when it has none."""
        found = re.search(r"\d{8,}", self.police)
        return found[0] if found else ""

    @property
    def severities(self) -> dict[str, str]:
        """The chosen severity per rule code."""
        return {chosen.rule: chosen.to.value for chosen in self.severity}
