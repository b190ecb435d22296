package io.doos.gateway.cliser;

import io.doos.common.format.PageFormat;
import io.doos.common.format.SystemId;
import io.doos.common.job.Work;
import io.doos.gateway.intake.Submission.SpooledFile;
import io.doos.gateway.spool.Spool;
import io.doos.gateway.spool.SpoolSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A document on its way: its bytes and those of the files that it needs, as far as they have come.
 * For one thread. Closing it forgets all.
 */
final class ClientDocument implements AutoCloseable {

  /** Names travel in the job's message, which has a size. */
  private static final int MOST_NAME_CHARACTERS = 64 * 1024;

  private static final String SOURCE = "document.fo";

  private final SpoolSpace space;
  private final SystemId name;
  private final CliserLimits limits;
  private final Spool source;
  private final Map<SystemId, Spool> files = new LinkedHashMap<>();
  private final Map<String, SystemId> asked = new HashMap<>();
  private final Set<SystemId> absent = new HashSet<>();
  private long bytesLeft;
  private int nameCharacters;
  private int rounds;

  ClientDocument(SpoolSpace space, SystemId name, CliserLimits limits) {
    this.space = space;
    this.name = name;
    this.limits = limits;
    this.bytesLeft = limits.documentBytes();
    this.source = space.spool();
  }

  SystemId name() {
    return name;
  }

  Spool source() {
    return source;
  }

  /** Whether so much more is within the limits; if so, it is counted. */
  boolean takes(long bytes) {
    if (bytes > bytesLeft) {
      return false;
    }
    bytesLeft -= bytes;
    return true;
  }

  /** A spool for a file that was asked for. */
  Spool file(String systemId) {
    var spool = space.spool();
    files.put(asked.getOrDefault(systemId, name), spool);
    return spool;
  }

  /** Notes that the client has no such file. */
  void noteAbsent(String systemId) {
    var which = asked.get(systemId);
    if (which != null) {
      absent.add(which);
    }
  }

  /**
   * What of {@code needs} is to be asked of the client, as it knows it: not what is on the web,
   * which is the worker's to fetch or to leave out, and nothing twice.
   */
  List<String> toAsk(List<SystemId> needs) {
    var questions = new ArrayList<String>();
    for (var need : needs) {
      var isClients = !need.isRemote() && !need.equals(name);
      if (isClients && asked.putIfAbsent(need.forClient(), need) == null) {
        nameCharacters += need.toString().length();
        questions.add(need.forClient());
      }
    }
    return questions;
  }

  /** Whether it needs more than any document may. */
  boolean needsTooMuch() {
    return asked.size() > limits.files() || nameCharacters > MOST_NAME_CHARACTERS;
  }

  /** Counts one more time that it is formatted; false when that is too often. */
  boolean nextRound() {
    return ++rounds <= limits.rounds();
  }

  /** The work for a farm. */
  Work.Format work(PageFormat format, Map<String, String> options) {
    var names = new HashMap<String, String>();
    var number = 1;
    for (var file : files.keySet()) {
      names.put(file.toString(), "r" + number++);
    }
    var nowhere = new HashSet<String>();
    absent.forEach(file -> nowhere.add(file.toString()));
    return new Work.Format(
        SOURCE,
        format.mediaType(),
        new Work.Format.References(name.toString(), names, nowhere),
        options);
  }

  /** All files of the job. */
  List<SpooledFile> spooled() throws IOException {
    var all = new ArrayList<SpooledFile>();
    all.add(new SpooledFile(SOURCE, source.all()));
    var number = 1;
    for (var file : files.values()) {
      all.add(new SpooledFile("r" + number++, file.all()));
    }
    return all;
  }

  @Override
  public void close() {
    source.close();
    files.values().forEach(Spool::close);
  }
}
