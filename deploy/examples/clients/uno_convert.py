"""Converts a document in an office of one's own: uno_convert.py letter.odt letter.pdf [connection]"""
import sys
import uno
import unohelper
from com.sun.star.beans import PropertyValue
from com.sun.star.io import XOutputStream


class Kept(unohelper.Base, XOutputStream):
    """The office writes into it, over the connection: no file of this machine is its to see."""

    def __init__(self):
        self.parts = []

    def writeBytes(self, part):
        self.parts.append(part.value)

    def flush(self):
        pass

    def closeOutput(self):
        pass


def properties(**values):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def connect(connection):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    return resolver.resolve("uno:" + connection + ";urp;StarOffice.ComponentContext")


def convert(office, document, filter_name):
    services = office.ServiceManager
    source = services.createInstanceWithContext("com.sun.star.io.SequenceInputStream", office)
    source.initialize((uno.ByteSequence(document),))
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", office)
    loaded = desktop.loadComponentFromURL(
        "private:stream", "_blank", 0, properties(InputStream=source, Hidden=True))
    target = Kept()
    loaded.storeToURL("private:stream", properties(OutputStream=target, FilterName=filter_name))
    loaded.close(True)
    return b"".join(target.parts)


if __name__ == "__main__":
    source_file, target_file = sys.argv[1:3]
    where = sys.argv[3] if len(sys.argv) > 3 else "socket,host=localhost,port=2002"
    with open(source_file, "rb") as source, open(target_file, "wb") as target:
        target.write(convert(connect(where), source.read(), "writer_pdf_Export"))
