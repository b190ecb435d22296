package io.doos.common.uno;

/**
 * Where UNO clients connect to, as {@code soffice --accept} and the old oood name it: {@code
 * socket,host=localhost,port=2002;urp} or {@code pipe,name=office;urp}. The grammar is that of UNO
 * URLs: parts in any letter case, {@code uno:} in front, the protocol with its parameters and the
 * object's name may all be there or not.
 */
public sealed interface UnoAddress {

  /**
   * A TCP port.
   *
   * @param host a name or an address; {@code 0} is every address of this machine
   * @param port 1 to 65535, or 0 for any free one
   */
  record Tcp(String host, int port) implements UnoAddress {

    public Tcp {
      if (host.isEmpty() || port < 0 || port > 65_535) {
        throw new IllegalArgumentException("a host, and a port up to 65535");
      }
    }

    /** Whether it is every address of this machine. */
    public boolean everywhere() {
      return host.equals("0") || host.equals("0.0.0.0") || host.equals("::");
    }

    @Override
    public String toString() {
      return "socket,host=" + host + ",port=" + port;
    }
  }

  /**
   * A unix socket {@code /tmp/OSL_PIPE_<uid>_<name>}, for programs of the same user.
   *
   * @param name as LibreOffice takes it: part of a file's name
   */
  record Pipe(String name) implements UnoAddress {

    public Pipe {
      if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
        throw new IllegalArgumentException("a name of 1 to 64 letters, digits, '.', '_' or '-'");
      }
    }

    @Override
    public String toString() {
      return "pipe,name=" + name;
    }
  }

  /**
   * Reads a connection string.
   *
   * @throws BadUnoAddress which says what is wrong with it
   */
  static UnoAddress parse(String text) throws BadUnoAddress {
    return new UnoAddressParser(text).parse();
  }
}
