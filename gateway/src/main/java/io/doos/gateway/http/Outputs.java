package io.doos.gateway.http;

import io.doos.common.http.HttpAnswer;
import io.doos.common.http.MediaTypes;
import io.doos.common.http.Problem;
import io.doos.common.status.Result;
import io.doos.gateway.results.Results;
import io.doos.gateway.results.Unavailable;
import io.doos.gateway.spool.Spool;
import io.doos.gateway.spool.SpoolSpace;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipInputStream;

/**
 * Hands out what jobs left. A result is spooled and checked against the size and SHA-256 of its
 * status before a byte of it leaves.
 */
final class Outputs {

  private final Results results;
  private final SpoolSpace space;

  Outputs(Results results, SpoolSpace space) {
    this.results = results;
    this.space = space;
  }

  /** All of it, as a zip. */
  HttpAnswer zip(Result result, String name) throws Problem {
    return streamed(checked(result), "application/zip", name, result.sha256());
  }

  /** One file of it. */
  HttpAnswer file(Result result, String file) throws Problem {
    return file(result, file, file.substring(file.lastIndexOf('/') + 1));
  }

  /**
   * One file of it.
   *
   * @param name what the client may call it
   */
  HttpAnswer file(Result result, String file, String name) throws Problem {
    var index = result.files().stream().map(Result.OutputFile::name).toList().indexOf(file);
    if (index < 0) {
      throw Problem.of(
          404, Answers.UNKNOWN_FILE, "The job left no file '" + file + "'; its status names all.");
    }
    try (var zip = checked(result)) {
      var content = unzipped(zip, file);
      return streamed(content, MediaTypes.of(file), name, result.sha256() + "-" + index);
    } catch (IOException e) {
      throw Answers.diskFailed(e);
    }
  }

  private static HttpAnswer streamed(Spool content, String mediaType, String name, String tag) {
    return HttpAnswer.streamed(mediaType, new SpooledContent(content))
        .with("ETag", '"' + tag + '"')
        .with("Content-Disposition", disposition(name))
        .with("Content-Security-Policy", "sandbox"); // a document's scripts are not this site's
  }

  private Spool checked(Result result) throws Problem {
    var spool = space.spool();
    try {
      if (results.copy(result, spool.sink())) {
        return spool;
      }
      spool.close();
      throw Answers.unknownTicket();
    } catch (Unavailable e) {
      spool.close();
      throw Answers.tryLater(e);
    } catch (IOException e) {
      spool.close();
      throw Answers.diskFailed(e);
    }
  }

  private Spool unzipped(Spool zip, String file) throws IOException {
    try (var entries = new ZipInputStream(zip.all().open())) {
      for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.getName().equals(file)) {
          return copy(entries);
        }
      }
    }
    throw new IOException("The result's zip has no '" + file + "', though its status has");
  }

  private Spool copy(ZipInputStream entry) throws IOException {
    var content = space.spool();
    try {
      entry.transferTo(content.sink());
      return content;
    } catch (IOException e) {
      content.close();
      throw e;
    }
  }

  /** RFC 6266: a plain name for old clients, the real one beside it. */
  static String disposition(String name) {
    var plain = name.replaceAll("[^ -~]|[\"\\\\%]", "_");
    var encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\""
        + plain
        + "\""
        + (plain.equals(name) ? "" : "; filename*=UTF-8''" + encoded);
  }
}
