"""Every command of `famai`, and what people paste behind it."""

from collections.abc import Iterator

import click

from webapp.cli import main

HOSTILE = (
    "", " ", "\u3000", "\u200b\u2060", "\x00", "a\x00b", "a\x1b[31mb", "\udcff", "ab\udcffcd", "a\nb", "\ufeff",
    "０", "-1", "１０００００００００００００００００００００", "9" * 400, "1e999", "NaN", "1.5", "约80",
    "2026-13-45", "０００１-０１-０１", "9999-99", "0000", "2026-Q5", "99999-Q1",
    "a@b", "＠＠", "名@例子。中国", "+852 6123 4567", "13800", "1380013800O",
    "http://", "https://", "https://[::1", "https://a:99999999", "javascript:alert(1)", "ftp://x.example",
    "/dev/null", "/dev/full", "/proc/self/mem", "/proc/no/such", "x" * 300, "x/" * 3000, "%s%n{0}{x!r}",
    "'; DROP TABLE firm; --", "$(id)", "`id`", "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz",
    "00000000-0000-0000-0000-000000000000", "110101199003077475", "面馆", "𰻝", "🙂" * 300,
)  # fmt: skip


def iter_commands(
    group: click.Group = main, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """(words, command) of each that does something."""
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            if isinstance(command, click.Group):
                if command.invoke_without_command:
                    yield (*path, name), command
                yield from iter_commands(command, (*path, name))
            else:
                yield (*path, name), command


def typed_params(command: click.Command) -> list[click.Parameter]:
    """What people type themselves: no flags."""
    return [one for one in command.params if not (isinstance(one, click.Option) and one.is_flag)]
