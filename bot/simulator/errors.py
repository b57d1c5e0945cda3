"""The refusals of the Bot API, in Telegram's exact words, and the one exception that carries them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

REFUSALS: dict[str, tuple[int, str]] = {
    "unauthorized": (401, "Unauthorized"),
    "invalid_token": (401, "Unauthorized: invalid token specified"),
    "not_found": (404, "Not Found"),
    "no_method": (404, "Not Found: method not found"),
    "webhook_active": (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    ),
    "other_poller": (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    ),
    "webhook_set": (409, "Conflict: terminated by setWebhook request"),
    "blocked": (403, "Forbidden: bot was blocked by the user"),
    "deactivated": (403, "Forbidden: user is deactivated"),
    "not_started": (403, "Forbidden: bot can't initiate conversation with a user"),
    "kicked": (403, "Forbidden: bot was kicked from the supergroup chat"),
    "not_member": (403, "Forbidden: bot is not a member of the supergroup chat"),
    "chat_not_found": (400, "Bad Request: chat not found"),
    "chat_empty": (400, "Bad Request: chat_id is empty"),
    "upgraded": (400, "Bad Request: group chat was upgraded to a supergroup chat"),
    "not_modified": (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message",
    ),
    "edit_not_found": (400, "Bad Request: message to edit not found"),
    "cant_edit": (400, "Bad Request: message can't be edited"),
    "delete_not_found": (400, "Bad Request: message to delete not found"),
    "cant_delete": (400, "Bad Request: message can't be deleted"),
    "no_ids": (400, "Bad Request: message identifiers are not specified"),
    "too_many_ids": (400, "Bad Request: too many message identifiers specified"),
    "no_thread": (400, "Bad Request: message thread not found"),
    "not_a_forum": (400, "Bad Request: the chat is not a forum"),
    "no_topic_rights": (400, "Bad Request: not enough rights to create a topic"),
    "topic_name_empty": (400, "Bad Request: topic name is empty"),
    "topic_not_modified": (400, "Bad Request: TOPIC_NOT_MODIFIED"),
    "cant_parse": (400, "Bad Request: can't parse entities: unsupported start tag at byte offset 0"),
    "empty": (400, "Bad Request: message text is empty"),
    "too_long": (400, "Bad Request: message is too long"),
    "caption_too_long": (400, "Bad Request: message caption is too long"),
    "button_data": (400, "Bad Request: BUTTON_DATA_INVALID"),
    "button_type": (
        400,
        "Bad Request: can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
    ),
    "button_url": (400, "Bad Request: BUTTON_URL_INVALID"),
    "reply_not_found": (400, "Bad Request: message to be replied not found"),
    "old_query": (400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
    "answer_too_long": (400, "Bad Request: MESSAGE_TOO_LONG"),
    "no_file": (400, "Bad Request: there is no file in the request"),
    "wrong_file": (400, "Bad Request: wrong file identifier/HTTP URL specified"),
    "no_copy": (400, "Bad Request: message can't be copied"),
    "bad_webhook": (400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"),
    "secret": (400, "Bad Request: secret token contains unallowed characters"),
    "bad_json": (400, "Bad Request: can't parse request JSON object"),
    "not_number": (400, "Bad Request: a parameter is not a valid Integer"),
    "name_too_long": (400, "Bad Request: a name or description is too long"),
    "bad_command": (400, "Bad Request: BOT_COMMAND_INVALID"),
    "user_not_found": (400, "Bad Request: user not found"),
    "server_error": (500, "Internal Server Error"),
}


class Refusal(Exception):
    """A call is answered with `ok: false`: the code, the words, and perhaps parameters (retry_after, migrate_to_chat_id)."""

    def __init__(self, code: int, text: str, parameters: Json | None = None) -> None:
        super().__init__(f"{code} {text}")
        self.code, self.text, self.parameters = code, text, parameters

    def body(self) -> Json:
        """Return the JSON object that goes to the bot."""
        answer: Json = {"ok": False, "error_code": self.code, "description": self.text}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def refusal(name: str, parameters: Json | None = None) -> Refusal:
    """Return the refusal with this short name."""
    code, text = REFUSALS[name]
    return Refusal(code, text, parameters)


def too_many(seconds: int) -> Refusal:
    """Return a 429 that asks to wait so long."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
