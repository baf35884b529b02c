"""The periods of the law, in working days."""

from __future__ import annotations

ANSWER_DAYS = 20  # Regulation 33
EXTENSION_LIMIT = 20  # Regulation 33
CLARIFICATION_DAYS = 7  # Regulation 30
PARTY_DAYS = 15  # Regulation 32
PAYMENT_DAYS = 20  # 国办函〔2020〕109号
