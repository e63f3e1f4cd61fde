"""Where a letter of another alphabet lies on the keyboard, so that keys work whatever layout is in force.

A Latin letter means itself in either case. A Hangul, Cyrillic or kana letter stands for the Latin one on the
same key; the unshifted upper row of AZERTY stands for its digits.
"""

from __future__ import annotations

LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./"
CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбю."
UKRAINIAN = {"і": "s", "ї": "]", "є": "'", "ў": "o"}
HANGUL = {
    **dict(zip("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "qwertyuiop", strict=True)),
    **dict(zip("ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "asdfghjkl", strict=True)),
    **dict(zip("ㅋㅌㅊㅍㅠㅜㅡ", "zxcvbnm", strict=True)),
    **dict(zip("ㅃㅉㄸㄲㅆㅒㅖ", "qwertop", strict=True)),
}
KANA = {
    **dict(zip("ぬふあうえおやゆよわ", "1234567890", strict=True)),
    **dict(zip("たていすかんなにらせ", "qwertyuiop", strict=True)),
    **dict(zip("ちとしはきくまのりれ", "asdfghjkl;", strict=True)),
    **dict(zip("つさそひこみもねるめ", "zxcvbnm,./", strict=True)),
    **dict(zip("ぁぃぅぇぉゃゅょっ", "3e456789z", strict=True)),
}
KATAKANA = {chr(ord(kana) + 0x60): key for kana, key in KANA.items()}
HALFWIDTH = {
    **dict(zip("ﾇﾌｱｳｴｵﾔﾕﾖﾜ", "1234567890", strict=True)),
    **dict(zip("ﾀﾃｲｽｶﾝﾅﾆﾗｾ", "qwertyuiop", strict=True)),
    **dict(zip("ﾁﾄｼﾊｷｸﾏﾉﾘﾚ", "asdfghjkl;", strict=True)),
    **dict(zip("ﾂｻｿﾋｺﾐﾓﾈﾙﾒ", "zxcvbnm,./", strict=True)),
}
AZERTY = dict(zip("&é\"'(-è_çà", "1234567890", strict=True))

PLACES = {
    **dict(zip(CYRILLIC[:-1], LATIN[:-1], strict=True)),
    **UKRAINIAN, **HANGUL, **KANA, **KATAKANA, **HALFWIDTH, **AZERTY,
}  # fmt: skip
"""The key of an American keyboard on which each letter of another layout lies."""


def by_place(character: str | None) -> str | None:
    """Return the Latin letter, digit or sign that a character stands for; None if it is one itself."""
    if character is None or len(character) != 1:
        return None
    small = character.lower()
    return PLACES.get(small) or (small if small != character else None)
