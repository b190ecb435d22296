package io.doos.common.http;

import io.doos.common.tls.CommonName;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** A request, as its handler sees it; for the handler's thread, until it has answered. */
public final class HttpRequest {

  private final Request request;
  private final Map<String, String> variables;
  private final InputStream body;
  private @Nullable Fields query;

  HttpRequest(Request request, Map<String, String> variables) {
    this.request = request;
    this.variables = variables;
    this.body = Content.Source.asInputStream(request);
  }

  /** Such as {@code GET}. */
  public String method() {
    return request.getMethod();
  }

  /** The path as the client wrote it, such as {@code /v1/jobs/17}. */
  public String path() {
    return request.getHttpURI().getPath();
  }

  /** What stands in the path for {@code name} of the route's pattern. */
  public String variable(String name) {
    var value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  /** The first value of a query parameter. */
  public Optional<String> query(String name) throws Problem {
    return queries(name).stream().findFirst();
  }

  /** All values of a query parameter, in their order. */
  public List<String> queries(String name) throws Problem {
    return query().getValuesOrEmpty(name);
  }

  /** The names of all query parameters. */
  public Set<String> queryNames() throws Problem {
    return query().getNames();
  }

  private Fields query() throws Problem {
    try {
      if (query == null) {
        query = Request.extractQueryParameters(request);
      }
      return query;
    } catch (RuntimeException e) {
      throw Problem.of(400, "The query of the request is not one: " + e.getMessage());
    }
  }

  /** A header's value; the first one where it comes more often. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** The common name of the certificate that the client showed, over TLS only. */
  public Optional<String> certificate() {
    return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
            instanceof EndPoint.SslSessionData data
        ? CommonName.ofPeer(data.sslSession())
        : Optional.empty();
  }

  /** The type of the body in lower case, without its parameters. */
  public Optional<String> mediaType() {
    return header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  /** How long the body says it is. */
  public OptionalLong length() {
    var length = request.getHeaders().getLongField("Content-Length");
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  /**
   * The body, to be read once. A client that stops sending for the server's idle time ends it with
   * an IOException.
   */
  public InputStream body() {
    return body;
  }

  /** Whose connection it is: the client, or a proxy before it. */
  public InetAddress remote() {
    if (request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
        && peer.getAddress() != null) {
      return peer.getAddress();
    }
    throw new IllegalStateException("the server listens at an IP address");
  }

  /** Whether the connection is encrypted. */
  public boolean isSecure() {
    return request.isSecure();
  }

  /**
   * Whether the client has hung up. To be asked now and then by who waits, when the body was read
   * to its end. Who closed only its own sending side counts as gone.
   */
  public boolean isClientGone() {
    EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
    while (end instanceof EndPoint.Wrapper wrapper) {
      end = wrapper.unwrap();
    }
    return !end.isOpen() || (end instanceof WatchedEndPoint watched && watched.isGone());
  }
}
