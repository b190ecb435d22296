#!/usr/bin/python3
"""publish.py TICKET SCRIPT [FILE…]: publishes a macro job straight to the farm's queue, waits for
its end, and fetches what it left into result.zip. Needs pika (Debian: python3-pika)."""
import base64, hashlib, json, os, socket, sys
import pika

BROKER = os.environ.get("BROKER", "amqp://guest:guest@127.0.0.1:5672")
GATEWAY = os.environ.get("GATEWAY", "127.0.0.1:8568")
PATIENCE_SECONDS = 300

ticket, script, *others = sys.argv[1:]


def in_base64(path):
    with open(path, "rb") as file:
        return base64.b64encode(file.read()).decode()


job = {
    "ticket": ticket,
    "work": {"kind": "macro", "script": "main.script", "function": "Main"},
    "files": [{"name": "main.script", "base64": in_base64(script)}]
    + [{"name": os.path.basename(path), "base64": in_base64(path)} for path in others],
}

connection = pika.BlockingConnection(pika.URLParameters(BROKER))
channel = connection.channel()
channel.confirm_delivery()  # from here on basic_publish returns when the broker has the message
answers = channel.queue_declare("", exclusive=True).method.queue
channel.basic_publish(
    exchange="doos.jobs",
    routing_key="default",  # the pool
    body=json.dumps(job),
    properties=pika.BasicProperties(
        content_type="application/json",
        type="doos.job.v1",
        delivery_mode=2,
        priority=5,
        reply_to=answers,
        correlation_id=ticket,
    ),
)

status = None
for method, properties, body in channel.consume(answers, auto_ack=True, inactivity_timeout=PATIENCE_SECONDS):
    if method is None:
        sys.exit(f"{ticket} has no end yet; publish it again with the same ticket to wait on")
    if properties.correlation_id == ticket:
        status = json.loads(body)
        break
connection.close()

print(ticket, status["state"], status.get("error", {}).get("message", ""))
if status["state"] != "DONE":
    sys.exit(1)

# The result, from a gateway, over the doos protocol; with the keys of the store it is status["result"]["object"] there.
payload = f"returnJob;ticket={ticket}::file start::".encode()
host, port = GATEWAY.rsplit(":", 1)
with socket.create_connection((host, int(port))) as farm, farm.makefile("rwb") as wire:
    wire.write(b"%d|%s|%s" % (41 + len(payload), hashlib.sha1(payload).hexdigest().encode(), payload))
    wire.flush()
    reply = wire.read().split(b"|", 2)[2]
content = reply.split(b"::file content::", 1)[1].removesuffix(b"::file end::")
if hashlib.sha256(content).hexdigest() != status["result"]["sha256"]:
    sys.exit("the result did not arrive whole")
with open("result.zip", "wb") as file:
    file.write(content)
