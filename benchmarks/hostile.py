"""Does anybody notice when the server is attacked?

    python benchmarks/hostile.py             500 mutated addresses, 500 mutated messages, 100 uploads, slow clients

One honest visitor moves a slider all the time. Meanwhile come: addresses made of real ones by seeded mutation; messages
recorded from a real session and mutated, and some that are known to make the libraries below run what they are told;
bodies and messages that are too large; foreign origins and host names; clients that send a byte now and then. Nothing may
be executed, no answer may be a failure or show a traceback, the honest visitor must get every picture, and the server's
memory must stay.
"""

import argparse
import asyncio
import contextlib
import http.client
import json
import random
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psutil
from visitor import DroppedError, Visitor, health, served
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

HTTP = "http:" + "//"
HTTPS = "https:" + "//"
SEED = 5
CHILDREN = "4000"
N_UPLOADS, N_FOREIGN, N_SLOW = 100, 50, 60
SECONDS_FOR_SLOW = 20.0
GROWTH_ALLOWED = 1.35
MEGABYTE = 1024 * 1024
MARK = "Traceback (most recent call last)"
SCRIPT = "<script>alert(5)</script>"
PATHS = (
    "/", "/resourcez", "/readyz", "/health", "/_solara/cdn/echarts@5.4.0/dist/echarts.min.js", "/static/assets/style.css",
    "/_solara/api/close/1?session_id=2", "/_solara/api/evict/1", "/jupyter/api/kernels/1", "/jupyter/api/kernels/1/channels",
    "/jupyter/nbextensions/jupyter-vue/nodeps.js", "/?hospital.accredit.pass_rate=0.4&seed=3&language=zh", "/decide?room=decide#x",
    "/static/public/a",
)  # fmt: skip
PIECES = (
    SCRIPT, quote(SCRIPT), "../" * 6 + "etc/passwd", "%2e%2e%2f" * 6 + "etc%2fpasswd", "%00", "%0d%0aSet-Cookie:a=b", "{{7*7}}",
    "${7*7}", "'; DROP TABLE a;--", "\\..\\..", "//", "%ff%fe", "%F0%9F%98%80", "?" * 9, "&seed=" + "9" * 400, "seed=nan", "=1e999",
    "__import__('os')", "A" * 3_000, "A" * 9_000, "%25" * 50, ";", "#", "kernelid=x", "modelid=x",
)  # fmt: skip


class Attack:
    """What was sent and what came of it."""

    def __init__(self, address: str, luck: random.Random, trap: Path) -> None:
        self.address, self.luck, self.trap = address, luck, trap
        self.place = urlsplit(address)
        self.answers: Counter[str] = Counter()
        self.faults: list[str] = []

    def note(self, kind: str, status: int | str, body: str = "") -> None:
        """Judge one answer."""
        self.answers[f"{kind} {status}"] += 1
        is_failure = isinstance(status, int) and status >= 500 and "lang=" not in body  # the page of a full house is no failure
        if is_failure or MARK in body or SCRIPT in body:
            self.faults.append(f"{kind}: {status} {body[:200]!r}")

    def ask(self, kind: str, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> None:
        """Send one request and judge the answer; a connection that is cut off is an answer, too."""
        connection = http.client.HTTPConnection(self.place.hostname or "", self.place.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in ({"Host": self.place.netloc} | headers).items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            self.note(kind, answer.status, answer.read().decode(errors="replace"))
        except (http.client.HTTPException, OSError) as error:
            self.note(kind, type(error).__name__)
        finally:
            connection.close()

    def mutated_path(self) -> str:
        """A real address, changed in one to four places, of characters that can be sent at all."""
        path = self.luck.choice(PATHS)
        for _ in range(self.luck.randint(1, 4)):
            at = self.luck.randint(1, len(path))
            put = self.luck.choice(PIECES) if self.luck.random() < 0.7 else quote(self.luck.randbytes(self.luck.randint(1, 20)))
            path = path[:at] + put + path[at + self.luck.choice((0, 0, 1, 5)) :]
        return "".join(letter for letter in path if "!" <= letter <= "~")


def addresses(attack: Attack, n: int) -> None:
    """Mutated addresses, some with headers that proxies set."""
    lies = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "javascript",
        "X-Script-Name": "//evil.example",
        "Cookie": "a" * 5_000,
    }
    for _ in range(n):
        headers = {name: value for name, value in lies.items() if attack.luck.random() < 0.2}
        attack.ask("address", attack.luck.choice(("GET",) * 8 + ("HEAD", "PUT", "DELETE", "TRACE")), attack.mutated_path(), headers)


def uploads(attack: Attack, n: int) -> None:
    """Bodies where none is expected, small and large."""
    for number in range(n):
        body = attack.luck.randbytes(attack.luck.choice((10, 10_000, 3_000_000) if number % 10 == 0 else (10, 1_000)))
        path = attack.luck.choice(("/", "/_solara/api/close/1?session_id=2", "/upload", "/jupyter/api/contents/a.py"))
        attack.ask("upload", attack.luck.choice(("POST", "PUT", "GET")), path, {"Content-Length": str(len(body))}, body)


async def foreign(attack: Attack, n: int) -> None:
    """Websockets of foreign pages and requests for foreign host names: none may get in."""
    origins = (
        None,
        f"{HTTP}evil.example",
        "null",
        f"{HTTP}{attack.place.netloc}.evil.example",
        f"{HTTPS}{attack.place.netloc}@evil",
        "",
    )
    for number in range(n):
        visitor = Visitor(attack.address)
        try:
            async with connect(visitor.channel, origin=origins[number % len(origins)]):  # pyright: ignore[reportArgumentType]
                attack.faults.append(f"a websocket of origin {origins[number % len(origins)]!r} got in")
        except InvalidStatus as refused:
            attack.note("foreign origin", refused.response.status_code)
        await asyncio.to_thread(attack.ask, "foreign host", "GET", "/", {"Host": f"evil{number}.example"})


def dangerous(widget: str, trap: Path) -> list[dict[str, Any]]:
    """Messages that the libraries below would obey: without the wrapper the first one writes the file."""
    code = f"open({str(trap)!r}, 'w').close()"
    calls: list[tuple[list[str], dict[str, Any]]] = [
        (["numpy", "savez"], {"file": str(trap)}),
        (["IPython", "start_ipython"], {"argv": ["-c", code]}),
        (["ipykernel.kernelapp", "launch_new_instance"], {"argv": [f"--IPKernelApp.exec_lines={code}"]}),
        (["subprocess", "Popen"], {"args": ["touch", str(trap)]}),
        (["antigravity", "x"], {"a": {"functionRef": "close"}}),
    ]
    made: list[dict[str, Any]] = [{"create_widget": target, "props": props, "id": "x"} for target, props in calls]
    made.append({"update_ref": {"functionRef": "close"}, "prop": "layout", "id": widget})
    made.append({"event": "__class__", "data": {}})
    made.append({"event": "move", "data": {"functionRef": "close"}, "destroy_widget": widget})
    custom = [{"comm_id": widget, "data": {"method": "custom", "content": content}} for content in made]
    state = {"_model_module": "@jupyter-widgets/controls", "_model_name": "FileUploadModel"}
    opened = {"comm_id": "y", "target_name": "jupyter.widget", "data": {"state": state}, "metadata": {"version": "2.1.0"}}
    changed = {"method": "update", "state": {"template": f"<img src=x onerror={SCRIPT}>"}}
    return [*custom, opened, {"comm_id": widget, "data": changed}]


async def messages(attack: Attack, n: int) -> None:
    """Recorded messages, mutated: a page is opened again whenever the server has had enough of it."""
    attacker = await fresh(attack.address)
    recorded = list(attacker.sent)
    await attacker.drag(attacker.levers[0], attacker.levers[0].high)
    recorded.append(attacker.sent[-1])
    n_pages = 1
    for number in range(n):
        bad = dangerous(attacker.levers[0].widget, attack.trap)
        if number < 2 * len(bad):
            sent: str | bytes = json.dumps(json.loads(recorded[-1]) | {"content": bad[number % len(bad)]})
            sent = sent.replace('"msg_type": "comm_msg"', '"msg_type": "comm_open"') if "target_name" in sent else sent
        else:
            sent = mutated(attack.luck, attack.luck.choice(recorded))
        with contextlib.suppress(DroppedError):
            await attacker.say_raw(sent)
            await asyncio.sleep(0.05)
        attack.answers["message ended the connection" if attacker.is_over else "message let through or ignored"] += 1
        if attacker.is_over or number % 25 == 0:
            attack.faults += ["a traceback was sent to the page"] * attacker.n_tracebacks
            await attacker.close()
            attacker = await fresh(attack.address)
            n_pages += 1
    attack.answers["pages of the attacker"] += n_pages
    await attacker.close()


async def fresh(address: str) -> Visitor:
    """A page of the attacker, drawn."""
    visitor = Visitor(address)
    await visitor.open()
    await visitor.first_picture()
    return visitor


def mutated(luck: random.Random, message: str) -> str | bytes:
    """A message with its text, its shape or its framing changed."""
    kind = luck.randrange(7)
    if kind == 0:
        at = luck.randrange(len(message))
        return message[:at] + luck.choice(("", "\x00", '"', "{", "\u202e", "NaN", "9" * 5_000)) + message[at + luck.randrange(9) :]
    if kind == 1:
        return "[" * luck.choice((10, 100_000))
    if kind == 2:
        return luck.randbytes(luck.randrange(2_000))
    if kind == 3:
        return struct.pack("!I", luck.choice((0, 1, 2**31, 2**32 - 1))) + luck.randbytes(64) + message.encode()
    if kind == 4:
        return message.ljust(luck.choice((1_000_000, 2_500_000)))
    return json.dumps(scrambled(luck, json.loads(message)))


def scrambled(luck: random.Random, value: object) -> object:
    """The same shape with some parts of another kind, other names, or missing."""
    odd = (
        None,
        True,
        -1,
        1e308,
        "",
        "x" * 300,
        SCRIPT,
        [],
        {},
        {"functionRef": "close"},
        ["a"] * 50,
        "__class__",
        "shutdown_request",
    )
    if luck.random() < 0.12:
        return luck.choice(odd)
    if isinstance(value, dict):
        return {
            (luck.choice(("_view_name", name)) if luck.random() < 0.05 else name): scrambled(luck, inner)
            for name, inner in value.items()
        }
    return [scrambled(luck, inner) for inner in value] if isinstance(value, list) else value


def slow(attack: Attack, n: int) -> None:
    """Clients that say little and late: the server must cut them off."""
    clients = [socket.create_connection((attack.place.hostname, attack.place.port)) for _ in range(n)]
    starts = (
        b"",
        b"GET / HTTP/1.1\r\nHost: ",
        f"POST / HTTP/1.1\r\nHost: {attack.place.netloc}\r\nContent-Length: 999\r\n\r\n".encode(),
    )
    for number, client in enumerate(clients):
        client.settimeout(0.2)
        client.sendall(starts[number % len(starts)])
    until, open_ = time.monotonic() + SECONDS_FOR_SLOW, set(clients)
    while open_ and time.monotonic() < until:
        time.sleep(1)
        open_ = {client for client in open_ if is_open(client)}
    attack.answers["slow client cut off"] += n - len(open_)
    attack.faults += ["a slow client was never cut off"] * len(open_)
    for client in clients:
        client.close()


def is_open(client: socket.socket) -> bool:
    """Send one more byte; whether anybody still listens."""
    try:
        client.sendall(b"a")
        client.setblocking(False)
        try:
            while client.recv(4_096):
                pass
        except BlockingIOError:
            return True
    except OSError:
        return False
    finally:
        with contextlib.suppress(OSError):
            client.settimeout(0.2)
    return False


async def honest(visitor: Visitor, is_over: asyncio.Event, seconds: list[float], faults: list[str]) -> None:
    """Move a slider to and fro; every picture must come."""
    lever, number = visitor.levers[0], 0
    try:
        while not is_over.is_set():
            number += 1
            seconds.append(
                await visitor.move(lever, round(lever.low + (lever.high - lever.low) * (0.1 + 0.0007 * (number % 1_000)), 9), 30)
            )
            await asyncio.sleep(0.3)
    except DroppedError as dropped:
        faults.append(f"the honest visitor was disturbed: {dropped}")
    if visitor.n_tracebacks:
        faults.append("the honest visitor saw a traceback")


async def attack_all(attack: Attack, server: subprocess.Popen[bytes], n: int) -> tuple[list[float], list[int]]:
    """Run every attack beside the honest visitor; the seconds its pictures took and the server's memory."""
    visitor, is_over, seconds = await fresh(attack.address), asyncio.Event(), list[float]()
    walking = asyncio.create_task(honest(visitor, is_over, seconds, attack.faults))
    process = psutil.Process(server.pid)
    await messages(attack, min(50, n))
    memory = [process.memory_info().rss]
    rounds: dict[str, Callable[[], None]] = {
        "addresses": lambda: addresses(attack, n),
        "uploads": lambda: uploads(attack, N_UPLOADS),
        "slow clients": lambda: slow(attack, N_SLOW),
    }
    for name, strike in rounds.items():
        began = time.monotonic()
        await asyncio.to_thread(strike)
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    await foreign(attack, N_FOREIGN)
    await messages(attack, n)
    is_over.set()
    await walking
    memory.append(process.memory_info().rss)
    await visitor.close()
    return seconds, memory


def main() -> int:
    """Print the figures; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description="An attack on the server")
    parser.add_argument("--cases", type=int, default=500)
    n = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        trap, log = Path(folder) / "executed", Path(folder) / "log"
        address, server = stack.enter_context(served("--sessions", "20", log=log, ALLIANCE_CHILDREN=CHILDREN))
        attack = Attack(address, random.Random(SEED), trap)  # noqa: S311  the same attack every time
        seconds, memory = asyncio.run(attack_all(attack, server, n))
        time.sleep(2)
        state = health(address)
        written = log.read_text(errors="replace").partition("\n")[2]  # the first line says where the server itself is
        if {path.name for path in Path(folder).iterdir()} != {log.name}:
            attack.faults.append("something was executed")
    if state["sessions"]:
        attack.faults.append(f"{state['sessions']} sessions are left")
    if "127.0.0.1" in written:
        attack.faults.append("the log holds an address")
    if memory[1] > GROWTH_ALLOWED * memory[0]:
        attack.faults.append("memory grew")
    tell(attack, seconds, memory, written.count(MARK))
    return int(bool(attack.faults))


def tell(attack: Attack, seconds: list[float], memory: list[int], n_tracebacks: int) -> None:
    """Print what was sent, what came of it, and what was wrong."""
    for kind, number in sorted(attack.answers.items()):
        print(f"  {kind}: {number}")
    median, longest = 1_000 * statistics.median(seconds), 1_000 * max(seconds)
    print(f"honest visitor: {len(seconds)} pictures, median {median:.0f} ms, longest {longest:.0f} ms")
    before, after = (found / MEGABYTE for found in memory)
    print(f"memory: {before:.0f} MB, {after:.0f} MB at the end; tracebacks in the log: {n_tracebacks}")
    for fault, number in Counter(attack.faults).most_common(20):
        print(f"FAULT {number} x {fault}")
    print("MISSED" if attack.faults else "kept")


if __name__ == "__main__":
    sys.exit(main())
