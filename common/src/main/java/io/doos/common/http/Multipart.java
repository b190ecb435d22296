package io.doos.common.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** Reads a body of type {@code multipart/form-data} part by part, while it comes in. */
public final class Multipart {

  /** The media type of such a body. */
  public static final String MEDIA_TYPE = "multipart/form-data";

  private static final int PIECE_BYTES = 32 * 1024;
  private static final int MOST_PART_HEADER_BYTES = 8 * 1024;

  private Multipart() {}

  /**
   * What a part says of itself.
   *
   * @param name its field's name; empty when it has none
   * @param fileName as the client sent it; nothing in it was checked
   */
  public record Part(String name, Optional<String> fileName) {}

  /** Takes one part after the other. */
  @FunctionalInterface
  public interface Receiver {

    /**
     * Begins a part; the one before has ended.
     *
     * @return takes the part's bytes, and is closed at its end; it may throw an {@link
     *     UncheckedProblem}
     */
    OutputStream begin(Part part) throws Problem, IOException;
  }

  /** A problem out of the middle of an {@link OutputStream}, which can throw no other. */
  public static final class UncheckedProblem extends RuntimeException {
    private final Problem problem;

    public UncheckedProblem(Problem problem) {
      super(problem);
      this.problem = problem;
    }
  }

  /**
   * Reads all parts.
   *
   * @param mostParts more are refused
   * @throws Problem what {@code receiver} threw, or 400 when the body is no such body
   * @throws IOException when the client stopped sending, or {@code receiver} could not write
   */
  public static void read(HttpRequest request, int mostParts, Receiver receiver)
      throws Problem, IOException {
    var boundary = MultiPart.extractBoundary(request.header("Content-Type").orElse(""));
    if (boundary == null || boundary.isEmpty()) {
      throw Problem.of(400, "The content type names no boundary between the parts of the body.");
    }
    var listener = new Listener(receiver);
    var parser = new MultiPart.Parser(boundary, listener);
    parser.setMaxParts(mostParts);
    parser.setPartHeadersMaxLength(MOST_PART_HEADER_BYTES);
    try {
      var body = request.body();
      var piece = new byte[PIECE_BYTES];
      for (var count = body.read(piece); count >= 0; count = body.read(piece)) {
        parser.parse(Content.Chunk.from(ByteBuffer.wrap(piece, 0, count), false));
        listener.check();
      }
      parser.parse(Content.Chunk.EOF);
      listener.check();
    } finally {
      listener.close();
    }
  }

  /** What the parser finds; its own failures and those of the receiver wait here to be thrown. */
  private static final class Listener extends MultiPart.AbstractPartsListener {
    private final Receiver receiver;
    private @Nullable OutputStream target;
    private @Nullable Throwable failure;

    Listener(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public void onPartHeaders() {
      attempt(() ->
          target =
              receiver.begin(
                  new Part(
                      Optional.ofNullable(getName()).orElse(""),
                      Optional.ofNullable(getFileName()))));
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
      attempt(() -> {
        var bytes = new byte[chunk.remaining()];
        chunk.getByteBuffer().get(bytes);
        if (target != null) {
          target.write(bytes);
        }
      });
    }

    @Override
    public void onPart(String name, String fileName, HttpFields headers) {
      attempt(this::close);
    }

    @Override
    public void onFailure(Throwable why) {
      if (failure == null) {
        failure = Problem.of(400, "The body is not " + MEDIA_TYPE + ": " + words(why));
      }
    }

    private static String words(Throwable why) {
      return why instanceof HttpException http
          ? String.valueOf(http.getReason())
          : String.valueOf(why.getMessage());
    }

    private interface Step {
      void run() throws Problem, IOException;
    }

    private void attempt(Step step) {
      if (failure != null) {
        return;
      }
      try {
        step.run();
      } catch (UncheckedProblem e) {
        failure = e.problem;
      } catch (Problem | IOException | RuntimeException e) {
        failure = e;
      }
    }

    void check() throws Problem, IOException {
      switch (failure) {
        case null -> {}
        case Problem problem -> throw problem;
        case IOException io -> throw io;
        case RuntimeException bug -> throw bug;
        default -> throw new IllegalStateException(failure);
      }
    }

    void close() throws IOException {
      var open = target;
      target = null;
      if (open != null) {
        open.close();
      }
    }
  }
}
