"""What the codes of a case's end are called: her agreement, what was sent, records in the conversation, what is hidden."""

from __future__ import annotations

import re

from bot.console.tongue import Tongue
from bot.texts import mark
from bot.work.desk.masking import HIDDEN

AGREEMENTS = {
    "yes": mark("she agrees"),
    "told_why": mark("she does not agree; she was told why it happens"),
    "could_not_ask": mark("nobody could ask her"),
}
SENT = {
    "facts": mark("coded facts"),
    "words": mark("what she wrote"),
    "contact": mark("a number, link or account she wrote of"),
    "place": mark("a place she named"),
    "nothing": mark("nothing yet"),
}
FIELDS = {
    "service": mark("Service"),
    "took_by": mark("Who took it"),
    "when": mark("When"),
    "words": mark("To know"),
    "to": mark("Reported to"),
    "reference": mark("Reference"),
    "reason": mark("Why"),
    "kind": mark("What"),
}
KINDS = {
    "link": mark("link"),
    "email": mark("mail address"),
    "account": mark("bank account"),
    "card": mark("card number"),
    "phone": mark("phone number"),
    "handle": mark("name of an account"),
    "number": mark("number"),
}
HIDDEN_WORDS = {
    "link": mark("link hidden"),
    "email": mark("mail address hidden"),
    "account": mark("account hidden"),
    "card": mark("card number hidden"),
    "phone": mark("number hidden"),
    "handle": mark("account hidden"),
    "number": mark("number hidden"),
}


def hiding(tongue: Tongue, text: str) -> str:
    """Return a masked text with words in the places of what is hidden."""

    def told(found: re.Match[str]) -> str:
        return f"[••• {tongue.say(HIDDEN_WORDS[found[1]])}]"

    return HIDDEN.sub(told, text)
