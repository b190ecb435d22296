"""Publishes a job straight to the queue, as docs and contract say, and prints the final status that comes back.

usage: direct_publisher.py BROKER_PORT TICKET TIMES [JOB_AS_JSON]
"""
import base64, json, sys, time, uuid
import pika

port, ticket, times = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
script = '''Function Greet(name)
  Open "<<OUTDIR>>greeting.txt" For Output As #1
  Print #1, helper(name)
  Close #1
  Greet = "greeted " & name
End Function
'''
module = "Function helper(name)\n  helper = \"Hello \" & name\nEnd Function\n"
job = {
    "ticket": ticket,
    "work": {"kind": "macro", "script": "main.script", "function": "Greet", "arguments": ["Ada"]},
    "files": [
        {"name": "main.script", "text": script},
        {"name": "Other.bas", "base64": base64.b64encode(module.encode()).decode()},
    ],
    "timeoutSeconds": 20,
}
if len(sys.argv) > 4:
    job = json.loads(sys.argv[4])
connection = pika.BlockingConnection(pika.ConnectionParameters("127.0.0.1", port))
channel = connection.channel()
replies = channel.queue_declare("", exclusive=True).method.queue
for _ in range(times):
    channel.basic_publish(
        "doos.jobs",
        "default",
        json.dumps(job).encode(),
        pika.BasicProperties(
            delivery_mode=2, content_type="application/json", type="doos.job.v1", reply_to=replies, correlation_id="c-1"),
    )
for method, properties, body in channel.consume(replies, inactivity_timeout=60, auto_ack=True):
    if body is None:
        sys.exit("no reply within a minute")
    assert properties.correlation_id == "c-1", properties
    print(body.decode())
    break
connection.close()
