"""Passwords that are tried first: what keyboards, calendars, phones and common words make, with what people put around
them to please a rule. Pure."""

import re
import unicodedata

_LEET = str.maketrans("013457@$!", "oleastasi")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "qweasdzxc",
    "01234567890",
)  # fmt: skip
_WORDS = (
    "abc", "admin", "administrator", "account", "aini", "asdf", "beijing", "changeme", "china", "computer", "default",
    "dragon", "falv", "famai", "famaicity", "fangfa", "firm", "football", "google", "guanli", "guanliyuan", "guest",
    "hello", "huawei", "iloveyou", "internet", "jiancha", "jusifa", "lawfirm", "lawyer", "letmein", "login", "love",
    "lvshi", "lushi", "lvsuo", "master", "mima", "minfa", "monkey", "mypassword", "newpassword", "office", "officer",
    "pass", "passwd", "password", "passwort", "princess", "qq", "qwe", "qwer", "qwerty", "root", "secret", "shanghai",
    "sifa", "sifaju", "start", "sunshine", "super", "superman", "system", "taobao", "temp", "test", "tijian", "user",
    "weixin", "wechat", "welcome", "woaini", "woaiwojia", "wo", "xingfu", "zhongguo", "zxcv", "the", "my", "is", "new",
)  # fmt: skip
_ONLY_WORDS = re.compile(f"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})+")
_MOST_DIGITS, _SHORT = 14, 3
_SEPARATORS, _ENDS = re.compile(r"[\W_]+"), re.compile(r"^[\W\d_]+|[\W\d_]+$")
_NO_LETTERS = re.compile(r"[\W\d_]+")


def is_common(password: str) -> bool:
    """Whether nothing is left of it but common words, a run of keys, one short thing again and again, or a number."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    core = _ENDS.sub("", plain)
    if not core:
        return len(plain) <= _MOST_DIGITS
    cores = {_SEPARATORS.sub("", core), _SEPARATORS.sub("", core.translate(_LEET))}
    return any(map(_is_worn, cores)) or _is_run(_NO_LETTERS.sub("", plain))


def _is_worn(core: str) -> bool:
    return len(core) <= _SHORT or _ONLY_WORDS.fullmatch(core) is not None or _is_run(core) or _is_repeated(core)


def _is_run(core: str) -> bool:
    return len(core) > _SHORT and any(core in run * 2 or core[::-1] in run * 2 for run in _RUNS)


def _is_repeated(core: str) -> bool:
    """Such as `abcabcabc`: found in itself, moved by less than its half."""
    return 0 < (core + core).find(core, 1) <= len(core) // 2
