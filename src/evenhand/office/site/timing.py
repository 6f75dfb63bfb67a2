"""How long the office worked for an answer and how often it asked the database, said with the answer: `Server-Timing`.

Only where EVENHAND_TIMING=1: how long an answer took can tell a stranger what was found.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse


class Timing:
    """Middleware, outermost: `Server-Timing: app;dur=MILLISECONDS, sql;dur=MILLISECONDS;desc="STATEMENTS"`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        statements, spent = 0, 0.0

        def counted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal statements, spent
            began = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                statements += 1
                spent += time.perf_counter() - began

        began = time.perf_counter()
        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        took = time.perf_counter() - began
        response["Server-Timing"] = f'app;dur={took * 1000:.1f}, sql;dur={spent * 1000:.1f};desc="{statements}"'
        return response
