package io.doos.common.uno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnoAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socket,host=localhost,port=2002",
        "socket,host=localhost,port=2002;urp",
        "socket,host=localhost,port=2002;urp;",
        "socket,port=2002;urp;StarOffice.ServiceManager",
        "uno:socket,host=localhost,port=2002;urp;StarOffice.ComponentContext",
        " UNO:Socket,Host=localhost,Port=2002,tcpNoDelay=1;URP,Negotiate=0;StarOffice.ComponentContext",
        "socket,host=local%68ost,port=2002;urp"
      })
  void aSocketIsReadHoweverItIsWritten(String text) {
    assertThat(UnoAddress.parse(text)).isEqualTo(new UnoAddress.Tcp("localhost", 2002));
  }

  @Test
  void hostZeroIsEveryAddress() {
    assertThat(UnoAddress.parse("socket,host=0,port=0;urp"))
        .isInstanceOfSatisfying(UnoAddress.Tcp.class, tcp -> assertThat(tcp.everywhere()).isTrue());
    assertThat(UnoAddress.parse("socket,host=[::1],port=1"))
        .isEqualTo(new UnoAddress.Tcp("::1", 1));
  }

  @Test
  void aPipeIsReadByItsName() {
    assertThat(UnoAddress.parse("pipe,name=office_1.b;urp;"))
        .isEqualTo(new UnoAddress.Pipe("office_1.b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          \"\"                                    | begins with ''
          tcp,host=a,port=1                     | begins with 'tcp'
          socket,host=a                         | no port
          socket,host=a,port=70000              | its port is '70000'
          socket,host=a,port=x                  | its port is 'x'
          socket,host=,port=1                   | its host is empty
          socket,host=a,port=1,port=2           | says 'port' twice
          socket,host=a,port=1,name=x           | 'name' is none of its keys host, port, tcpnodelay
          socket,host,port=1                    | 'host' is not of the form key=value
          socket,host=a%zz,port=1               | a percent sign
          socket,host=a,port=1;iiop             | its protocol is 'iiop'
          socket,host=a,port=1;urp;Star Office  | is no object's name
          socket,host=a,port=1;urp;X;more       | more than a connection
          pipe                                  | its name is ''
          pipe,name=../etc                      | its name is '../etc'
          """)
  void whatIsWrongIsNamed(String text, String problem) {
    assertThatThrownBy(() -> UnoAddress.parse(text == null ? "" : text))
        .isInstanceOf(BadUnoAddress.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("socket,host=localhost,port=2002;urp");
  }
}
