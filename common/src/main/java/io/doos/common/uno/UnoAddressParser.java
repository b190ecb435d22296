package io.doos.common.uno;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the connection strings of UNO: {@code [uno:]kind,key=value…[;urp[,key=value…][;Object]]}.
 * Values may be escaped by percent signs. What only the two ends of a bridge agree on, which are
 * the parameters of the protocol and the object's name, is read and left to them.
 */
final class UnoAddressParser {

  private static final String SCHEME = "uno:";
  private static final int MOST_PARTS = 3;

  private final String text;

  UnoAddressParser(String text) {
    this.text = text;
  }

  UnoAddress parse() throws BadUnoAddress {
    var bare = text.strip();
    if (bare.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      bare = bare.substring(SCHEME.length());
    }
    var parts = bare.split(";", -1);
    if (parts.length > MOST_PARTS) {
      throw wrong("it has more than a connection, a protocol and an object");
    }
    if (parts.length > 1) {
      checkProtocol(parts[1]);
    }
    if (parts.length > 2 && !parts[2].strip().matches("[A-Za-z0-9._$-]*")) {
      throw wrong("'" + parts[2] + "' is no object's name");
    }
    var words = List.of(parts[0].split(",", -1));
    var kind = words.getFirst().strip().toLowerCase(Locale.ROOT);
    var values = values(words.subList(1, words.size()));
    return switch (kind) {
      case "socket" -> tcp(values);
      case "pipe" -> pipe(values);
      default -> throw wrong("it begins with '" + kind + "' where 'socket' or 'pipe' is expected");
    };
  }

  private void checkProtocol(String part) {
    var words = List.of(part.split(",", -1));
    var protocol = words.getFirst().strip().toLowerCase(Locale.ROOT);
    if (!protocol.equals("urp") && !part.isBlank()) {
      throw wrong("its protocol is '" + protocol + "' where 'urp' is expected");
    }
    values(words.subList(1, words.size()));
  }

  private UnoAddress tcp(Map<String, String> values) {
    allow(values, Set.of("host", "port", "tcpnodelay"));
    var host = values.getOrDefault("host", "localhost");
    var bare = host.startsWith("[") && host.endsWith("]");
    var port = values.get("port");
    if (port == null) {
      throw wrong("it has no port");
    }
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw wrong("its port is '" + port + "' where 1 to 65535, or 0 for any, is expected");
    }
    if (host.isEmpty()) {
      throw wrong("its host is empty; 0 is every address of this machine");
    }
    return new UnoAddress.Tcp(
        bare ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
  }

  private UnoAddress pipe(Map<String, String> values) {
    allow(values, Set.of("name"));
    var name = values.getOrDefault("name", "");
    try {
      return new UnoAddress.Pipe(name);
    } catch (IllegalArgumentException e) {
      throw wrong("its name is '" + name + "' where " + e.getMessage() + " is expected");
    }
  }

  private Map<String, String> values(List<String> words) {
    var values = new HashMap<String, String>();
    for (var word : words) {
      var equals = word.indexOf('=');
      if (equals <= 0) {
        throw wrong("'" + word + "' is not of the form key=value");
      }
      var key = word.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (values.put(key, unescaped(word.substring(equals + 1).strip())) != null) {
        throw wrong("it says '" + key + "' twice");
      }
    }
    return values;
  }

  private String unescaped(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrong("'" + value + "' has a percent sign that escapes nothing");
    }
  }

  private void allow(Map<String, String> values, Set<String> known) {
    for (var key : values.keySet()) {
      if (!known.contains(key)) {
        throw wrong(
            "'"
                + key
                + "' is none of its keys "
                + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  private BadUnoAddress wrong(String problem) {
    return new BadUnoAddress(text, problem);
  }
}
