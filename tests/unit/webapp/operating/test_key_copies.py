"""A copy of keys holds plain files side by side; another archive in its place is none, and writes nothing elsewhere."""

import io
import json
import tarfile
import uuid

import pytest

from tenants.clock import now
from webapp.operating.key_copies import KEYS, BackupFault, Masters, fingerprint, opened_keys

MASTER = b"m" * 32


def write_copy(folder, *extra):
    facts = {"id": str(uuid.uuid4()), "at": now().isoformat(), "master": fingerprint(MASTER)}
    with tarfile.open(folder / KEYS, "w") as tar:
        for name, content in (("copy.json", json.dumps(facts)), ("erasures.json", "[]"), ("case_key", "id\n"), *extra):
            part = tarfile.TarInfo(name)
            part.size = len(content)
            tar.addfile(part, io.BytesIO(content.encode()))
    return folder


def test_its_files_lie_side_by_side_while_it_is_open(tmp_path):
    with opened_keys(write_copy(tmp_path), Masters(MASTER, None)) as keys:
        assert {one.name for one in keys.place.iterdir()} == {"copy.json", "erasures.json", "case_key"}
        assert (keys.place / "case_key").read_text() == "id\n"


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "a/b", "."])
def test_a_part_with_a_path_is_refused(tmp_path, name):
    with (
        pytest.raises(BackupFault, match="no copy of keys"),
        opened_keys(write_copy(tmp_path, (name, "x")), Masters(MASTER, None)),
    ):
        pass


def test_a_link_is_refused(tmp_path):
    with tarfile.open(write_copy(tmp_path) / KEYS, "a") as tar:
        link = tarfile.TarInfo("part_key")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(BackupFault, match="no copy of keys"), opened_keys(tmp_path, Masters(MASTER, None)):
        pass
