package io.doos.worker.fop;

import io.doos.common.format.SystemId;
import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.URLStreamHandlerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the names of a job's files URLs to Java: Apache FOP knows the name of the document within
 * an SVG in it as a URL only, and looks through all jars for what can handle one that Java does not
 * know. Nobody opens them as such. Safe for use by any thread.
 */
final class JobUrls implements URLStreamHandlerFactory {

  private static final String PROTOCOL = SystemId.JOB.substring(0, SystemId.JOB.indexOf(':'));

  /** To be called once in a process. */
  static void install() {
    URL.setURLStreamHandlerFactory(new JobUrls());
  }

  static boolean isOne(URL url) {
    return url.getProtocol().equals(PROTOCOL);
  }

  @Override
  public @Nullable URLStreamHandler createURLStreamHandler(String protocol) {
    return protocol.equals(PROTOCOL) ? new Names() : null;
  }

  private static final class Names extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      throw new IOException(url + " is a name only");
    }
  }
}
