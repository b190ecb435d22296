package io.doos.deploy.bench;

import java.nio.file.Path;

/** Our own offices and convert engine without the rest of the farm. */
record BareConverter(BareOffices offices, int atOnce) implements Converter {

  @Override
  public String name() {
    return "bare offices";
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public void convert(Path document) throws Exception {
    offices.convert(document);
  }

  @Override
  public void close() {
    offices.close();
  }
}
