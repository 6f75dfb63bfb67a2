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
    """Middleware, outermost: `Server-Timing: app;dur=MS, cpu;dur=MS, sql;dur=MS;desc="STATEMENTS"`. `cpu` is this process's
    own work, whatever else the machine does; `sql` includes waiting for the database."""

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

        began, worked = time.perf_counter(), time.thread_time()
        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        took, cpu = time.perf_counter() - began, time.thread_time() - worked
        response["Server-Timing"] = (
            f'app;dur={took * 1000:.1f}, cpu;dur={cpu * 1000:.1f}, sql;dur={spent * 1000:.1f};desc="{statements}"'
        )
        return response
