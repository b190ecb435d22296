"""A client as people write them: client.py CONNECTION COMMAND [ARGUMENTS]; prints what it finds."""
import sys
import time
import uno


def say(*words):
    print(*words, flush=True)


def resolve(name):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    return resolver.resolve("uno:" + sys.argv[1] + ";urp;" + name)


def took(context):
    """Microseconds of one call: an answer with an object in it would cost several, to look at it."""
    begin = time.perf_counter()
    context.getValueByName("/doos/nothing")
    return (time.perf_counter() - begin) * 1e6


def series(context):
    """For each line of input so many calls, and the median of their times."""
    say("held")
    for line in sys.stdin:
        figures = sorted(took(context) for _ in range(int(line)))
        say(int(figures[len(figures) // 2]))


def basic(context, name, source):
    services = context.ServiceManager
    libraries = services.createInstanceWithContext(
        "com.sun.star.script.ApplicationScriptLibraryContainer", context)
    library = libraries.createLibrary(name)
    library.insertByName("Module", source)
    factory = context.getByName("/singletons/com.sun.star.script.provider.theMasterScriptProviderFactory")
    script = factory.createScriptProvider("").getScript(
        "vnd.sun.star.script:%s.Module.Main?language=Basic&location=application" % name)
    return script.invoke((), (), ())[0]


def desktop(context):
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def files(context):
    return context.ServiceManager.createInstanceWithContext(
        "com.sun.star.ucb.SimpleFileAccess", context)


def libraries(context):
    return context.ServiceManager.createInstanceWithContext(
        "com.sun.star.script.ApplicationScriptLibraryContainer", context)


def version(context):
    provider = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.configuration.ConfigurationProvider", context)
    node = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    node.Name, node.Value = "nodepath", "/org.openoffice.Setup/Product"
    access = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationAccess", (node,))
    return access.getByName("ooSetupVersion")


def leave(context):
    """Leaves all kinds of things behind, and stays until its input ends."""
    desktop(context).loadComponentFromURL("private:factory/swriter", "_blank", 0, ())
    say(basic(context, "Mine", "Global Kept\nFunction Main\n  Kept = 42\n  Main = Kept\nEnd Function"))
    access = files(context)
    access.createFolder("file:///job/mine")
    access.createFolder("file:///tmp/mine")
    access.createFolder("file:///home/mine")
    say("left")
    sys.stdin.read()


def change(context):
    library = libraries(context).getByName("AutoOOo")
    name = library.getElementNames()[0]
    library.replaceByName(name, library.getByName(name) + "\n' and more")
    say("changed")


def look(context):
    documents = desktop(context).getComponents().createEnumeration().hasMoreElements()
    library = "Mine" in libraries(context).getElementNames()
    access = files(context)
    found = [name for name in ("/job/mine", "/tmp/mine", "/home/mine") if access.exists("file://" + name)]
    kept = basic(context, "Look", "Function Main\n  On Error Resume Next\n  Main = \"\" & Kept\nEnd Function")
    say("documents", documents, "library", library, "files", found, "kept", repr(kept))


def main(command, arguments):
    if command == "manager":
        say(resolve("StarOffice.ServiceManager").createInstance("com.sun.star.frame.Desktop") is not None)
        return
    context = resolve("StarOffice.ComponentContext")
    if command == "version":
        say(version(context))
    elif command == "calls":
        services = context.ServiceManager
        begin = time.perf_counter()
        for _ in range(int(arguments[0])):
            services.getAvailableServiceNames  # looks the method up
            context.getServiceManager()
        say(int((time.perf_counter() - begin) * 1e6 / int(arguments[0])))
    elif command == "series":
        series(context)
    elif command == "loop":
        basic(context, "Loop", "Function Main\n  Open \"/job/looping\" For Output As #1\n"
                               "  Close #1\n  Do While True\n  Loop\nEnd Function")
    elif command == "leave":
        leave(context)
    elif command == "change":
        change(context)
    elif command == "look":
        look(context)
    elif command == "hold":
        say("held")
        sys.stdin.read()


main(sys.argv[2], sys.argv[3:])
