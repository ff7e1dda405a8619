"""The samples in `deploy/` are ones that the programs they are for accept, and name settings and metrics that exist."""

import configparser
import json
import re
import subprocess

import pytest
import yaml

from tenants.uploads import MOST_BYTES, MOST_FILES
from tests.machines import needs
from tests.places import ROOT
from webapp.cli import main
from webapp.edge.limits import MOST_FORM
from webapp.serving import DRAIN_SECONDS

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.*"))
SETTINGS = set(re.findall(r"`((?:FAMAI_\w+|DATABASE_URL))`", (ROOT / "docs/settings.md").read_text(encoding="utf-8")))
# Of the proxy's own file, not of the program.
OF_THE_PROXY = {"FAMAI_HOST", "FAMAI_UPSTREAM"}
NAMED = re.compile(r"\b(?:FAMAI_[A-Z_]+|DATABASE_URL)\b")
METRIC = re.compile(r"\bfamai_[a-z_]+")


def accepted(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", sorted(f for f in DEPLOY.rglob("*") if f.is_file()), ids=lambda f: f.name)
def test_every_setting_that_a_sample_names_exists(file):
    assert set(NAMED.findall(file.read_text(encoding="utf-8"))) - OF_THE_PROXY <= SETTINGS


def test_a_planted_setting_is_found():
    assert NAMED.findall("FAMAI_WORKERS_URL=x") == ["FAMAI_WORKERS_URL"]
    assert "FAMAI_WORKERS_URL" not in SETTINGS


def shown_metrics():
    """The names in `/metrics`, as the code gives them; a histogram has three, a counter ends in `_total`."""
    code = "".join((ROOT / "webapp/edge" / name).read_text() for name in ("observed.py", "queue_metrics.py"))
    names = set(re.findall(r'(?:Counter|Histogram|GaugeMetricFamily)\(\s*"(famai_\w+)"', code))
    return names | {f"{name}_{end}" for name in names for end in ("bucket", "sum", "count")}


@pytest.mark.parametrize("name", ["prometheus-rules.yml", "grafana-dashboard.json"])
def test_every_metric_that_is_watched_is_shown(name):
    text = (DEPLOY / name).read_text(encoding="utf-8")
    found = yaml.safe_load(text) if name.endswith("yml") else json.loads(text)
    asked = set(METRIC.findall(" ".join(re.findall(r"'expr': (?:'|\")(.*?)(?:'|\")[,}]", str(found)))))
    assert asked
    assert asked <= shown_metrics()


def test_whoever_stops_the_web_waits_for_the_requests_in_hand():
    unit = (DEPLOY / "systemd/famai-web.service").read_text(encoding="utf-8")
    web = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]["web"]
    waits = re.search(r"TimeoutStopSec=(\d+)\n", unit)[1], web["stop_grace_period"].removesuffix("s")
    assert [int(one) > DRAIN_SECONDS for one in waits] == [True, True]


def test_the_compose_file_has_each_part_and_none_may_do_more_than_it_must():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert set(services) == {"web", "worker", "pooler", "db", "caddy"}
    for name in ("web", "worker", "pooler"):
        assert services[name]["read_only"], name
        assert services[name]["cap_drop"] == ["ALL"], name
        assert services[name]["security_opt"] == ["no-new-privileges:true"], name


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    users = re.findall(r"^USER (\S+)", text, re.MULTILINE)
    assert users == ["famai", "10001"]
    assert "HEALTHCHECK" in text
    assert "--require-hashes" in text


def stages():
    """Stage of the image → its instructions, as (word, rest); lines that go on are joined."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    found, name = {}, ""
    for line in text.splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "FROM":
            name = rest.rpartition(" ")[2]
            found[name] = []
        elif word and not word.startswith("#"):
            found[name].append((word, " ".join(rest.split())))
    return found


def test_the_image_takes_what_is_there_in_a_version_that_is_named():
    made = stages()
    assert set(made) == {"base", "famai", "pooler"}
    froms = re.findall(r"^FROM (\S+) AS", (DEPLOY / "Containerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [one for one in froms if one not in made and not re.fullmatch(r"[\w.-]+:\d[\w.-]*", one)] == []
    copied = [rest.split()[:-1] for steps in made.values() for word, rest in steps if word == "COPY"]
    assert [one for many in copied for one in many if not (ROOT / one).exists()] == []


def test_the_image_keeps_nothing_that_only_its_making_needed():
    for steps in stages().values():
        for word, rest in steps:
            if word == "RUN" and "apt-get install" in rest:
                assert "--no-install-recommends" in rest
                assert "rm -rf /var/lib/apt/lists/*" in rest
            if word == "RUN" and "pip install" in rest:
                assert "--no-cache-dir" in rest


def test_what_the_image_starts_is_a_command_of_ours():
    command = {word: json.loads(rest) for word, rest in stages()["famai"] if word in ("CMD", "ENTRYPOINT")}
    assert command["ENTRYPOINT"] == ["tini", "--"]
    assert command["CMD"][0] == "famai"
    main.make_context("famai", command["CMD"][1:2], resilient_parsing=True)
    options = {name for one in main.get_command(None, command["CMD"][1]).params for name in one.opts}
    assert {one for one in command["CMD"] if one.startswith("--")} <= options


def test_whatever_the_compose_file_names_is_there():
    found = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services = found["services"]
    for name, service in services.items():
        assert set(service.get("depends_on", ())) <= set(services), name
        assert set(service.get("networks", ())) <= set(found["networks"]), name
        secrets = [one if isinstance(one, str) else one["source"] for one in service.get("secrets", ())]
        assert set(secrets) <= set(found["secrets"]), name
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in found["volumes"] or source == "./city" or (DEPLOY / source).exists(), volume
        if "build" in service:
            assert service["build"]["target"] in stages(), name
            assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).exists(), name
        else:
            assert ":" in service["image"], name  # a version
        if "healthcheck" in service and "test" in service["healthcheck"]:
            assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL"), name
    for name in ("web", "worker"):  # what must wait for the database does
        assert services[name]["depends_on"]["db"]["condition"] == "service_healthy"


def test_the_pooler_forgets_each_visitor_after_her_transaction():
    found = configparser.ConfigParser()
    found.read(DEPLOY / "pgbouncer.ini")
    assert found["pgbouncer"]["pool_mode"] == "transaction"
    assert found["pgbouncer"]["auth_type"] == "scram-sha-256"


@pytest.mark.parametrize(
    ("file", "limit"),
    [("nginx.conf", r"client_max_body_size (\d+)m;"), ("Caddyfile", r"max_size (\d+)MiB")],
)
def test_a_proxy_lets_through_what_a_form_with_files_may_bring(file, limit):
    (most,) = re.findall(limit, (DEPLOY / file).read_text(encoding="utf-8"))
    assert int(most) * 1024**2 >= MOST_FILES * MOST_BYTES + MOST_FORM


@needs("nginx")
def test_nginx_accepts_its_file(tmp_path):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=city.example",
         "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"], check=True, capture_output=True,
    )  # fmt: skip
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("/etc/famai/tls", str(tmp_path)).replace("/run/nginx.pid", str(tmp_path / "pid"))
    (tmp_path / "nginx.conf").write_text(text.replace("/var/log/nginx", str(tmp_path)), encoding="utf-8")
    is_fine, said = accepted("nginx", "-t", "-c", str(tmp_path / "nginx.conf"))
    assert is_fine, said


@needs("caddy")
def test_caddy_accepts_its_file(monkeypatch):
    monkeypatch.setenv("FAMAI_HOST", "city.example")
    monkeypatch.setenv("FAMAI_UPSTREAM", "web:8000")
    is_fine, said = accepted("caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile"))
    assert is_fine, said


@needs("systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_accepts_its_units(unit, tmp_path):
    for other in UNITS:  # what is not installed on this machine is not the unit's fault
        text = re.sub(r"^(ExecStart=)\S+", r"\1/bin/true", other.read_text(encoding="utf-8"), flags=re.MULTILINE)
        text = re.sub(r"^(User|Group|WorkingDirectory)=.*\n", "", text, flags=re.MULTILINE)
        (tmp_path / other.name).write_text(text, encoding="utf-8")
    _, said = accepted("systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name))
    assert unit.name not in said, said


@needs("promtool")
def test_prometheus_accepts_its_rules():
    is_fine, said = accepted("promtool", "check", "rules", str(DEPLOY / "prometheus-rules.yml"))
    assert is_fine, said


def test_the_patroni_sample_keeps_what_was_acknowledged():
    found = yaml.safe_load((DEPLOY / "patroni.yml").read_text(encoding="utf-8"))
    assert found["bootstrap"]["dcs"]["synchronous_mode"] is True
