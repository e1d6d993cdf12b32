"""How Word writes the numbers of a list: "3", "c", "iii", "ج"."""

from __future__ import annotations

from functools import cache

LETTERS_MAX = 780  # Word's own: thirty times the alphabet
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# Word skips the letters that no list is counted by.
ALPHABETS = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
}
UPPER = {"upperLetter": "lowerLetter", "russianUpper": "russianLower", "upperRoman": "lowerRoman"}
KNOWN = frozenset((*ALPHABETS, *UPPER, "lowerRoman", "decimal", "decimalZero", "none", "bullet"))


def spelt(number: int, form: str) -> str:
    """A number in one of Word's forms; those not known are spelt as decimals."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if form in UPPER:
        return spelt(number, UPPER[form]).upper()
    if form in ALPHABETS and 0 < number <= LETTERS_MAX:
        return _letter(number, ALPHABETS[form])
    if form == "lowerRoman" and 0 < number < 4000:
        return roman(number)
    return str(number)


def _letter(number: int, alphabet: str) -> str:
    """After the last letter Word repeats: aa, bb, cc."""
    times, at = divmod(number - 1, len(alphabet))
    return alphabet[at] * (times + 1)


@cache
def roman(number: int) -> str:
    """A number from 1 to 3999 in small Roman numerals."""
    signs = ""
    for worth, sign in ROMAN:
        count, number = divmod(number, worth)
        signs += sign * count
    return signs
