"""Business licences that no register ever gave out, drawn by a seed and photographed badly: tilted, in the dark, in
glare."""

import io
import math
import random
import subprocess
from dataclasses import dataclass
from functools import lru_cache

import numpy
import segno
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont
from stdnum.cn import uscc

from checkup.prefill.values import Found
from tenants.districts import DISTRICTS

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BODY = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_STREETS = ("平型关路", "长江西路", "友谊路", "淮海中路", "四川北路", "张江路", "曹杨路", "漕宝路", "天山路", "控江路")
_WORDS = ("老巷", "鑫源", "春和", "沪滨", "小满", "佳禾", "东篱", "百味", "阿芳", "同顺")
_SHOPS = ("面馆", "理发店", "水果店", "五金店", "小吃店", "服装店")
_COMPANIES = ("餐饮管理有限公司", "贸易有限公司", "信息科技有限公司", "建筑装饰有限公司")
_KINDS = {
    "individual": ("个体工商户",),
    "company": ("有限责任公司(自然人独资)", "有限责任公司（自然人投资或控股）"),
    "sole": ("个人独资企业",),
    "partnership": ("普通合伙企业",),
}
WAYS = ("straight", "tilted", "dark", "glare")
_SIZE = (1600, 1130)


@dataclass(frozen=True)
class Licence:
    """What stands on one, and how its photo was taken."""

    name: str
    code: str
    form: str
    kind: str
    address: str
    division: str
    day: tuple[int, int, int]
    way: str
    has_code_in_qr: bool

    @property
    def iso_day(self) -> str:
        return "{:04}-{:02}-{:02}".format(*self.day)


def make_code(rng: random.Random, division: str, form: str) -> str:
    """A unified social credit code with both of its check signs right."""
    body = "".join(rng.choice(_SIGNS) for _ in range(8))
    check = "0123456789X"[-sum(_BODY.index(s) * w for s, w in zip(body, _WEIGHTS, strict=True)) % 11]
    code = ("92" if form == "individual" else "91") + division + body + check
    return code + uscc.calc_check_digit(code)


def make_licence(seed: int) -> Licence:
    """The same for the same seed; the ways of taking its photo come in turn."""
    rng = random.Random(seed)
    form = rng.choice(("individual", "individual", "company", "company", "sole", "partnership"))
    division = rng.choice(tuple(DISTRICTS))
    district = DISTRICTS[division]["zh-Hans"]
    word = rng.choice(_WORDS) + rng.choice(_WORDS)
    if form == "individual":
        name = f"上海市{district}{word}{rng.choice(_SHOPS)}"
    elif form == "company":
        name = f"上海{word}{rng.choice(_COMPANIES)}"
    else:
        name = f"上海{word}{'企业管理事务所' if form == 'sole' else '咨询中心（普通合伙）'}"
    address = (
        f"上海市{district}{rng.choice(_STREETS)}{rng.randint(1, 2999)}号{rng.randint(1, 9)}幢{rng.randint(101, 1299)}室"
    )
    day = (rng.randint(2003, 2025), rng.randint(1, 12), rng.randint(1, 28))
    return Licence(
        name, make_code(rng, division, form), form, rng.choice(_KINDS[form]), address, division, day,
        WAYS[seed % len(WAYS)], has_code_in_qr=seed % 3 == 0,
    )  # fmt: skip


@lru_cache(maxsize=32)
def _font(size: int, *, is_bold: bool = False) -> ImageFont.FreeTypeFont:
    wish = f"Noto Serif CJK SC:{'bold' if is_bold else 'regular'}"
    found = subprocess.run(
        ["fc-match", wish, "--format", "%{file}\t%{index}"], capture_output=True, text=True, check=True
    ).stdout
    path, index = found.split("\t")
    return ImageFont.truetype(path, size, index=int(index) & 0xFFFF)


def draw(licence: Licence) -> Image.Image:
    """The sheet itself, flat and in good light."""
    sheet = Image.new("RGB", _SIZE, "#fbf7ec")
    pen = ImageDraw.Draw(sheet)
    for inset, width in ((30, 10), (52, 3)):
        pen.rectangle((inset, inset, _SIZE[0] - inset, _SIZE[1] - inset), outline="#b5945a", width=width)
    for y in range(120, _SIZE[1], 46):  # the guilloche of the paper
        pen.line(
            [(x, y + 9 * math.sin(x / 34)) for x in range(70, _SIZE[0] - 70, 8)], fill="#f1e7cf", width=2
        )  # fmt: skip
    pen.text((_SIZE[0] / 2, 165), "营 业 执 照", font=_font(96, is_bold=True), fill="#1d1a16", anchor="mm")
    pen.text((110, 250), "统一社会信用代码", font=_font(26), fill="#222")
    pen.text((110, 286), licence.code, font=_font(34, is_bold=True), fill="#222")
    _draw_qr(sheet, licence)
    _draw_fields(pen, licence)
    pen.text((1010, 960), "登记机关", font=_font(30), fill="#222")
    pen.ellipse((1130, 830, 1350, 1050), outline="#d4423a", width=7)
    pen.text((1240, 940), "市场监督管理局", font=_font(24), fill="#d4423a", anchor="mm")
    pen.text((1130, 1040), "2025 年 06 月 19 日", font=_font(28), fill="#222")
    pen.text((110, 1085), "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn", font=_font(17), fill="#555")
    return sheet


def _draw_qr(sheet: Image.Image, licence: Licence) -> None:
    says = f"http://www.gsxt.gov.cn/index.html?uniscid={licence.code}" if licence.has_code_in_qr else (
        "https://shiming.gsxt.gov.cn/socialuser-use-rllogin.html"
    )  # fmt: skip
    out = io.BytesIO()
    segno.make(says, error="m").save(out, kind="png", scale=5, border=2)
    sheet.paste(Image.open(out).convert("RGB"), (1290, 190))


def _draw_fields(pen: ImageDraw.ImageDraw, licence: Licence) -> None:
    year, month, day = licence.day
    is_individual = licence.form == "individual"
    left = [
        ("名　　称", licence.name),
        ("类　　型", licence.kind),
        ("经 营 者" if is_individual else "法定代表人", "王小明"),
        ("经营范围", "许可项目：餐饮服务；食品销售。（依法须经"),
        ("", "批准的项目，经相关部门批准后方可开展经营活动）"),
    ]
    place = "经营场所" if is_individual else "主要经营场所" if licence.form == "partnership" else "住　　所"
    right = [
        ("注册日期" if is_individual else "成立日期", f"{year}年{month:02}月{day:02}日"),
        ("组成形式" if is_individual else "注册资本", "个人经营" if is_individual else "人民币壹佰万元整"),
        (place, licence.address[:16]),
        ("", licence.address[16:]),
    ]
    for column, entries in ((110, left), (880, right)):
        for place_, (label, value) in enumerate(entries):
            y = 420 + 82 * place_ if column == 110 or place_ < 3 else 420 + 82 * 2 + 44
            pen.text((column, y), label, font=_font(26), fill="#6b4f22")
            pen.text((column + 170, y), value, font=_font(28), fill="#222")


def photograph(licence: Licence, seed: int) -> bytes:
    """A JPEG as a phone makes it on a counter."""
    rng = random.Random(seed * 7919)
    table = Image.new("RGB", (2000, 1500), rng.choice(("#5a4634", "#70757a", "#3f4a3c")))
    table.paste(draw(licence), (200, 185))
    tilt = rng.uniform(4, 9) * rng.choice((-1, 1)) if licence.way == "tilted" else rng.uniform(-1.5, 1.5)
    photo = table.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=(70, 60, 50))
    if licence.way == "tilted":
        photo = _from_the_side(photo, rng)
    if licence.way == "dark":
        photo = _in_the_dark(photo, rng)
    if licence.way == "glare":
        photo = _in_glare(photo, rng)
    photo = photo.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.0)))
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=rng.randint(60, 85))
    return out.getvalue()


def _from_the_side(photo: Image.Image, rng: random.Random) -> Image.Image:
    width, height = photo.size
    lean = [rng.uniform(0.0, 0.07) for _ in range(4)]
    corners = (
        width * lean[0] * 0.6, height * lean[1] * 0.6, -width * lean[2] * 0.4, height * (1 + lean[0] * 0.4),
        width * (1 + lean[3] * 0.4), height * (1 + lean[1] * 0.4), width * (1 - lean[2] * 0.5), -height * lean[3] * 0.4,
    )  # fmt: skip
    return photo.transform(photo.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=(70, 60, 50))


def _in_the_dark(photo: Image.Image, rng: random.Random) -> Image.Image:
    dim = ImageEnhance.Brightness(photo).enhance(rng.uniform(0.22, 0.4))
    # Not `Image.effect_noise`: that draws from the C library, other noise in every process.
    grain = numpy.random.default_rng(rng.getrandbits(64))
    width, height = photo.size
    bands = [grain.normal(10, rng.uniform(14, 26), (height, width)).clip(0, 255).astype("uint8") for _ in range(3)]
    return ImageChops.add(dim, Image.merge("RGB", [Image.fromarray(band) for band in bands]))


def _in_glare(photo: Image.Image, rng: random.Random) -> Image.Image:
    """A lamp mirrored in the glass: white in its middle, thinner around it."""
    spot = Image.radial_gradient("L").point(lambda value: max(0, 235 - int(value * 1.25)))
    size = (rng.randint(700, 1100), rng.randint(500, 800))
    lamp = Image.new("L", photo.size, 0)
    lamp.paste(spot.resize(size), (rng.randint(-200, 1300), rng.randint(-200, 900)))
    return Image.composite(Image.new("RGB", photo.size, "white"), photo, lamp)


def found_in(licence: Licence) -> Found:
    """What a reader should make of its photo."""
    return Found(licence.name, licence.code, licence.form, licence.division, licence.address, licence.iso_day)
