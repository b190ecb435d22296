#!/usr/bin/env python3
"""A client for the doos protocol, in the standard library alone.

As a library:

    farm = Doos("localhost")
    ticket = farm.prepare(open("Report.bas", "rb").read(), "Main", {"data.csv": b"1;2"})
    if farm.wait(ticket).word == "Done":
        open("files.zip", "wb").write(farm.result(ticket))
    farm.delete(ticket)

On the command line: doos_client.py --help

The protocol: one request per connection. A request and its reply are both LEN|SHA1|PAYLOAD, where
LEN counts the bytes after the first pipe and SHA1 is over PAYLOAD.
"""

import argparse
import hashlib
import socket
import sys
import time
from pathlib import Path
from typing import Dict, NamedTuple, Optional

START = b"::file start::"
CONTENT = b"::file content::"
END = b"::file end::"


class DoosError(Exception):
    """The gateway answered [ERROR]; the text says why."""


class UnknownTicket(DoosError):
    """There is no such job, or no more."""


class Unreachable(Exception):
    """No gateway answered, or not in whole."""


class Status(NamedTuple):
    """How a job is doing: Enqueued, Dequeued, Done or Error, and the lines of its status file."""

    word: str
    lines: Dict[str, str]


class Doos:
    """A farm, by one of its gateways."""

    def __init__(self, host="localhost", port=8568, timeout=60.0):
        self.address = (host, port)
        self.timeout = timeout

    def prepare(self, script: bytes, func="Main", files: Optional[Dict[str, bytes]] = None, **extra) -> str:
        """Submits a macro with the files it reads; answers the ticket. Extra: pool, priority, timeout."""
        arguments = ["prepareJob", "initFunc=" + func]
        arguments += ["%s=%s" % pair for pair in extra.items() if pair[1] is not None]
        reply = self._ask(arguments, [("", script)] + list((files or {}).items()))
        marker = b"[OK] Ticket:"
        if not reply.startswith(marker):
            raise Unreachable("not a reply to prepareJob: %r" % reply[:80])
        return reply[len(marker):].decode("ascii")

    def status(self, ticket: str) -> Status:
        """Asks how the job is doing."""
        head, _, rest = self._ask(["statusJob", "ticket=" + ticket]).partition(START)
        _, _, text = rest.partition(CONTENT)
        pairs = (line.partition(":") for line in text[: -len(END)].decode("utf-8").splitlines())
        return Status(head.decode("ascii")[len("[OK] "):], {key: value for key, _, value in pairs})

    def wait(self, ticket: str, seconds=600.0, every=0.2) -> Status:
        """Asks until the job is Done or Error, or the time is over; answers the last status."""
        end = time.monotonic() + seconds
        status = self.status(ticket)
        while status.word not in ("Done", "Error") and time.monotonic() < end:
            time.sleep(every)
            status = self.status(ticket)
        return status

    def result(self, ticket: str) -> Optional[bytes]:
        """The zip that the job left, or None while it is not done or when it failed."""
        head, start, rest = self._ask(["returnJob", "ticket=" + ticket]).partition(START)
        _, content, data = rest.partition(CONTENT)
        return data[: -len(END)] if start and content else None

    def delete(self, ticket: str) -> None:
        """Removes the job; one that waits will not start, one that runs is stopped."""
        self._ask(["deleteJob", "ticket=" + ticket])

    def terminate(self) -> None:
        """Stops the gateway, where it permits that."""
        self._ask(["terminate"])

    def _ask(self, arguments, files=()) -> bytes:
        parts = [name.encode("utf-8") + CONTENT + data + END for name, data in files]
        payload = ";".join(arguments).encode("utf-8") + START + START.join(parts)
        reply = _checked(self._exchange(b"%d|%s|%s" % _framed(payload)))
        if reply.startswith(b"[ERROR] Unknown Ticket"):
            raise UnknownTicket(reply.decode("utf-8"))
        if not reply.startswith(b"[OK]"):
            raise DoosError(reply.decode("utf-8", "replace"))
        return reply

    def _exchange(self, frame: bytes) -> bytes:
        try:
            with socket.create_connection(self.address, self.timeout) as connection:
                try:
                    connection.sendall(frame)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # refused early: the reason is in the reply
                pieces = []
                while True:
                    piece = connection.recv(65536)
                    if not piece:
                        return b"".join(pieces)
                    pieces.append(piece)
        except OSError as failure:
            raise Unreachable("%s:%d: %s" % (*self.address, failure)) from failure


def _framed(payload: bytes):
    return 41 + len(payload), hashlib.sha1(payload).hexdigest().encode("ascii"), payload


def _checked(frame: bytes) -> bytes:
    length, _, rest = frame.partition(b"|")
    checksum, _, payload = rest.partition(b"|")
    if not length.isdigit() or int(length) != len(rest):
        raise Unreachable("the reply did not come whole")
    if hashlib.sha1(payload).hexdigest().encode("ascii") != checksum.lower():
        raise Unreachable("the reply's checksum is wrong")
    return payload


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Submits macros to a doos farm and fetches what they left.",
        epilog="Exit codes: 0 ok, 1 refused or failed, 2 usage, 3 farm unreachable, 4 unknown ticket.",
    )
    parser.add_argument("--host", default="localhost")
    parser.add_argument("--port", type=int, default=8568)
    commands = parser.add_subparsers(dest="command", required=True)
    prepare = commands.add_parser("prepare", help="submit a macro; prints its ticket")
    prepare.add_argument("script", type=Path)
    prepare.add_argument("files", type=Path, nargs="*", help="files for the macro, by their names")
    prepare.add_argument("--func", default="Main", help="the function to call")
    prepare.add_argument("--pool")
    prepare.add_argument("--priority", type=int)
    prepare.add_argument("--timeout", type=int, help="seconds that it may run")
    for name, text in (
        ("status", "print how a job is doing"),
        ("wait", "wait until a job has ended"),
        ("result", "save what a job left"),
        ("delete", "remove a job"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("ticket")
        if name == "wait":
            command.add_argument("--seconds", type=float, default=600.0)
        if name == "result":
            command.add_argument("-o", "--output", type=Path, default=Path("files.zip"))
    commands.add_parser("terminate", help="stop the gateway")
    return parser


def _shown(status: Status) -> int:
    print(status.word)
    for key, value in status.lines.items():
        print("%s: %s" % (key, value))
    return 1 if status.word == "Error" else 0


def _run(farm: Doos, options) -> int:
    if options.command == "prepare":
        files = {path.name: path.read_bytes() for path in options.files}
        extra = {key: getattr(options, key) for key in ("pool", "priority", "timeout")}
        print(farm.prepare(options.script.read_bytes(), options.func, files, **extra))
    elif options.command == "status":
        return _shown(farm.status(options.ticket))
    elif options.command == "wait":
        return _shown(farm.wait(options.ticket, options.seconds))
    elif options.command == "result":
        data = farm.result(options.ticket)
        if data is None:
            print("There is no result (yet): ask for the status.", file=sys.stderr)
            return 1
        options.output.write_bytes(data)
    elif options.command == "delete":
        farm.delete(options.ticket)
    else:
        farm.terminate()
    return 0


def main() -> int:
    options = _parser().parse_args()
    try:
        return _run(Doos(options.host, options.port), options)
    except UnknownTicket as answer:
        print(answer, file=sys.stderr)
        return 4
    except DoosError as answer:
        print(answer, file=sys.stderr)
        return 1
    except Unreachable as failure:
        print(failure, file=sys.stderr)
        return 3
    except OSError as failure:
        print(failure, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
