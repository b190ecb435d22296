package io.doos.deploy.bench;

import io.doos.deploy.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jodconverter.core.DocumentConverter;
import org.jodconverter.core.office.OfficeException;
import org.jodconverter.local.LocalConverter;
import org.jodconverter.local.office.LocalOfficeManager;

/** JODConverter's own offices, in this process, with the LibreOffice that it finds. */
final class JodConverter implements Converter {

  private final int count;
  private final Path folder;
  private final LocalOfficeManager offices;
  private final DocumentConverter converter;
  private final AtomicLong conversions = new AtomicLong();

  /** Starts {@code count} offices; {@code folder} is for their profiles and the PDFs. */
  JodConverter(Path folder, int count) throws IOException, OfficeException {
    this.count = count;
    this.folder = Files.createDirectories(folder);
    offices =
        LocalOfficeManager.builder()
            .portNumbers(IntStream.range(0, count).map(_ -> FreePort.next()).toArray())
            .workingDir(folder.toFile())
            .maxTasksPerProcess(BareOffices.MAX_USES)
            .build();
    offices.start();
    converter = LocalConverter.make(offices);
  }

  @Override
  public String name() {
    return "JODConverter";
  }

  @Override
  public int atOnce() {
    return count;
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public void convert(Path document) throws Exception {
    var pdf = folder.resolve(conversions.incrementAndGet() + ".pdf");
    converter.convert(document.toFile()).to(pdf.toFile()).execute();
    Pdf.check(document, Files.readAllBytes(pdf));
    Files.delete(pdf);
  }

  @Override
  public void close() {
    try {
      offices.stop();
    } catch (OfficeException e) {
      throw new IllegalStateException("JODConverter's offices do not stop", e);
    }
  }
}
