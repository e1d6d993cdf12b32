"""Characters that a Word file writes by the number they have in a symbol font."""

from __future__ import annotations

UNKNOWN = "\ufffd"
PRIVATE = range(0xF000, 0xF100)

# The font "Symbol", 0x20 to 0x7E and 0xA0 to 0xFE, as far as Unicode has its signs.
_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_SYMBOL = {0x20 + at: sign for at, sign in enumerate(_LOW)} | {
    0xA0 + at: sign for at, sign in enumerate(_HIGH) if sign != "\uf8ff"
}
_WINGDINGS = {
    0xFC: "✓",
    0xFB: "✗",
    0xFE: "☑",
    0xFD: "☒",
    0xA8: "☐",
    0xA7: "▪",
    0x6C: "●",
    0x6E: "■",
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol(font: str, code: str) -> str:
    """The character for `code` (hexadecimal) of a font; U+FFFD where Unicode is not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN
    signs = _FONTS.get(font.casefold())
    if signs is not None or number in PRIVATE:
        return (signs or {}).get(number & 0xFF, UNKNOWN)
    return chr(number) if 0x20 <= number < 0xD800 else UNKNOWN
