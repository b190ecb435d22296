package io.doos.worker.format;

import io.doos.common.web.WebHosts;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a document has of the web. References are absolute, as the document has them.
 *
 * @param hosts where more can be fetched from, if it needs more
 * @param files what was fetched, by reference; no jail sees these files, but copies
 * @param failed why others were not, to follow their names
 */
public record FromWeb(WebHosts hosts, Map<String, Path> files, Map<String, String> failed) {

  /** Nothing, and no more to come. */
  public static final FromWeb NOTHING = new FromWeb(WebHosts.NONE, Map.of(), Map.of());

  public FromWeb {
    files = Map.copyOf(files);
    failed = Map.copyOf(failed);
  }

  /** The same, when no more can be fetched. */
  public FromWeb closed() {
    return new FromWeb(WebHosts.NONE, files, failed);
  }

  /** Whether nobody has tried to fetch it yet. */
  boolean isNew(String reference) {
    return !files.containsKey(reference) && !failed.containsKey(reference);
  }
}
