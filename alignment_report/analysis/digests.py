"""What is remembered of answers, ids and keys: digests that tell nothing to whoever lacks the wave's key.

HMAC-SHA256 (RFC 2104), cut to 128 bits; each kind of content has a prefix of its own, so that no digest can stand for another kind.
"""

import hmac
import json
from datetime import date

from alignment_report.model.assessment import Respondent

DIGITS = 32
"""Hexadecimal digits of a digest: 128 bits."""


def content(respondent: Respondent) -> bytes:
    """All of a person that figures rest on, in one form: function, level and answers; neither the id nor the order of the file."""
    parts = [respondent.function, respondent.level, sorted(respondent.answers.items())]
    return json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()


def answers_digest(answers: bytes, key: str) -> str:
    """The digest of a person's `content`."""
    return _digest(key, b"answers:" + answers)


def id_digest(id: str, key: str) -> str:
    """The digest of a respondent's id."""
    return _digest(key, b"id:" + id.encode())


def key_check(key: str) -> str:
    """By what a key is known again."""
    return _digest(key, b"key")


def member_digest(as_of: date, key: str) -> str:
    """By what the holder of a wave's key finds it in the benchmark of a day; another day's holds another one."""
    return _digest(key, b"benchmark:" + as_of.isoformat().encode())


def _digest(key: str, message: bytes) -> str:
    return hmac.new(key.lower().encode(), message, "sha256").hexdigest()[:DIGITS]
