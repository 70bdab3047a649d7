"""How the practice Telegram refuses a bot: an error code, Telegram's own description, and parameters."""

from bot.sandbox.values import JsonObject


class ApiError(Exception):
    """One refusal. `description` is what the Bot API sends, prefix included."""

    def __init__(self, code: int, description: str, parameters: JsonObject | None = None) -> None:
        """`parameters` may hold `retry_after` (seconds) or `migrate_to_chat_id`."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}

    def body(self) -> JsonObject:
        """The reply as the Bot API words it."""
        body: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str, parameters: JsonObject | None = None) -> ApiError:
    """A 400."""
    return ApiError(400, f"Bad Request: {reason}", parameters)


def forbidden(reason: str) -> ApiError:
    """A 403."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """A 409."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """A 429 that asks to wait so many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
