"""A random small city in a real installation: counted, drafted and published there, and read from its pages."""

import uuid
from contextlib import contextmanager
from unittest.mock import patch

import psycopg

from cloud.cubes.cells import DIMENSIONS, SURVEY
from cloud.cubes.facts import join, write_items
from cloud.disclosure.suppression import THRESHOLD
from cloud.releases.draft import SUPPRESSION
from cloud.releases.editions import to_sdmx_csv
from cloud.releases.ledger import list_draft_cells
from cloud.releases.releases import ask_draft, drop_draft, fill_draft, publish_draft, show_draft
from demo.city import demo_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tests import page_reader
from tests.attacked_cities import DOMAINS, FIRMS, SMALL, YEAR, City, fen_of
from tests.attacker import read_file
from tests.page_reader import ALL, Read, named_risks
from tests.visits import log_in

# The small city with codes that pages have words for.
NAMED = {**SMALL, "district": ("310101", "310110", "310113"), "stars": ("none", "1", "5")}
RISKS = ("emp.no-contract", "emp.late-wages")
IDS = {"f1": demo_id("hubin"), "f2": demo_id("jiangwan"), "f3": demo_id("suzhouhe"), "f4": uuid.UUID(int=4)}
INDICATORS = ("businesses", "finding_emp", "grade_D", "stars_5", "mended_all", "relief_waived", "waived_fen",
              "known_yes")  # fmt: skip
_OPERATOR = Scope(Audience.OPERATOR)
_ANSWERS = 0.3  # share of those who come


@contextmanager
def named_city():
    """Cities are small, and what is in them has a name."""
    with patch.dict(SMALL, NAMED), patch.dict(DIMENSIONS, NAMED), patch.dict(DOMAINS, {"emp": RISKS}):
        yield


class CityOnPages(City):
    """`seen` holds the file of each edition and preview, and beside them whatever a page tells otherwise.

    `told`: what files ever told of a time and a cell; `read_last`: time → its newest file; `drafts`: period → its
    newest draft. `read`: (page, time) of every number that a page told; `beside`: (page, time, cell) → what no file has
    told; `unread`: pages with a number that nobody could make out.
    """

    def __init__(self, seed, settings, app):
        super().__init__(seed)
        self.settings, self.public = settings, app.test_client()
        self.officer = log_in(app, "officer@city.example")
        self.clients = {
            "statistics": self.public,
            "operator": log_in(app, "operator@famai.example"),
            "bureau": self.officer,
            "firm": log_in(app, "lawyer1@hubin.example"),
        }
        self.told, self.read_last, self.drafts, self.beside = {}, {}, {}, {}
        self.read, self.unread, self.answers, self.reports = set(), set(), {}, {}
        self._begin()

    def _begin(self):
        """Nobody is counted yet; goals and indicators are set that ask for what is published."""
        with psycopg.connect(self.settings.admin_database_url, autocommit=True) as line:
            line.execute(
                "TRUNCATE cube_cell, contribution, contribution_sum, survey_answer, release, released_cell, "
                "release_draft, draft_cell, release_event, preview_look, told_state, noise_spent, delivery CASCADE"
            )
        for district in NAMED["district"]:
            goal = {"kind": "reached", "subject": f"district:{district}", "year": YEAR, "value": "500"}
            assert self.officer.post("/bureau/goals", data=goal).status_code == 302
        for number, formula in enumerate(INDICATORS):
            told = {"key": f"i{number}", "name": formula, "name_en": formula, "formula": formula, "unit": "count"}
            answer = self.officer.post("/bureau/indicators", data={**told, "weight": "0", "source": "x"})
            assert answer.status_code == 302, answer.text

    def come(self, quarter, many, firm=None):
        """Some say whether they have known of the service before; nobody knows who."""
        super().come(quarter, many, firm)
        for who, _ in self.businesses[quarter][-many:]:
            if self.rng.random() < _ANSWERS:
                self.answers.setdefault(quarter, []).append((who, self.rng.choices(("yes", "no"), (1, 4))[0]))

    def truth(self, period):
        found = super().truth(period)
        for quarter, held in self.answers.items():
            if quarter in found:
                found[quarter] += [(firm, [(f"{SURVEY}known", (answer,))]) for firm, answer in held]
        return found

    def publish(self, period, *, is_preview=False):
        """Draft as the operator does, let it be seen before it leaves, or publish it; then everybody reads."""
        self._count()
        with unit_of_work(_OPERATOR) as work:
            draft_id = ask_draft(work, period=period, method=SUPPRESSION, k=THRESHOLD, by="周", now=now()).id
        with unit_of_work(Scope(Audience.WORKER)) as work:
            row = fill_draft(work, draft_id, now=now())
        if row.state == "failed":
            self.refused[row.why] += 1
            return
        self.drafts[period] = draft_id
        if is_preview:
            with unit_of_work(_OPERATOR) as work:
                show_draft(work, draft_id, by="周", now=now())
            self._read_preview(period, draft_id)
            with unit_of_work(_OPERATOR) as work:
                drop_draft(work, draft_id, by="周", now=now())
            return
        with unit_of_work(_OPERATOR) as work:
            number = publish_draft(work, draft_id, by="周", now=now()).number
        self._see(period, self.public.get(f"/api/v1/releases/{number}/cells.csv").text)
        for page in PAGES:
            if page not in PREVIEWS:
                self.look(page, period)

    def _read_preview(self, period, draft_id):
        """Whoever may look before it leaves sees the same, and no more."""
        with unit_of_work(_OPERATOR) as work:
            self._see(period, to_sdmx_csv(period, list_draft_cells(work, draft_id)))
        for page in PREVIEWS:
            self.look(page, period)

    def _see(self, period, file):
        told = read_file(file)
        self.seen.append((period, told, self.truth(period)))
        for (time, cell), n in told.items():
            self.told.setdefault((time, cell), set()).add(n)
        for time in {time for time, _ in told}:
            self.read_last[time] = {cell: n for (when, cell), n in told.items() if when == time}

    def look(self, page, period):
        """What a page tells that no file has told is one edition more."""
        read = self._read_page(page, period)
        self.read |= {(page, time) for time, _ in read}
        if any(cell == page_reader.UNREAD for _, cell in read):
            self.unread.add(page)
        others = {key: n for key, n in named_risks(read, RISKS).items() if not self._is_told(*key, n)}
        self.beside |= {(page, *key): n for key, n in others.items()}
        for time in {time for time, _ in others}:
            whole = {(time, cell): n for cell, n in self.read_last.get(time, {}).items()}
            mine = {key: n for key, n in others.items() if key[0] == time}
            self.seen.append((time, whole | mine, self.truth(period)))

    def _is_told(self, time, cell, n):
        """That a number is withheld is no news; neither is one that was told, or a sum of which each part was."""
        return n is None or n in self.told.get((time, cell), ()) or n == self._sum(time, cell)

    def _sum(self, time, cell):
        """Of a year that is not told itself its quarters; of a survey its answers."""
        if cell and cell[0] == (cell[0][0], ALL) and cell[0][0].startswith(SURVEY):
            answers = {one for cells in self.read_last.values() for one in cells if one and one[0][0] == cell[0][0]}
            parts = [self._sum(time, one) for one in answers]
        elif time in self.read_last or time != YEAR:
            return self.read_last[time].get(cell)
        else:
            parts = [cells.get(cell) for cells in self.read_last.values()]
        return None if None in parts else sum(parts)

    def _read_page(self, page, period) -> Read:
        path, read = PAGES[page]
        client = self.clients[path.split("/")[1].split("?")[0]]
        if page == "report":
            frozen = client.post(path, data={"period": period})  # refused where it would be the same again
            path = self.reports[period] = frozen.location or self.reports[period]
        answer = client.get(path.format(period=period, draft=self.drafts[period]))
        assert answer.status_code == 200, path
        return read(answer.text, period)

    def _count(self):
        """The counts and whose they are, as the worker keeps them."""
        with psycopg.connect(self.settings.admin_database_url) as line:
            line.execute("SET session_replication_role = replica")  # these businesses have no rows of their own
            line.execute("TRUNCATE cube_cell, contribution, contribution_sum, survey_answer")
            for quarter, held in self.businesses.items():
                self._count_quarter(line, quarter, held)
            for quarter, answers in self.answers.items():
                day = f"{quarter[:4]}-{3 * int(quarter[-1]) - 2:02d}-05"
                line.cursor().executemany(
                    "INSERT INTO survey_answer (firm_id, id, question, answer, day) VALUES (%s, %s, 'known', %s, %s)",
                    [(IDS[firm], uuid.uuid4(), answer, day) for firm, answer in answers],
                )

    def _count_quarter(self, line, quarter, held):
        with line.cursor() as cursor:
            cells, rows, sums = {}, [], []
            for number, (firm, items) in enumerate(held):
                named = [(block, join(*key)) for block, key in items]
                who = (IDS[firm], uuid.UUID(int=number + 1), quarter)
                rows.append((*who, write_items(named)))
                if ("relief", ("waived",)) in items:
                    sums.append((*who, "waived_fen", items[0][1][0], fen_of(firm)))
                    named.append(("sum:waived_fen", items[0][1][0]))
                for block, key in named:
                    cells[block, key] = cells.get((block, key), 0) + (fen_of(firm) if "sum:" in block else 1)
            cursor.executemany("INSERT INTO contribution VALUES (%s, %s, %s, %s)", rows)
            cursor.executemany("INSERT INTO contribution_sum VALUES (%s, %s, %s, %s, %s, %s)", sums)
            cursor.executemany(
                "INSERT INTO cube_cell VALUES (%s, %s, %s, %s)", [(quarter, *cell, n) for cell, n in cells.items()]
            )


def _of_year(read):
    return lambda html, _: read(html, YEAR)


# Page → where it is, and how she reads it. `{period}`, `{draft}`.
PAGES = {
    "public": ("/statistics?period={period}", page_reader.read_figures),
    "trends": ("/bureau/trends", lambda html, _: page_reader.read_trends(html, "")),
    "trends of an area": ("/bureau/trends?topic=emp", lambda html, _: page_reader.read_trends(html, "emp")),
    "home": ("/bureau/figures/reached", lambda html, _: page_reader.read_home(html)),
    "goals": (f"/bureau/goals?year={YEAR}", _of_year(page_reader.read_goals)),
    "indicators": ("/bureau/indicators", _of_year(page_reader.read_indicators)),
    "report": ("/bureau/reports", page_reader.read_report),
    "draft": ("/operator/drafts/{draft}", page_reader.read_figures),
    "bureau's preview": ("/bureau/releases/{draft}", page_reader.read_figures),
    "firm's preview": ("/firm/releases/{draft}", page_reader.read_figures),
}
PREVIEWS = ("draft", "bureau's preview", "firm's preview")
assert set(IDS) == set(FIRMS)
