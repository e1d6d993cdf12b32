"""Writes `static/src/live/messages.ts` from `messages.py`: `python -m drafting.live.typescript`.

The browser's types come from the same classes as the server's. Bounds are not told: the server
checks them. A test compares the written file with what this module would write.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from drafting.live import messages
from drafting.services import deeds

TARGET = Path(__file__).resolve().parents[2] / "static" / "src" / "live" / "messages.ts"
CODES = ("NOT_UNDERSTOOD", "NOT_FOR_YOU", "RESYNC", "CLIENT_TAKEN", "TOO_MUCH", "TRY_LATER")
UNIONS = ("Deed", "Said", "Told")
PLAIN = {str: "string", int: "number", bool: "boolean", NoneType: "null"}
JSON = "Json"
HEAD = """\
// Generated from drafting/live/messages.py by `python -m drafting.live.typescript`: do not edit.

export type Json = { readonly [key: string]: unknown };
"""


def written() -> str:
    """The whole file."""
    parts = [HEAD, *(_interface(found) for found in _structs())]
    parts += [_union(name) for name in UNIONS]
    parts += [f"export const {name} = {getattr(messages, name)};" for name in CODES]
    return "\n".join(parts) + "\n"


def _structs() -> Iterator[type[Struct]]:
    """The message classes in the order in which they are written down."""
    for name, found in (*vars(deeds).items(), *vars(messages).items()):
        ours = inspect.isclass(found) and issubclass(found, Struct) and found is not Struct
        if ours and not name.startswith("_"):
            yield found


def _interface(struct: type[Struct]) -> str:
    hints = get_type_hints(struct, include_extras=True)
    config = struct.__struct_config__
    lines = [f"  readonly {config.tag_field}: {_quoted(config.tag)};"] if config.tag else []
    for entry in msgspec.structs.fields(struct):
        optional = "" if entry.required else "?"
        lines.append(f"  readonly {entry.encode_name}{optional}: {_type(hints[entry.name])};")
    return "\n".join((*_comment(struct), f"export interface {struct.__name__} {{", *lines, "}", ""))


def _comment(struct: type[Struct]) -> tuple[str, ...]:
    words = inspect.getdoc(struct) or ""
    if "\n" not in words:
        return (f"/** {words} */",)
    return ("/**", *(f" * {line}".rstrip() for line in words.split("\n")), " */")


def _union(name: str) -> str:
    members = (found.__name__ for found in get_args(getattr(messages, name)))
    return f"export type {name} =\n  | " + "\n  | ".join(members) + ";\n"


def _type(hint: Any) -> str:
    """A Python type as TypeScript; a Meta with `ts` says it in so many words."""
    args = get_args(hint)
    if hasattr(hint, "__metadata__"):
        said = [meta.extra["ts"] for meta in hint.__metadata__ if _says(meta)]
        return said[0] if said else _type(hint.__origin__)
    if hint in PLAIN:
        return PLAIN[hint]
    if inspect.isclass(hint) and issubclass(hint, Struct):
        return hint.__name__
    if get_origin(hint) is dict:
        return JSON
    if get_origin(hint) is list:
        inner = _type(args[0])
        return f"readonly {inner}[]" if " | " not in inner else f"readonly ({inner})[]"
    if _is_literal(hint):
        return " | ".join(_quoted(value) for value in args)
    return _named_union(args) or " | ".join(_type(arg) for arg in args)


def _says(meta: object) -> bool:
    return isinstance(meta, Meta) and meta.extra is not None and "ts" in meta.extra


def _is_literal(hint: Any) -> bool:
    return str(get_origin(hint)) == "typing.Literal"


def _named_union(args: tuple[Any, ...]) -> str | None:
    """The name of a union that has one."""
    return next((name for name in UNIONS if get_args(getattr(messages, name)) == args), None)


def _quoted(value: object) -> str:
    return f'"{value}"'


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
