"""Every route with its rule, in one table. The tests of who may see what are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console import (
    audit,
    care,
    case,
    case_actions,
    case_ending,
    case_replies,
    case_together,
    comfort,
    identity,
    language,
    leaving,
    operator,
    queue,
    search,
    second_factor,
    shift,
    sign_in,
)
from bot.console.files import file
from bot.console.guard import guarded
from bot.console.page import Handler
from bot.console.rules import (
    ANYONE,
    AUDITOR,
    AUDITOR_AGAIN,
    DESK,
    DESK_LIVE,
    LEADS,
    OPERATOR,
    SIGNED_IN,
    UNFINISHED,
    Rule,
    on_case,
)
from bot.console.stream import stream


@dataclass(frozen=True, slots=True)
class Route:
    """One address, who may come, and what answers."""

    method: str
    path: str
    rule: Rule
    handler: Handler
    demo: bool = False


IDENTITY = on_case("ask_identity", "agree_identity", proven=True)
CASE = r"/cases/{case:[A-Za-z0-9]{1,32}}"
ROW = r"/{row:\d{1,15}}"

ROUTES = (
    Route("GET", "/", SIGNED_IN, sign_in.home),
    Route("GET", "/sign-in", ANYONE, sign_in.sign_in_page),
    Route("POST", "/sign-in", ANYONE, sign_in.sign_in),
    Route("POST", "/sign-out", SIGNED_IN, leaving.sign_out),
    Route("GET", "/second-factor", UNFINISHED, second_factor.second_factor_page),
    Route("POST", "/second-factor", UNFINISHED, second_factor.second_factor_form),
    Route("GET", "/confirm", SIGNED_IN, second_factor.confirm_page),
    Route("POST", "/confirm", SIGNED_IN, second_factor.confirm_form),
    Route("POST", "/language", SIGNED_IN, language.language_form),
    Route("POST", "/comfort", SIGNED_IN, comfort.comfort_form),
    Route("GET", "/away", ANYONE, comfort.away),
    Route("GET", "/sign-in/{code}", ANYONE, sign_in.link, demo=True),
    Route("GET", "/files/{name}", ANYONE, file),
    Route("GET", "/queue", DESK, queue.queue_page),
    Route("GET", "/queue/rows", DESK_LIVE, queue.queue_rows),
    Route("GET", "/queue/beside", DESK_LIVE, queue.queue_beside),
    Route("GET", "/live", DESK_LIVE, stream),
    Route("POST", CASE + "/claim", on_case("line"), queue.claim),
    Route("GET", CASE, on_case("look", "look_closed"), case.case_page),
    Route("GET", CASE + "/talk", on_case("look", live=True), case.case_live),
    Route("POST", CASE + "/reply", on_case("reply"), case_replies.reply),
    Route("POST", CASE + "/release-reply", on_case("release_reply"), case_replies.release_reply),
    Route("POST", CASE + "/send-back", on_case("release_reply"), case_replies.send_back),
    Route("POST", CASE + "/looked-at", on_case("release_reply", "look_closed"), case_replies.looked_at),
    Route("POST", CASE + "/undo", on_case("reply"), case_actions.undo),
    Route("POST", CASE + "/discard", on_case("reply"), case_actions.discard),
    Route("POST", CASE + "/note", on_case("note"), case_actions.note),
    Route("POST", CASE + "/renew", on_case("renew"), case_actions.renew),
    Route("POST", CASE + "/release", on_case("release"), case_actions.release),
    Route("POST", CASE + "/take-over", on_case("take_over"), case_actions.take_over),
    Route("POST", CASE + "/close", on_case("resolve"), case_actions.close),
    Route("POST", CASE + "/referral", on_case("referral"), case_ending.add_referral),
    Route("POST", CASE + "/followed-up", on_case("follow_up"), case_ending.followed_up),
    Route("POST", CASE + "/reported", on_case("duty"), case_ending.reported),
    Route("POST", CASE + "/not-reported", on_case("duty"), case_ending.ask_not_reported),
    Route("POST", CASE + "/settle-not-reported", on_case("agree_not_reported"), case_ending.settle_not_reported),
    Route("POST", CASE + "/unmask", on_case("unmask"), case_ending.unmask),
    Route("POST", CASE + "/reopen", on_case("reopen"), case_actions.reopen),
    Route("POST", CASE + "/raise", on_case("raise_level"), case_actions.raise_level),
    Route("POST", CASE + "/ask-lower", on_case("ask_lower"), case_actions.ask_lower),
    Route("POST", CASE + "/lower", on_case("lower_level"), case_actions.lower),
    Route("POST", CASE + "/hand-over", on_case("hand_over"), case_together.hand_over),
    Route("POST", CASE + "/accept", on_case("accept"), case_together.accept),
    Route("POST", CASE + "/decline", on_case("line"), case_together.decline),
    Route("POST", CASE + "/opinion", on_case("second_opinion"), case_together.ask_opinion),
    Route("POST", CASE + "/opinion-done", on_case("look"), case_together.opinion_done),
    Route("POST", CASE + "/whisper", on_case("whisper"), case_together.whisper),
    Route("POST", CASE + "/step-aside", on_case("step_aside"), case_together.step_aside),
    Route("GET", CASE + "/identity", IDENTITY, identity.identity_page),
    Route("POST", CASE + "/identity/ask", on_case("ask_identity", proven=True), identity.identity_ask),
    Route("POST", CASE + "/identity/decide", on_case("agree_identity", proven=True), identity.identity_decide),
    Route("POST", CASE + "/identity/show", on_case("ask_identity", proven=True), identity.identity_show),
    Route("GET", "/identity", LEADS, identity.identity_list),
    Route("GET", "/search", DESK, search.search_page),
    Route("POST", "/search/words", DESK, search.search_words),
    Route("GET", "/shift", DESK, shift.shift_page),
    Route("POST", "/shift", DESK, shift.shift_form),
    Route("POST", "/break", DESK, care.rest),
    Route("POST", "/back", DESK, care.back),
    Route("POST", "/talk", DESK, care.ask_talk),
    Route("POST", "/talk/take", DESK, care.take_talk),
    Route("POST", "/let-go-on", LEADS, care.let_go_on),
    Route("GET", "/leave", DESK, leaving.leave_page),
    Route("POST", "/leave", DESK, leaving.leave_form),
    Route("GET", "/guide", SIGNED_IN, shift.guide_page),
    Route("GET", "/audit", AUDITOR, audit.audit_page),
    Route("GET", "/audit/export", AUDITOR_AGAIN, audit.audit_export),
    Route("GET", "/operator", OPERATOR, operator.operator_page),
    Route("POST", "/operator/quarantine" + ROW + "/{what:replay|drop}", OPERATOR, operator.quarantine_form),
    Route("POST", "/operator/parked" + ROW + "/{what:again|drop}", OPERATOR, operator.parked_form),
)


def add_routes(app: web.Application, *, demo: bool) -> None:
    """Add every route, each behind its rule. One-use sign-in links exist on a throw-away store only."""
    for route in ROUTES:
        if demo or not route.demo:
            app.router.add_route(route.method, route.path, guarded(route.rule, route.handler))
