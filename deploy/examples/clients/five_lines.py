import hashlib, socket
def ask(arguments, *files):
    payload = arguments.encode() + b"::file start::" + b"::file start::".join(name.encode() + b"::file content::" + content + b"::file end::" for name, content in files)
    with socket.create_connection(("127.0.0.1", 8568)) as farm, farm.makefile("rwb") as wire:
        wire.write(b"%d|%s|%s" % (41 + len(payload), hashlib.sha1(payload).hexdigest().encode(), payload)); wire.flush(); return wire.read().split(b"|", 2)[2]
