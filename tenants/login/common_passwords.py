"""Passwords that are tried first: what was stolen elsewhere, names, keyboards, dates and common words, with what people
put around them to please a rule. zxcvbn counts the guesses; it knows no pinyin and not our house. Pure."""

import re
import unicodedata

from zxcvbn import zxcvbn

_WORDS = (
    "aini", "falv", "famai", "famaicity", "fangfa", "guanli", "guanliyuan", "huawei", "jiancha", "jusifa", "lawfirm",
    "lawyer", "lvshi", "lushi", "lvsuo", "lvshisuo", "mima", "minfa", "officer", "shanghai", "shenzhen", "sifa",
    "sifaju", "taobao", "tijian", "weixin", "wechat", "woaini", "woaiwojia", "wo", "xingfu", "zhifubao", "zhongguo",
)  # fmt: skip
_LEAST_GUESSES = 10**8
_MOST_READ = 72  # of longer ones the beginning is enough, and all that zxcvbn reads
_SEPARATORS = re.compile(r"[\W_]+")


def is_common(password: str) -> bool:
    """Whether few guesses find it, as it is typed or without what stands between its parts."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    return any(_guesses(form) < _LEAST_GUESSES for form in {plain, _SEPARATORS.sub("", plain)})


def _guesses(form: str) -> int:
    return int(zxcvbn(form[:_MOST_READ], user_inputs=list(_WORDS))["guesses"]) if form else 0
