"""A second scorer, written from the design and from nothing of the product: YAML as texts, exact fractions, conditions
walked as trees, extremes by trying. It is slow and easy to believe; the product's scorer must agree in every number.

Only working days are the calendar's own (`tenants/working_days.py`).
"""

import datetime as dt
from fractions import Fraction
from functools import cache
from itertools import accumulate, combinations

import yaml

from tenants.working_days import next_working_day, working_days_after

GRADES = "ABCDE"
PARTS = 4000  # every likelihood of a pack is a whole number of such parts, so that sums are of whole numbers


@cache
def _exact(text):
    return Fraction(text)


def _parts(likelihood):
    parts = likelihood * PARTS
    assert parts.denominator == 1, f"{likelihood} is finer than a {PARTS}th"
    return parts.numerator


class SecondScorer:
    """Scores by the pack in a folder."""

    def __init__(self, folder):
        self.main = _read(folder / "pack.yaml")
        self.named = {}
        self.domains = [_expanded(_read(folder / f"{name}.yaml")) for name in self.main["domains"]]
        self.questions = {q["id"]: q for d in self.domains for q in d.get("questions", [])}
        self.risks = [{**r, "domain": d["id"]} for d in self.domains for r in d.get("risks", [])]
        self.fields = {f["id"]: f for f in self.main["profile"]}

    def score(self, profile, answers, today, *, express=False):
        return _Run(self, profile, answers, today, express=express).result()


def _read(file):
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only


def _expanded(domain):
    """Copies of what repeats: ids and every mention of them numbered, hung on the question before."""
    questions, risks = list(domain.get("questions", [])), list(domain.get("risks", []))
    for group in domain.get("repeats", []):
        members = [q for q in questions if q.get("repeat") == group["id"]]
        rated = [r for r in risks if r.get("repeat") == group["id"]]
        names = {one["id"] for one in members + rated}
        place = questions.index(members[-1]) + 1
        for time in range(2, int(group["most"]) + 1):
            before = group["more"] if time == 2 else f"{group['more']}-{time - 1}"
            for node in members:
                if time == int(group["most"]) and node["id"] == group["more"]:
                    continue
                copy = _numbered(node, names, time) | {"express": "false"}
                copy["ask"] = {"all": [{"is": [before, "yes"]}, copy.get("ask", "true")]}
                questions.insert(place, copy)
                place += 1
            for node in rated:
                copy = _numbered(node, names, time)
                copy["applies"] = {"all": [{"is": [before, "yes"]}, copy.get("applies", "true")]}
                risks.append(copy)
    return domain | {"questions": questions, "risks": risks}


def _numbered(node, names, time):
    if isinstance(node, dict):
        return {key: _numbered(value, names, time) for key, value in node.items()}
    if isinstance(node, list):
        return [_numbered(one, names, time) for one in node]
    return f"{node}-{time}" if node in names else node


def _added(pairs):
    return sum(one for one, _ in pairs), sum(other for _, other in pairs)


class _Run:
    def __init__(self, pack, profile, answers, today, *, express):
        self.pack, self.profile, self.answers, self.today, self.express = pack, profile, answers, today, express
        self.paths = {}

    # conditions

    def on_path(self, ref):
        if ref.startswith("profile."):
            return True
        if ref not in self.paths:
            self.paths[ref] = self.truth(self.pack.questions[ref].get("ask", "true"))
        return self.paths[ref]

    def value(self, ref):
        value = self.profile.get(ref[8:]) if ref.startswith("profile.") else self.answers.get(ref)
        return None if value in ("unsure", "") else value

    def truth(self, condition, *, opposite=False):
        """True, False or None (unknown); the opposite is asked of the facts, so what is not asked is false twice."""
        if condition in ("true", "false"):
            return (condition == "true") != opposite
        ((operator, operand),) = condition.items()
        if operator == "not":
            return self.truth(operand, opposite=not opposite)
        if operator in ("all", "any"):
            parts = [self.truth(one, opposite=opposite) for one in operand]
            is_all = (operator == "all") != opposite
            if (not is_all) in parts:
                return not is_all
            return None if None in parts else is_all
        ref = operand if operator == "answered" else operand[0]
        path = self.on_path(ref)
        if path is not True:
            return path
        value = self.value(ref)
        return None if value is None else self.compare(operator, ref, value, operand) != opposite

    def compare(self, operator, ref, value, operand):
        if operator == "answered":
            return True
        wanted = operand[1]
        about = self.pack.fields[ref[8:]] if ref.startswith("profile.") else self.pack.questions[ref]
        typed = Fraction if about["type"] == "number" else str
        if operator == "has":
            return str(wanted) in value
        value = typed(value)
        if operator == "in":
            return value in [typed(one) for one in (wanted if isinstance(wanted, list) else [wanted])]
        wanted = typed(wanted)
        return {
            "is": value == wanted, "gt": value > wanted, "ge": value >= wanted, "lt": value < wanted,
            "le": value <= wanted,
        }[operator]  # fmt: skip

    # one risk

    def likelihood(self, risk):
        """(lo, hi, L)"""
        spec, noted = risk["likelihood"], []
        if "table" in spec:
            question, table = spec["question"], spec["table"]
            path = self.on_path(question)
            value = self.value(question)
            if path is False:
                noted = [Fraction(0)]
            elif path and value is not None:
                noted = [_exact(table[value])]
            else:
                noted = [_exact(one) for one in table.values()] + ([] if path else [Fraction(0)])
        else:
            for case in spec.get("cases", []):
                truth = self.truth(case["when"])
                if truth is not False:
                    noted.append(_exact(case["is"]))
                if truth is True:
                    break
            else:
                noted.append(_exact(spec.get("otherwise", "0")))
        lo, hi = min(noted), max(noted)
        if lo == hi:
            return lo, hi, lo
        if "if_unknown" in risk:
            return lo, hi, min(max(_exact(risk["if_unknown"]), lo), hi)
        return lo, hi, (lo + hi) / 2

    def named(self, risk):
        if risk["id"] not in self.pack.named:
            self.pack.named[risk["id"]] = self.find_named(risk["likelihood"])
        return self.pack.named[risk["id"]]

    def find_named(self, spec):
        """The questions that the likelihood names."""
        if "table" in spec:
            return {spec["question"]}
        found, waiting = set(), [case["when"] for case in spec.get("cases", [])]
        while waiting:
            one = waiting.pop()
            if isinstance(one, dict):
                ((operator, operand),) = one.items()
                if operator in ("all", "any"):
                    waiting += operand
                elif operator == "not":
                    waiting.append(operand)
                else:
                    found.add(operand if operator == "answered" else operand[0])
        return {ref for ref in found if not ref.startswith("profile.")}

    def is_decided(self, risk):
        names = self.named(risk)
        if not names:
            return False
        if self.express and any(self.pack.questions[one].get("express") != "true" for one in names):
            return False
        return all(self.on_path(one) is True for one in names)

    # the whole

    def result(self):
        rated = []
        for risk in self.pack.risks:
            applies = self.truth(risk.get("applies", "true"))
            if applies is not False:
                lo, hi, middle = self.likelihood(risk)
                rated.append(
                    {
                        "risk": risk,
                        "w": 2 ** (int(risk["severity"]) - 1),
                        "applies": applies,
                        "lo": lo,
                        "hi": hi,
                        "L": middle,
                        "parts": {"lo": _parts(lo), "hi": _parts(hi), "L": _parts(middle)},
                    }
                )
        decided = [one for one in rated if self.is_decided(one["risk"])]
        weight = sum(one["w"] for one in decided)
        known = sum(one["w"] for one in decided if one["applies"] and one["lo"] == one["hi"])
        answered = Fraction(known, weight) if weight else Fraction(0)
        enough = answered >= Fraction(6, 10)
        point, low, high = self.three(rated)
        findings = self.findings(rated)
        result = {
            "score": point if enough else None, "low": low, "high": high, "grade": None, "held_by": None,
            "grade_low": None, "grade_high": None, "answered": answered, "enough": enough,
            "confidence": None if low is None else 100 - (high - low),
            "domains": [self.domain(d["id"], rated, enough) for d in self.pack.domains], "findings": findings,
            "light": self.light(findings, enough, "A"),
        }  # fmt: skip
        sure = [one for one in rated if one["applies"]]
        if enough and point is not None:
            result["grade"], result["held_by"] = self.grade(point, sure, "L")
        if low is not None:
            result["grade_low"], _ = self.grade(low, rated, "hi")
            result["light"] = self.light(findings, enough, result["grade_low"])
            result["grade_high"], _ = self.grade(high, sure, "lo")
        return result

    def domain(self, domain, rated, enough):
        point, low, high = self.three([one for one in rated if one["risk"]["domain"] == domain])
        return {"id": domain, "score": point if enough else None, "low": low, "high": high}

    def three(self, rated):
        sure = [one for one in rated if one["applies"]]
        possible = [one for one in rated if one["applies"] is None]
        point = self.points(self.exposure([(one["w"], one["parts"]["L"]) for one in sure]))
        low, high = (
            self.points(
                self.extreme(
                    [(one["w"], one["parts"][end]) for one in sure],
                    [(one["w"], one["parts"][end]) for one in possible],
                    which,
                )
            )
            for end, which in (("hi", max), ("lo", min))
        )
        return point, low, high

    def exposure(self, pairs):
        """The mean of the likelihoods, each as heavy as its risk; None of no risk."""
        weight = sum(w for w, _ in pairs)
        return Fraction(sum(w * parts for w, parts in pairs), weight * PARTS) if weight else None

    def points(self, exposure):
        if exposure is None:
            return None
        return max(Fraction(0), 100 - 100 * _exact(self.pack.main["stretch"]) * exposure)

    def extreme(self, sure, possible, which):
        """Few: every subset. Many: along the sorted ends, where the best subset must lie."""
        certain = (sum(w for w, _ in sure), sum(w * parts for w, parts in sure))
        weighed = [(w, w * parts) for w, parts in sorted(possible, key=lambda one: one[1], reverse=which is max)]
        if len(possible) <= 4:
            several = [c for size in range(len(weighed) + 1) for c in combinations(weighed, size)]
            sums = [_added([certain, *more]) for more in several]
        else:
            sums = list(accumulate([certain, *weighed], lambda whole, one: _added([whole, one])))
        return which((Fraction(harm, weight * PARTS) for weight, harm in sums if weight), default=None)

    def grade(self, points, counted, end):
        bands = {grade: _exact(value) for grade, value in self.pack.main["grades"].items()}
        grade, held = next((g for g in "ABCD" if points >= bands[g]), "E"), ("points", set())
        for rung in self.pack.main["ladder"]:
            wanted = rung["severity"] if isinstance(rung["severity"], list) else [rung["severity"]]
            least = _exact(rung.get("likelihood", "0.5"))
            on_it = {r["risk"]["id"] for r in counted if r["risk"]["severity"] in wanted and r[end] >= least}
            if len(on_it) >= int(rung["count"]) and rung["at_most"] > grade:
                grade, held = rung["at_most"], (rung["id"], on_it)
        return grade, held

    def findings(self, rated):
        total = sum(one["w"] for one in rated if one["applies"])
        return {one["risk"]["id"]: self.finding(one, total) for one in rated if one["hi"] > 0}

    def finding(self, one, total):
        p = one["w"] * one["L"]
        if one["applies"] is None:
            state = "possible"
        elif one["lo"] == 0 < one["hi"]:
            state = "unknown"
        else:
            state = "found" if one["L"] >= Fraction(3, 10) else "hint"
        due = self.due(one["risk"], is_certain=state in ("found", "hint"))
        colour = "red" if p >= 8 else "orange" if p >= 3 else "yellow"
        is_urgent = self.truth(one["risk"].get("urgent", "false")) is True
        return {
            "likelihood": one["L"], "lo": one["lo"], "hi": one["hi"], "state": state, "priority": p,
            "colour": "grey" if state in ("possible", "unknown") else colour,
            "points": 100 * _exact(self.pack.main["stretch"]) * p / total if one["applies"] else Fraction(0),
            "urgent": is_urgent or (due is not None and 0 <= (due - self.today).days <= 15),
            "due": due, "expired": due is not None and due < self.today,
        }  # fmt: skip

    def due(self, risk, *, is_certain):
        clock = risk.get("clock")
        for variant in sorted(risk.get("variants", []), key=lambda v: v["from"]):
            if variant["from"] <= self.today.isoformat():
                clock = variant.get("clock", clock)
        if clock is not None and "day" in clock:
            return dt.date.fromisoformat(clock["day"]) if is_certain else None
        if clock is None or self.on_path(clock["from"]) is not True or self.value(clock["from"]) is None:
            return None
        start = dt.date.fromisoformat(self.value(clock["from"]))
        if "days" in clock:
            days = int(clock["days"])
            if clock.get("calendar") == "working":
                return working_days_after(start, days).day
            return next_working_day(start + dt.timedelta(days=days)).day
        return next_working_day(_months_later(start, int(clock.get("months", 0)) + 12 * int(clock.get("years", 0)))).day

    def light(self, findings, enough, worst):
        found = [one for one in findings.values() if one["state"] == "found"]
        pressing = [one for one in findings.values() if one["state"] == "unknown" and one["urgent"]]
        if pressing or any(one["urgent"] or one["colour"] == "red" for one in found):
            return "red"
        if any(one["colour"] == "orange" for one in found):
            return "orange"
        return ("yellow" if worst in ("D", "E") else "green") if enough else "grey"


def _months_later(start, months):
    """The corresponding day, or the month's last."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in (start.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day, start.day))
        except ValueError:
            continue
    raise AssertionError
