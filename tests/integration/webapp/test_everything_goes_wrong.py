"""A full disk, a party that never answers, a job that takes its worker down, and then the power goes, in the middle of
two reports, an erasure, a mail and the answers of four owners; what is there once two workers have started again."""

import io
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
from types import SimpleNamespace

import psutil
import psycopg
import pytest
from aiosmtpd.controller import Controller
from PIL import Image
from sqlalchemy import select

from checkup.cases.checkups import open_case, open_checkup
from checkup.cases.documents import open_document
from checkup.cases.models import Document
from checkup.owner.erasure import erase_checkup
from tenants import jobs, messages
from tenants.audit import SYSTEM
from tenants.clock import now
from tenants.database import configure, unit_of_work
from tenants.files import list_files
from tenants.models import Firm
from tests.factories import make_case, owner_scope, worker_scope
from tests.own_city import own_city
from tests.patience import until
from tests.ports import free_port
from tests.served import Visitor, answer_until, kill_database, kill_session, serving
from tests.visits import be_owner
from webapp.app import create_app
from webapp.jobs import MOST_ATTEMPTS
from webapp.worker_loop import run_worker

OWNERS, ENOUGH = 4, 30
ROOM = 4096  # bytes of a file that a full disk still takes
READER = "lawyer@post.example"


class Post:
    """A mail server that keeps to whom it was written."""

    def __init__(self):
        self.reached = []

    async def handle_DATA(self, server, session, envelope):
        self.reached += envelope.rcpt_tos
        return "250 OK"


class City:
    """The city from outside its processes: its queue, and what is done to them."""

    def __init__(self, settings):
        self.settings = settings

    def ask(self, query, *values):
        with psycopg.connect(self.settings.admin_database_url, autocommit=True) as line:
            found = line.execute(query, values)
            return found.fetchall() if found.description else []

    def render(self, case):
        with unit_of_work(worker_scope(case)) as work:
            jobs.defer(work, "render_report", firm_id=case.firm_id, checkup_id=case.checkup_id, kind="signed")

    def job_of(self, case, task):
        """(state, attempts) of the newest job of this kind about the case."""
        query = (
            "SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = %s AND args->>'checkup_id' = %s "
            "ORDER BY id DESC LIMIT 1"
        )
        return self.ask(query, task, str(case.checkup_id))[0]

    def files_of(self, case):
        return [path for path, _ in list_files(self.settings.files_url) if str(case.checkup_id) in path]

    def paths_of(self, case):
        with unit_of_work(worker_scope(case)) as work:
            return list(work.scalars(select(Document.path).where(Document.checkup_id == case.checkup_id)))

    def a_minute_passes(self, died_at):
        """The dead are known to be dead, and what waits to be tried again is due."""
        self.ask(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour' WHERE last_heartbeat < %s",
            died_at,
        )
        self.ask(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
            "VALUES ('clocks', 'retry_stalled', '{\"timestamp\": 0}')"
        )
        self.ask("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo' AND attempts > 0")

    def is_at_rest(self):
        query = (
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') "
            "AND task_name IN ('render_report', 'finish_erasure', 'deliver_message')"
        )
        return self.ask(query)[0][0] == 0


def processes_of(*leaders):
    return [p for p in psutil.process_iter() if any(_session_of(p) == leader.pid for leader in leaders)]


def _session_of(process):
    try:
        return os.getsid(process.pid)
    except ProcessLookupError:
        return None


@contextmanager
def full_disk(*leaders):
    """Meanwhile no process of theirs writes more of a file than fits on a disk that is full."""
    found = [p.pid for p in processes_of(*leaders)]
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in found}
    for pid, (_, most) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (ROOM, most))
    yield
    for pid, limits in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@contextmanager
def working(folder, **env):
    """A second worker, killed and not asked when it is over."""
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "worker"],
        env=os.environ | {"FAMAI_DATA_DIR": str(folder)} | env,
        stderr=(folder.parent / "stderr.txt").open("a"),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def never_answers():
    """A mail server that takes every line and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"


def a_photo():
    out = io.BytesIO()
    Image.frombytes("RGB", (120, 120), random.Random(1).randbytes(43_200)).save(out, "JPEG")
    return out.getvalue()


def send_photo(settings, port, case):
    """Status of an owner's message with a photo, over HTTP."""
    cookie = be_owner(create_app(settings), case).get_cookie("session")
    visitor, path = Visitor(port), f"/checkup/{case.checkup_id}/messages"
    visitor.cookies["session"] = cookie.value
    _, _, page = visitor.ask("GET", path)
    return visitor.send_file(path, {"text": "您好"}, page, files=("照片.jpg", a_photo()))


def write_to(case):
    with unit_of_work(worker_scope(case)) as work:
        messages.queue_message(
            work, "lawyer_wrote", channel="email", to=READER, firm_id=case.firm_id, owner_id=None, locale="zh-Hans",
            number="SH00-AAAAAA", firm=work.get_one(Firm, case.firm_id), now=now(),
        )  # fmt: skip


def erase(case):
    with unit_of_work(owner_scope(case)) as work:
        erase_checkup(work, checkup_id=case.checkup_id, asked_by="owner", by=SYSTEM, now=now())


def lose_power(folder, *leaders):
    for leader in leaders:
        kill_session(leader)
    kill_database(folder)


def until_the_power_goes(city, folder, cases, told):
    """Everything but the last: returns once all is in the middle of its work, and dead."""
    port, stopped = free_port(), threading.Event()
    with ExitStack() as stack:
        mail = {"FAMAI_SMTP_URL": stack.enter_context(never_answers()), "FAMAI_MAIL_FROM": "city@post.example"}
        leaders = stack.enter_context(serving(folder, port, **mail)), stack.enter_context(working(folder, **mail))
        with full_disk(*leaders):
            city.render(cases.full)
            told.photo = send_photo(city.settings, port, cases.talks)
            until(lambda: city.job_of(cases.full, "render_report")[1] > 0)
            told.while_full = city.files_of(cases.full), city.paths_of(cases.full), city.files_of(cases.talks)
        holds = psycopg.connect(city.settings.admin_database_url)
        locked = [cases.late.checkup_id, cases.poison.checkup_id]
        holds.execute("SELECT 1 FROM checkup WHERE id = ANY(%s) FOR UPDATE", [locked])
        holds.execute("SELECT 1 FROM document WHERE checkup_id = %s FOR UPDATE", [cases.erased.checkup_id])
        write_to(cases.talks)
        erase(cases.erased)
        city.render(cases.late)
        city.render(cases.poison)
        owners = [threading.Thread(target=answer_until, args=(stopped, port, told.noted)) for _ in range(OWNERS)]
        for owner in owners:
            owner.start()
        for case, task in (
            (cases.late, "render_report"),
            (cases.poison, "render_report"),
            (cases.erased, "finish_erasure"),
        ):
            until(lambda case=case, task=task: city.job_of(case, task)[0] == "doing")
        city.ask(
            "UPDATE procrastinate_jobs SET attempts = %s WHERE args->>'checkup_id' = %s AND status = 'doing'",
            MOST_ATTEMPTS - 1,
            str(cases.poison.checkup_id),
        )
        until(lambda: len(told.noted) >= ENOUGH and len({path.split("/")[2] for _, path, _ in told.noted}) == OWNERS)
        lose_power(folder, *leaders)
        stopped.set()
        for owner in owners:
            owner.join()


@pytest.fixture(scope="module")
def told(tmp_path_factory, settings):
    """What was seen before the power went, and the city after it has come back."""
    folder = tmp_path_factory.mktemp("dark") / "data"
    post = Post()
    with own_city(folder, settings) as (made, _, _):
        city, told = City(made), SimpleNamespace(noted=[], post=post)
        cases = SimpleNamespace(
            **{
                name: make_case(made, "signed", seed=seed)
                for seed, name in enumerate(("erased", "late", "poison", "full"), 71)
            },
            talks=make_case(made, "in_review", seed=75),
        )
        city.ask(
            "DELETE FROM procrastinate_jobs WHERE args->>'checkup_id' = ANY(%s)",
            [str(case.checkup_id) for case in (cases.late, cases.poison, cases.full)],
        )
        city.render(cases.erased)
        run_worker(made, wait=False)
        configure(made.lines)
        told.of_erased, told.of_talks = city.files_of(cases.erased), city.files_of(cases.talks)
        until_the_power_goes(city, folder, cases, told)
        died_at, port = now(), free_port()
        mail = Controller(post, hostname="127.0.0.1", port=free_port())
        mail.start()
        sent = {"FAMAI_SMTP_URL": f"smtp://127.0.0.1:{mail.port}", "FAMAI_MAIL_FROM": "city@post.example"}
        with serving(folder, port, **sent), working(folder, **sent):
            city.a_minute_passes(died_at)
            until(city.is_at_rest)
            told.city, told.cases, told.port = city, cases, port
            told.log = folder.parent / "stderr.txt"
            yield told
        mail.stop()
    kill_database(folder)


def test_every_acknowledged_answer_is_there(told):
    visitor = Visitor(told.port)
    assert len({path.split("/")[2] for _, path, _ in told.noted}) == OWNERS
    for cookies, path, value in told.noted:
        visitor.cookies = cookies
        assert f'value="{value}" checked' in visitor.ask("GET", path)[2], path


def test_a_report_that_was_cut_off_is_done_by_another_worker(told):
    assert told.city.job_of(told.cases.late, "render_report")[0] == "succeeded"


def test_a_job_that_took_its_worker_down_each_time_is_parked_and_named_in_the_log(told):
    assert told.city.job_of(told.cases.poison, "render_report")[0] == "failed"
    assert "(render_report) parked after 5 attempts" in told.log.read_text(encoding="utf-8")


def test_a_full_disk_leaves_no_half_of_a_report_and_no_row_of_one(told):
    files, rows, files_of_talks = told.while_full
    assert (files, rows, files_of_talks) == ([], [], told.of_talks)


def test_who_sends_a_photo_to_a_full_disk_is_told(told):
    assert told.photo == 507


@pytest.mark.parametrize("name", ["late", "full"])
def test_the_report_is_whole_and_opens(told, name):
    case, settings = getattr(told.cases, name), told.city.settings
    with unit_of_work(worker_scope(case)) as work:
        row = open_checkup(work, checkup_id=case.checkup_id, keys=settings.keyring()).row
        document = work.scalars(select(Document).where(Document.checkup_id == case.checkup_id)).one()
        pdf = open_document(settings.files_url, document, open_case(work, row, settings.keyring())).read()
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize("name", ["late", "full", "poison"])
def test_every_file_has_its_row_and_every_row_its_file(told, name):
    case = getattr(told.cases, name)
    assert sorted(told.city.files_of(case)) == sorted(told.city.paths_of(case))


def test_what_was_being_erased_has_no_file_no_row_and_no_key(told):
    assert told.of_erased != []
    assert told.city.job_of(told.cases.erased, "finish_erasure")[0] == "succeeded"
    assert (told.city.files_of(told.cases.erased), told.city.paths_of(told.cases.erased)) == ([], [])
    assert told.city.ask("SELECT 1 FROM case_key WHERE checkup_id = %s", told.cases.erased.checkup_id) == []


def test_a_mail_that_nobody_took_is_delivered_afterwards(told):
    assert told.post.reached == [READER]


def test_no_job_is_left_with_a_worker_that_is_gone(told):
    query = (
        "SELECT task_name FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id "
        "WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - interval '50 minutes')"
    )
    assert told.city.ask(query) == []
