"""Every refusal and accident as a sentence that says what to do, and never with the token in it."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.hub.conftest import Run
from tests.local_hub import TEST_TOKEN, LocalHub
from tests.waiting import until
from tui.domain.errors import ErrorKind, HubError
from tui.hub.client import HubClient
from tui.hub.credentials import Token
from tui.hub.endpoint import Endpoint
from tui.hub.gauge import read_gauge, skew_seconds
from tui.hub.request import Ask
from tui.hub.thread import HubThread
from tui.hub.translate import from_response
from tui.hub.transport import _tls

BODY = {"dockerImage": "x", "command": ["x"], "flavor": "cpu-basic", "secrets": {"KEY": "sesame-open"}}


def failure(run: Run[Any], coroutine: Any) -> HubError:
    with pytest.raises(HubError) as raised:
        run(coroutine)
    return raised.value


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (400, ErrorKind.REFUSED, "refused"),
        (401, ErrorKind.UNAUTHORIZED, "start this program with the HF_TOKEN it printed"),
        (402, ErrorKind.NO_CREDIT, "/settings/billing"),
        (403, ErrorKind.FORBIDDEN, "permission"),
        (404, ErrorKind.NOT_FOUND, "namespace"),
        (406, ErrorKind.REFUSED, "nothing of the kind"),
        (409, ErrorKind.CONFLICT, "Refresh"),
        (422, ErrorKind.REFUSED, "Correct"),
        (429, ErrorKind.RATE_LIMITED, "too many"),
        (500, ErrorKind.SERVER, "trouble"),
        (503, ErrorKind.SERVER, "trouble"),
    ],
)
def test_each_status_says_what_happened_and_what_to_do(
    hub: LocalHub, client: HubClient, run: Run[Any], status: int, kind: ErrorKind, words: str
) -> None:
    hub.fail("*", "/api/jobs/*", status=status, body={"error": "so it is"}, headers={"X-Request-Id": "r-1"})
    error = failure(run, client.get_job(hub.user, "abc"))
    assert (error.kind, error.status, error.detail, error.request_id) == (kind, status, "so it is", "r-1")
    assert error.title.startswith(f"Could not read job abc of {hub.user}: ")
    assert words in f"{error.title} {error.advice}"
    assert not error.outcome_unclear


@pytest.mark.parametrize(
    ("body", "headers", "detail"),
    [
        ({"error": "one"}, {}, "one"),
        ({"error": ["one", "two"]}, {}, "one\ntwo"),
        ({"errors": [{"message": "one"}, {"message": "two"}]}, {}, "one\ntwo"),
        ({"error": "code", "error_description": "text"}, {}, "code\ntext"),
        ({"error": {"message": "deep"}}, {}, "deep"),
        ("plain text", {"content-type": "text/plain"}, "plain text"),
        ("<html>Bad Gateway</html>", {"content-type": "text/html"}, ""),
        ("<html>Bad Gateway</html>", {}, ""),
        ("", {"X-Error-Message": "from the header"}, "from the header"),
        ({"error": "same"}, {"X-Error-Message": "same"}, "same"),
        ([1, 2], {}, ""),
        ("{broken", {}, "{broken"),
        ({"error": "\x1b]52;c;ZXZpbA==\x07red [/x]"}, {}, "red [/x]"),
        ({"error": None}, {}, ""),
    ],
)
def test_the_servers_words_in_all_their_forms(
    hub: LocalHub, client: HubClient, run: Run[Any], body: Any, headers: dict[str, str], detail: str
) -> None:
    hub.fail("POST", "/api/jobs/*", status=400, body=body, headers=headers)
    assert failure(run, client.create_job(hub.user, BODY)).detail == detail


def test_a_payer_without_credit_is_sent_to_its_own_billing_page(
    hub: LocalHub, client: HubClient, run: Run[Any]
) -> None:
    run(client.whoami())
    organisation = hub.organisations[0]
    hub.fail("POST", "/api/jobs/*", status=402)
    own = failure(run, client.create_job(hub.user, BODY))
    assert f"{hub.endpoint}/settings/billing" in own.advice
    theirs = failure(run, client.create_job(organisation, BODY))
    assert f"{hub.endpoint}/organizations/{organisation}/settings/billing" in theirs.advice
    assert organisation in theirs.title


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"RateLimit": '"api";r=0;t=42'}, 42.0),
        ({"RateLimit": '"api";r=3;t=42'}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"Retry-After": "-5"}, None),
    ],
)
def test_how_long_to_wait_is_what_the_limit_that_struck_says(
    hub: LocalHub, client: HubClient, run: Run[Any], headers: dict[str, str], seconds: float | None
) -> None:
    limits = {"RateLimit": "", **headers}
    hub.fail("GET", "/api/whoami-v2", status=429, headers=limits)
    assert failure(run, client.whoami()).retry_after_seconds == seconds


@pytest.mark.parametrize(
    "fault",
    [{"status": 500}, {"status": 502}, {"status": 504}, {"reset": True}, {"status": 200, "body": "?"}],
)
def test_a_write_whose_answer_is_lost_may_have_been_done(
    hub: LocalHub, client: HubClient, run: Run[Any], fault: dict[str, Any]
) -> None:
    hub.fail("POST", "/api/jobs/*", **fault)
    assert failure(run, client.create_job(hub.user, BODY)).outcome_unclear
    assert sum(request.method == "POST" for request in hub.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 422, 429])
def test_a_write_that_was_refused_was_not_done(
    hub: LocalHub, client: HubClient, run: Run[Any], status: int
) -> None:
    hub.fail("POST", "/api/jobs/*", status=status)
    assert not failure(run, client.create_job(hub.user, BODY)).outcome_unclear


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<html>welcome</html>", "text/html"),
        ("{", "application/json"),
        ("[" * 100_000, "application/json"),
        ('{"jobs": []}', "application/json"),
        ("null", "application/json"),
        (b"\xff\xfe\x00", "application/octet-stream"),
    ],
)
def test_an_answer_of_something_else_points_at_the_address(
    hub: LocalHub, client: HubClient, run: Run[Any], body: Any, content_type: str
) -> None:
    hub.fail("GET", "/*", status=200, body=body, headers={"content-type": content_type})

    async def listing() -> None:
        async for _page in client.list_jobs(hub.user):
            pass

    for coroutine in (listing(), client.get_job(hub.user, "x"), client.whoami(), client.hardware()):
        error = failure(run, coroutine)
        assert error.kind is ErrorKind.GARBLED
        assert hub.endpoint in error.advice


def test_one_unreadable_job_does_not_hide_the_others(hub: LocalHub, client: HubClient, run: Run[Any]) -> None:
    good = {"id": "good", "status": {"stage": "RUNNING", "message": "half \ud800"}}
    text = '[{"id": 5}, "x", {"id": "good", "status": {"stage": "RUNNING", "message": "half \\ud800"}}]'
    hub.fail("GET", "/api/jobs/*", status=200, body=text)

    async def listing() -> list[str]:
        return [job.id async for page in client.list_jobs(hub.user) for job in page]

    assert run(listing()) == [good["id"]]


def test_a_port_nobody_listens_at_is_told(hub_thread: HubThread, run: Run[Any]) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = HubClient(f"http://127.0.0.1:{unused.getsockname()[1]}", lambda: Token("hf_x", "the test"))
        error = failure(run, client.create_job("ada", BODY))
    assert error.kind is ErrorKind.UNREACHABLE
    assert "nothing answers" in error.title
    assert "hf-jobs-tui hub" in error.advice
    assert not error.outcome_unclear
    run(client.close())


def test_warnings_of_the_hub_are_told_once_a_topic(run: Run[Any]) -> None:
    """Beside any answer, a refusal too; several in one answer; what has no topic is one (as `hf`)."""
    told: list[str] = []
    answers = [
        (200, ["plan; Your plan ends soon", "python; 3.9 is not supported"]),
        (503, ["plan; Your plan ends now", "maintenance;Back at 9"]),
        (404, ["Read this", " ; not told: it has no topic either", "empty;  ", "late; \x1b]0;x\x07[b]red"]),
        (200, [f"token; {TEST_TOKEN} is old"]),
        (200, [f"t{number}; text {number}" for number in range(200)]),
    ]

    def handle(request: httpx2.Request) -> httpx2.Response:
        status, warnings = answers.pop(0)
        headers = [(b"x-hf-warning", text.encode()) for text in warnings]
        return httpx2.Response(status, headers=headers, json=[])

    client = HubClient(
        "https://huggingface.co",
        lambda: Token(TEST_TOKEN, "the test"),
        http_transport=lambda: httpx2.MockTransport(handle),
    )
    client.tell_warnings(lambda warning: told.append(f"{warning.status} {warning.text}"))
    while answers:
        with suppress(HubError):
            run(client.whoami())
    run(client.close())
    assert told[:6] == [
        "200 Your plan ends soon",
        "200 3.9 is not supported",
        "503 Back at 9",
        "404 Read this",
        "404 [b]red",
        "200 (token hidden) is old",
    ]
    assert len(told) <= 100


Raiser = Callable[[Exception], HubClient]


@pytest.fixture
def raising(run: Run[Any]) -> Iterator[Raiser]:
    """Makes a client of the Hub whose every request ends in an exception, as no server can cause it."""
    clients = []

    def make(error: Exception) -> HubClient:
        def handle(request: httpx2.Request) -> httpx2.Response:
            raise error

        client = HubClient(
            "https://huggingface.co",
            lambda: Token(TEST_TOKEN, "the test"),
            http_transport=lambda: httpx2.MockTransport(handle),
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        run(client.close())


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind", "words", "unclear"),
    [
        (
            caused(httpx2.ConnectError("x"), socket.gaierror(-2, "unknown")),
            ErrorKind.UNREACHABLE,
            "name huggingface.co is not known",
            False,
        ),
        (
            caused(httpx2.ConnectError("x"), ssl.SSLCertVerificationError("bad certificate")),
            ErrorKind.UNREACHABLE,
            "SSL_CERT_FILE",
            False,
        ),
        (httpx2.ConnectError("x"), ErrorKind.UNREACHABLE, "no connection", False),
        (httpx2.ProxyError("407"), ErrorKind.UNREACHABLE, "HTTPS_PROXY", False),
        (httpx2.ConnectTimeout("x"), ErrorKind.TIMED_OUT, "no connection", False),
        (httpx2.PoolTimeout("x"), ErrorKind.TIMED_OUT, "no connection", False),
        (httpx2.ReadTimeout("x"), ErrorKind.TIMED_OUT, "no answer", True),
        (httpx2.WriteTimeout("x"), ErrorKind.TIMED_OUT, "no answer", True),
        (httpx2.ReadError("x"), ErrorKind.UNREACHABLE, "broke", True),
        (httpx2.RemoteProtocolError("x"), ErrorKind.UNREACHABLE, "broke", True),
        (httpx2.LocalProtocolError("x"), ErrorKind.REFUSED, "cannot be put", False),
        (httpx2.DecodingError("x"), ErrorKind.GARBLED, "broken answer", True),
        (httpx2.UnsupportedProtocol("x"), ErrorKind.UNREACHABLE, "no usable address", False),
        (httpx2.InvalidURL("x"), ErrorKind.UNREACHABLE, "no usable address", False),
        (ssl.SSLError("decryption failed"), ErrorKind.UNREACHABLE, "broke", True),
        (ConnectionResetError("x"), ErrorKind.UNREACHABLE, "broke", True),
    ],
)
def test_each_accident_says_what_to_look_at(
    raising: Raiser, run: Run[Any], error: Exception, kind: ErrorKind, words: str, unclear: bool
) -> None:
    told = failure(run, raising(error).create_job("ada", BODY))
    assert told.kind is kind
    assert words in f"{told.title} {told.advice}"
    assert told.outcome_unclear is unclear


def test_a_proxy_setting_that_makes_no_sense_is_told(run: Run[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://proxy")
    client = HubClient("https://huggingface.co", lambda: Token("hf_x", "the test"))
    error = failure(run, client.whoami())
    assert error.kind is ErrorKind.UNREACHABLE
    assert "HTTPS_PROXY" in error.advice


def test_no_proxy_stands_before_this_machine(
    hub: LocalHub, client: HubClient, run: Run[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert run(client.whoami()).name == hub.user


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 400, "body": {"error": f"bad header Bearer {TEST_TOKEN} and hf_abcdefgh12345678"}},
        {"status": 500, "body": f"token={TEST_TOKEN}", "headers": {"X-Error-Message": TEST_TOKEN}},
        {"status": 401, "body": {"error": [TEST_TOKEN]}},
        {"status": 302, "body": "", "headers": {"Location": f"http://evil.example/?token={TEST_TOKEN}"}},
        {"status": 200, "body": TEST_TOKEN},
        {"reset": True},
    ],
)
def test_the_token_shows_in_no_error_and_no_log(
    hub: LocalHub,
    client: HubClient,
    hub_thread: HubThread,
    crashes: list[BaseException],
    caplog: pytest.LogCaptureFixture,
    fault: dict[str, Any],
) -> None:
    hub.fail("*", "/api/jobs/*", **fault)
    with caplog.at_level(logging.DEBUG):
        hub_thread.submit(client.create_job(hub.user, BODY))
        until(lambda: crashes)
    error = crashes[0]
    assert isinstance(error, HubError)
    chain = [error, error.__cause__, error.__context__]
    told = [error.sentences(), repr(vars(error)), *map(repr, chain), *map(str, chain), caplog.text]
    for text in [*told, repr(client), repr(vars(client))]:
        assert TEST_TOKEN not in text
        assert "hf_abcdefgh12345678" not in text
        assert "sesame-open" not in text


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        ("HF_TOKEN in the environment", "beats the stored login"),
        ("--token", "leave --token out"),
        ("the login stored by `hf auth login`", "Run `hf auth login` again"),
    ],
)
def test_a_refused_token_is_told_by_where_it_came_from(source: str, advice: str) -> None:
    endpoint = Endpoint.parse("https://huggingface.co")
    ask = Ask("list the jobs", endpoint, "https://huggingface.co/api/jobs/ada", token=Token("hf_x", source))
    error = from_response(ask, 401, {}, b"")
    assert source in error.title
    assert advice in error.advice


@pytest.mark.parametrize("year", ["9999", "0001", "123456789", "2190"])
def test_a_hub_that_tells_an_absurd_date_moves_no_clock(year: str) -> None:
    assert skew_seconds({"Date": f"Fri, 31 Dec {year} 23:59:59 GMT"}, 1_790_000_000.0) == 0.0


def test_a_window_that_never_ends_is_not_believed() -> None:
    gauge = read_gauge({"RateLimit": '"api";r=0;t=999999999'}, now=0.0)
    assert gauge is not None
    assert gauge.pause_seconds(0.0) <= 600.0


def test_a_secure_server_on_this_machine_is_trusted_by_the_named_certificates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = ssl.create_default_context().get_ca_certs(binary_form=True)
    if not known:
        pytest.skip("this machine has no certificates")
    (tmp_path / "own.pem").write_text(ssl.DER_cert_to_PEM_cert(known[0]))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    context = _tls(Endpoint.parse("https://127.0.0.1:1"))
    assert isinstance(context, ssl.SSLContext)
    assert context.get_ca_certs(binary_form=True) == known[:1]
