#!/usr/bin/env python3
"""A client for the CLISER door, in the standard library alone.

    cliser_client.py invoice.fo invoice.pdf [NAME=VALUE ...]

Sends the document, gives out the images that the farm asks for (below the document's folder only),
prints what the farm tells, and writes the pages. HOST and PORT come from the environment variables
CLISER_HOST and CLISER_PORT; 127.0.0.1 and 6570 without them. With CLISER_CA, a PEM file with the
authority to believe, it speaks TLS. docs/cliser.md describes the protocol.
"""

import os
import socket
import ssl
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

FORMATS = {".pdf": "PDF", ".ps": "PS", ".png": "PNG", ".tiff": "TIFF", ".txt": "TXT", ".rtf": "RTF"}


class CliserError(Exception):
    """The farm answered ERR, or does not speak CLISER; the text says why."""


class Cliser:
    """A session: options and documents, one after the other."""

    def __init__(self, host="127.0.0.1", port=6570, tell=lambda level, text: None, tls=None):
        self.tell = tell
        self.socket = socket.create_connection((host, port), timeout=120)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname=host)
        self.stream = self.socket.makefile("rwb")
        command, version = self._hear()
        if command != "HELLO" or version.split(".")[0] != "2":
            raise CliserError(f"this is no CLISER 2 server: {command} {version}")
        self._say("HELLO 2.0")
        command, text = self._hear()
        if command != "OK":
            raise CliserError(f"{command} {text}")

    def set(self, name, value):
        """Sets an option for the documents to come."""
        self._say(f"SET {name} {value}")

    def format(self, document):
        """Answers the pages of a document, as bytes."""
        document = Path(document).resolve()
        self._send(document.as_uri(), document.read_bytes())
        while True:
            command, rest = self._hear()
            if command == "LOG":
                self.tell(*(rest + " ").split(" ", 1))
            elif command == "WARN":
                self.tell("warn", rest)
            elif command == "QUERY":
                self._answer(rest, document.parent)
            elif command == "RECV":
                return self._take(int(rest.split(" ")[0]))
            else:
                raise CliserError(rest or command)

    def close(self):
        self._say("BYE")
        self.socket.close()

    def _answer(self, system_id, folder):
        path = Path(unquote(urlparse(system_id).path)).resolve()
        if system_id.startswith("file:") and path.is_file() and folder in path.parents:
            self._send(system_id, path.read_bytes())
        else:
            self._say(f"ERR there is no {system_id}")

    def _send(self, system_id, content):
        self.stream.write(f"RECV {len(content)} {system_id}\n".encode() + content)
        self.stream.flush()

    def _say(self, line):
        self.stream.write(line.encode() + b"\n")
        self.stream.flush()

    def _hear(self):
        line = self.stream.readline()
        if not line.endswith(b"\n"):
            raise CliserError("the farm hung up")
        command, _, rest = line.decode().rstrip("\r\n").partition(" ")
        return command, rest

    def _take(self, length):
        content = self.stream.read(length)
        if len(content) < length:
            raise CliserError("the farm hung up within the pages")
        return content


def main(arguments):
    if len(arguments) < 2:
        print(__doc__)
        return 2
    document, output, *options = arguments
    host = os.environ.get("CLISER_HOST", "127.0.0.1")
    port = int(os.environ.get("CLISER_PORT", "6570"))
    authority = os.environ.get("CLISER_CA")

    def tell(level, text):
        print(f"{level}: {text}", file=sys.stderr)

    try:
        tls = ssl.create_default_context(cafile=authority) if authority else None
        session = Cliser(host, port, tell, tls)
        session.set("OUTPUT_FORMAT", FORMATS.get(Path(output).suffix.lower(), "PDF"))
        for option in options:
            session.set(*option.split("=", 1))
        Path(output).write_bytes(session.format(document))
        session.close()
        return 0
    except CliserError as e:
        print(f"cliser_client: {e}", file=sys.stderr)
        return 1
    except OSError as e:
        print(f"cliser_client: {e}", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
