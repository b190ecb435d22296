package io.doos.worker.uno;

import com.sun.star.bridge.UnoUrlResolver;
import com.sun.star.bridge.XBridgeFactory;
import com.sun.star.comp.helper.Bootstrap;
import com.sun.star.lang.XComponent;
import com.sun.star.uno.UnoRuntime;
import com.sun.star.uno.XComponentContext;

/** A client in Java with LibreOffice's own connector. */
public final class JavaClient implements AutoCloseable {

  private final XComponentContext local;
  private final XComponentContext context;

  private JavaClient(XComponentContext local, XComponentContext context) {
    this.local = local;
    this.context = context;
  }

  /** Connects as any client does. */
  public static JavaClient connect(String connection) throws Exception {
    var local = Bootstrap.createInitialComponentContext(null);
    var found =
        UnoUrlResolver.create(local)
            .resolve("uno:" + connection + ";urp;StarOffice.ComponentContext");
    var context = UnoRuntime.queryInterface(XComponentContext.class, found);
    if (context == null) {
      throw new IllegalStateException("no office there");
    }
    return new JavaClient(local, context);
  }

  public XComponentContext context() {
    return context;
  }

  /** Hangs up. */
  @Override
  public void close() {
    Object found;
    try {
      found =
          local
              .getServiceManager()
              .createInstanceWithContext("com.sun.star.bridge.BridgeFactory", local);
    } catch (com.sun.star.uno.Exception e) {
      throw new IllegalStateException(e);
    }
    var factory = UnoRuntime.queryInterface(XBridgeFactory.class, found);
    for (var bridge : factory.getExistingBridges()) {
      var component = UnoRuntime.queryInterface(XComponent.class, bridge);
      if (component != null) {
        component.dispose();
      }
    }
  }
}
