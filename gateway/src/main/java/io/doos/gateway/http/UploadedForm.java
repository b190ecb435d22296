package io.doos.gateway.http;

import io.doos.common.http.HttpRequest;
import io.doos.common.http.Multipart;
import io.doos.common.http.Multipart.UncheckedProblem;
import io.doos.common.http.Problem;
import io.doos.gateway.intake.Submission.SpooledFile;
import io.doos.gateway.spool.Spool;
import io.doos.gateway.spool.SpoolSpace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A form with files, read while it came in: the files lie in one spool, however many and large they
 * are. For one thread; closing it gives the spool back.
 */
final class UploadedForm implements AutoCloseable {

  private static final int MOST_FIELDS = 200;
  private static final int MOST_FIELD_BYTES = 64 * 1024;

  private final DoorLimits limits;
  private final Spool spool;
  private final Map<String, List<String>> fields = new LinkedHashMap<>();
  private final List<Place> places = new ArrayList<>();
  private long fieldBytes;

  private record Place(String name, long from, long bytes) {}

  private UploadedForm(DoorLimits limits, Spool spool) {
    this.limits = limits;
    this.spool = spool;
  }

  /**
   * Reads a form.
   *
   * @throws Problem when it is none, or too large
   * @throws IOException when the client stopped sending
   */
  static UploadedForm read(HttpRequest request, SpoolSpace space, DoorLimits limits)
      throws Problem, IOException {
    if (!request.mediaType().orElse("").equals(Multipart.MEDIA_TYPE)) {
      throw Problem.of(415, "The body has to be " + Multipart.MEDIA_TYPE + ".");
    }
    if (request.length().orElse(0) > limits.requestBytes() + MOST_FIELDS * 1024L) {
      throw Answers.tooLarge(limits.requestBytes());
    }
    var form = new UploadedForm(limits, space.spool());
    try {
      Multipart.read(request, limits.files() + MOST_FIELDS, form::begin);
      return form;
    } catch (Problem | IOException | RuntimeException e) {
      form.close();
      throw e;
    }
  }

  /** A field's value; the last one where it comes more often, as in most servers. */
  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).map(List::getLast);
  }

  /** The names of all fields that hold no file. */
  List<String> names() {
    return List.copyOf(fields.keySet());
  }

  /** All files in the order they came, whatever their fields are called. */
  List<SpooledFile> files() {
    var all = spool.all();
    return places.stream()
        .map(place -> new SpooledFile(place.name(), all.slice(place.from(), place.bytes())))
        .toList();
  }

  private OutputStream begin(Multipart.Part part) throws Problem {
    var fileName = part.fileName();
    if (fileName.isEmpty()) {
      return new FieldSink(part.name());
    }
    if (places.size() == limits.files()) {
      throw Problem.of(
          413, "There are more than " + limits.files() + " files (setting tcp.max-files).");
    }
    return new FileSink(fileName.get());
  }

  @Override
  public void close() {
    spool.close();
  }

  /** A form sent without a choice of file has a part without a name and without a byte. */
  private final class FileSink extends OutputStream {
    private final String name;
    private final long from = spool.bytes();

    private FileSink(String name) {
      this.name = name;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
      if (spool.bytes() + count > limits.requestBytes()) {
        throw new UncheckedProblem(Answers.tooLarge(limits.requestBytes()));
      }
      spool.write(source, offset, count);
    }

    @Override
    public void close() {
      if (!name.isEmpty() || spool.bytes() > from) {
        places.add(new Place(name, from, spool.bytes() - from));
      }
    }
  }

  private final class FieldSink extends OutputStream {
    private final String name;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();

    private FieldSink(String name) {
      this.name = name;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int count) {
      fieldBytes += count;
      if (fieldBytes > 4L * MOST_FIELD_BYTES || value.size() + count > MOST_FIELD_BYTES) {
        throw new UncheckedProblem(
            Problem.of(
                413,
                "The field '" + name + "' is larger than a field may be; a file has a file name."));
      }
      value.write(source, offset, count);
    }

    @Override
    public void close() {
      fields
          .computeIfAbsent(name, _ -> new ArrayList<>())
          .add(value.toString(StandardCharsets.UTF_8));
    }
  }
}
