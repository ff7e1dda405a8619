"""One frozen value with every setting, read from the environment once (`docs/settings.md`)."""

import base64
import datetime as dt
import hashlib
import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checkup.cases.sealing import Keyring
from tenants import clock
from tenants.access import embedded
from tenants.database import Lines
from tenants.files import write_private

_MASTER_BYTES = 32
_LEAST_SECRET, _LEAST_KINDS = 32, 12


class BadSetting(RuntimeError):
    """A setting has a value that means nothing; silence would choose for the operator."""


class WeakSecret(RuntimeError):
    """A secret is missing or too weak for production."""


class StandingClock(RuntimeError):
    """Production's clock must run."""


@dataclass(frozen=True)
class OidcClient:
    """How this installation is known to the single sign-on of its staff. `acr`: how the provider has to have asked who
    it is (a second factor); empty where it is trusted to."""

    issuer: str
    client_id: str
    client_secret: str
    acr: str = ""


@dataclass(frozen=True)
class WeChatClient:
    """How this installation is known to WeChat (公众号网页授权): `page_url` is where an owner's WeChat is asked,
    `api_url` where the code that it brings back is told for its openid."""

    app_id: str
    secret: str
    page_url: str
    api_url: str


@dataclass(frozen=True)
class BusinessRegister:
    """Where the city's business register is asked, and by which token (`docs/register.md`)."""

    url: str
    token: str


@dataclass(frozen=True)
class Imprint:
    """Who answers for this site, said at the foot of every page: the body, whom to call or write, the filing number."""

    run_by: str
    contact: str
    filing: str


@dataclass(frozen=True)
class Settings:
    """How this installation runs. URLs without a trailing slash; secrets only from here."""

    environment: str
    mode: str
    secret_key: str
    master_key: bytes
    database_url: str
    privileged_database_url: str
    admin_database_url: str
    worker_url: str
    backup_database_url: str
    has_pooler: bool
    trusted_proxies: tuple[str, ...]
    party_networks: tuple[str, ...]
    limits_url: str
    metrics_token: str
    smtp_url: str
    mail_from: str
    sentry_dsn: str
    data_dir: Path
    files_url: str
    backup_dir: Path | None
    public_url: str
    default_locale: str
    rate_limit: str
    door_limit: str
    sms_url: str
    sms_token: str
    sms_sign_name: str
    sms_templates: Mapping[str, str]
    sms_day_limit: int
    needs_second_factor: bool
    oidc: "OidcClient | None"
    wechat: "WeChatClient | None"
    suishenban: "OidcClient | None"
    register: "BusinessRegister | None"
    stripe_key: str
    stripe_url: str
    stripe_webhook_secret: str
    fees_file: Path | None
    signing_certificate: Path | None
    signing_key: Path | None
    signing_passphrase: str
    imprint: Imprint

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read FAMAI_* and DATABASE_URL; without DATABASE_URL the embedded PostgreSQL is started.

        FAMAI_NOW lets the city's clock stand.

        Raises: WeakSecret and StandingClock in production; BadSetting for a value that is none of those it can be.
        """
        environment = _one_of(env, "FAMAI_ENVIRONMENT", ("development", "production"))
        stand_clock(env.get("FAMAI_NOW", ""), environment)
        data_dir = Path(env.get("FAMAI_DATA_DIR", "var")).resolve()
        data_dir.mkdir(parents=True, exist_ok=True)
        lines = Lines(env.get("DATABASE_URL") or "", env.get("FAMAI_PRIVILEGED_DATABASE_URL") or "")
        admin_url = env.get("FAMAI_ADMIN_DATABASE_URL", lines.common)
        if not lines.common:
            admin_url = embedded.start(data_dir)
            lines = embedded.login_lines(admin_url)
        elif not lines.privileged:
            if environment == "production":
                raise BadSetting("DATABASE_URL needs FAMAI_PRIVILEGED_DATABASE_URL beside it")
            lines = Lines(lines.common, lines.common)
        if environment == "production" and env.get("FAMAI_SECRET_KEY") == env.get("FAMAI_MASTER_KEY"):
            raise WeakSecret("FAMAI_SECRET_KEY and FAMAI_MASTER_KEY must differ")
        return cls(
            environment=environment,
            mode=_one_of(env, "FAMAI_MODE", ("open", "read-only", "closed")),
            secret_key=_secret(env, "FAMAI_SECRET_KEY", environment, data_dir),
            master_key=read_master_key(_secret(env, "FAMAI_MASTER_KEY", environment, data_dir)),
            database_url=lines.common,
            privileged_database_url=lines.privileged,
            admin_database_url=admin_url,
            worker_url=env.get("FAMAI_WORKER_DATABASE_URL", ""),
            backup_database_url=env.get("FAMAI_BACKUP_DATABASE_URL") or admin_url,
            has_pooler=_one_of(env, "FAMAI_POOLER", ("none", "transaction")) == "transaction",
            trusted_proxies=_networks(env, "FAMAI_TRUSTED_PROXIES"),
            party_networks=_networks(env, "FAMAI_PARTY_NETWORKS"),
            limits_url=env.get("FAMAI_LIMITS_URL", ""),
            metrics_token=env.get("FAMAI_METRICS_TOKEN", ""),
            smtp_url=env.get("FAMAI_SMTP_URL", ""),
            mail_from=env.get("FAMAI_MAIL_FROM", ""),
            sentry_dsn=env.get("FAMAI_SENTRY_DSN", ""),
            data_dir=data_dir,
            files_url=env.get("FAMAI_FILES_URL", (data_dir / "files").as_uri()),
            backup_dir=_path(env, "FAMAI_BACKUP_DIR"),
            public_url=env.get("FAMAI_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
            default_locale=env.get("FAMAI_DEFAULT_LOCALE", "zh-Hans"),
            rate_limit=env.get("FAMAI_RATE_LIMIT", "600/minute"),
            door_limit=env.get("FAMAI_DOOR_LIMIT", "120/minute"),
            sms_url=env.get("FAMAI_SMS_URL", ""),
            sms_token=env.get("FAMAI_SMS_TOKEN", ""),
            sms_sign_name=env.get("FAMAI_SMS_SIGN_NAME", ""),
            sms_templates=_pairs(env, "FAMAI_SMS_TEMPLATES"),
            sms_day_limit=_whole(env, "FAMAI_SMS_DAY_LIMIT", 5000),
            needs_second_factor=_needs_second_factor(env.get("FAMAI_SECOND_FACTOR", ""), environment),
            oidc=_oidc(env),
            wechat=_wechat(env, environment),
            suishenban=_suishenban(env, environment),
            register=_register(env, environment),
            stripe_key=env.get("FAMAI_STRIPE_SECRET_KEY", ""),
            stripe_url=env.get("FAMAI_STRIPE_URL", "").rstrip("/"),
            stripe_webhook_secret=env.get("FAMAI_STRIPE_WEBHOOK_SECRET", ""),
            fees_file=_path(env, "FAMAI_FEES_FILE"),
            signing_certificate=_path(env, "FAMAI_SIGNING_CERTIFICATE"),
            signing_key=_path(env, "FAMAI_SIGNING_KEY"),
            signing_passphrase=env.get("FAMAI_SIGNING_PASSPHRASE", ""),
            imprint=Imprint(*(env.get(f"FAMAI_{name}", "").strip() for name in ("RUN_BY", "CONTACT", "FILING"))),
        )

    @property
    def lines(self) -> Lines:
        """To the database, for `tenants.database.configure`."""
        return Lines(self.database_url, self.privileged_database_url)

    @property
    def worker_lines(self) -> Lines:
        """The worker listens, so its own line goes past any pooler."""
        return Lines(self.database_url, self.worker_url or self.privileged_database_url)

    def same_city(self) -> dict[str, str]:
        """What a process of its own needs in its environment to work in this very database and folder."""
        return {
            "DATABASE_URL": self.database_url,
            "FAMAI_PRIVILEGED_DATABASE_URL": self.privileged_database_url,
            "FAMAI_ADMIN_DATABASE_URL": self.admin_database_url,
            "FAMAI_DATA_DIR": str(self.data_dir),
        }

    @property
    def is_development(self) -> bool:
        return self.environment != "production"

    @property
    def outbox_dir(self) -> Path:
        """Where the development channel lays delivered messages."""
        return self.data_dir / "outbox"

    @property
    def passing_dir(self) -> Path:
        """Where what is sent lies, sealed and without a name, until it is answered."""
        return self.data_dir / "passing"

    @property
    def pepper(self) -> bytes:
        """Keys the digests of resume codes and phone numbers."""
        return hashlib.sha256(b"pepper:" + self.secret_key.encode()).digest()

    def keyring(self) -> Keyring:
        return Keyring(self.master_key)


def _one_of(env: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """The value, the first allowed one where it is not set. Raises: BadSetting."""
    value = env.get(name) or allowed[0]
    if value not in allowed:
        raise BadSetting(f"{name}={value!r} is none of: {', '.join(allowed)}")
    return value


def _path(env: Mapping[str, str], name: str) -> Path | None:
    return Path(env[name]) if env.get(name) else None


def _pairs(env: Mapping[str, str], name: str) -> dict[str, str]:
    """`a=1,b=2` as a table. Raises: BadSetting."""
    parts = [part.partition("=") for part in env.get(name, "").split(",") if part.strip()]
    if any(not sign or not value.strip() for _, sign, value in parts):
        raise BadSetting(f"{name} is name=value, separated by commas")
    return {key.strip(): value.strip() for key, _, value in parts}


def _whole(env: Mapping[str, str], name: str, default: int) -> int:
    """Raises: BadSetting."""
    value = env.get(name) or str(default)
    if not value.isdecimal():
        raise BadSetting(f"{name}={value!r} is no whole number")
    return int(value)


def _networks(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Addresses or networks (CIDR), separated by commas. Raises: BadSetting."""
    named = tuple(part.strip() for part in env.get(name, "").split(",") if part.strip())
    for part in named:
        try:
            ipaddress.ip_network(part, strict=False)
        except ValueError as error:
            raise BadSetting(f"{name}: {part!r} is no address and no network") from error
    return named


def stand_clock(instant: str, environment: str = "development") -> None:
    """Let the city's clock stand at this instant in ISO 8601, if one is given. Raises: StandingClock in production."""
    if not instant:
        return
    if environment == "production":
        raise StandingClock("FAMAI_NOW is for tests and for looking at a city on another day, never for production")
    try:
        clock.stand_at(dt.datetime.fromisoformat(instant))
    except ValueError:
        raise BadSetting(f"FAMAI_NOW={instant!r} is no instant such as 2026-11-24T12:00+08:00") from None


def _needs_second_factor(wish: str, environment: str) -> bool:
    """Production always does unless it says `offered`; a development city shows the plain log-in first."""
    return wish == "required" if wish else environment == "production"


def _oidc(env: Mapping[str, str]) -> OidcClient | None:
    issuer = env.get("FAMAI_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    client_id, secret = env.get("FAMAI_OIDC_CLIENT_ID", ""), env.get("FAMAI_OIDC_CLIENT_SECRET", "")
    return OidcClient(issuer, client_id, secret, acr=env.get("FAMAI_OIDC_ACR", ""))


def _wechat(env: Mapping[str, str], environment: str) -> WeChatClient | None:
    """Raises: BadSetting for half of it, and for an address that is not safe."""
    app_id, secret = _both(env, "FAMAI_WECHAT_APP_ID", "FAMAI_WECHAT_SECRET")
    if not app_id:
        return None
    page_url = _safe_url(env, "FAMAI_WECHAT_PAGE_URL", environment, default="https://open.weixin.qq.com")
    return WeChatClient(
        app_id,
        secret,
        page_url,
        _safe_url(env, "FAMAI_WECHAT_API_URL", environment, default="https://api.weixin.qq.com"),
    )


def _suishenban(env: Mapping[str, str], environment: str) -> OidcClient | None:
    """Raises: BadSetting for half of it, and for an address that is not safe."""
    client_id, secret = _both(env, "FAMAI_SUISHENBAN_CLIENT_ID", "FAMAI_SUISHENBAN_CLIENT_SECRET")
    issuer, _ = _both(env, "FAMAI_SUISHENBAN_ISSUER", "FAMAI_SUISHENBAN_CLIENT_ID")
    if not issuer:
        return None
    return OidcClient(_safe_url(env, "FAMAI_SUISHENBAN_ISSUER", environment), client_id, secret)


def _register(env: Mapping[str, str], environment: str) -> BusinessRegister | None:
    """Raises: BadSetting for half of it, and for an address that is not safe."""
    url, token = _both(env, "FAMAI_REGISTER_URL", "FAMAI_REGISTER_TOKEN")
    if not token.isascii() or not token.isprintable():
        raise BadSetting("FAMAI_REGISTER_TOKEN is no token that a header can hold")
    return BusinessRegister(_safe_url(env, "FAMAI_REGISTER_URL", environment), token) if url else None


def _both(env: Mapping[str, str], one: str, other: str) -> tuple[str, str]:
    """Two settings that are nothing without each other. Raises: BadSetting."""
    if bool(env.get(one)) != bool(env.get(other)):
        raise BadSetting(f"{one} and {other} need each other")
    return env.get(one, ""), env.get(other, "")


def _safe_url(env: Mapping[str, str], name: str, environment: str, *, default: str = "") -> str:
    """Raises: BadSetting for what is no address, and in production for one without TLS."""
    url = (env.get(name) or default).rstrip("/")
    allowed = ("https://",) if environment == "production" else ("https://", "http://")
    if not url.startswith(allowed):
        raise BadSetting(f"{name}={url!r} is no address that begins with {' or '.join(allowed)}")
    return url


def _secret(env: Mapping[str, str], name: str, environment: str, data_dir: Path) -> str:
    value = env.get(name, "")
    if environment == "production":
        if len(value) < _LEAST_SECRET or len(set(value)) < _LEAST_KINDS:
            raise WeakSecret(f"{name} must be a random text of at least {_LEAST_SECRET} characters")
        return value
    return value or development_secret(data_dir / f"{name.lower()}.txt")


def development_secret(file: Path) -> str:
    """Made once and kept in the data folder, so that sessions and sealed answers outlive a restart."""
    if not file.exists():
        write_private(file, secrets.token_urlsafe(48).encode())
    return file.read_text(encoding="ascii")


def read_master_key(text: str) -> bytes:
    """32 bytes: the text itself as base64, else its SHA-256."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raw = b""
    return raw if len(raw) == _MASTER_BYTES else hashlib.sha256(text.encode()).digest()
