package io.doos.gateway.cliser;

import java.time.Duration;

/**
 * What a session may be, each limit with the reason for it.
 *
 * @param documentBytes a document with all its files: it bounds the disk that a client can take
 * @param files the files of one document: each is a question and an answer
 * @param rounds how often a document is formatted again for what it turns out to need
 * @param greeting how long a client may take to say HELLO: an idle or lost client gives its place
 *     back
 * @param progress how long a client may send nothing within a line, a document or an answer, or
 *     take nothing of the pages
 * @param idle how long a session may rest between documents
 */
public record CliserLimits(
    long documentBytes,
    int files,
    int rounds,
    Duration greeting,
    Duration progress,
    Duration idle) {

  /** 256 MiB, 1,024 files, three rounds; 10 s, 60 s and 10 min. */
  public static final CliserLimits DEFAULT =
      new CliserLimits(
          256L << 20,
          1024,
          3,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10));

  public CliserLimits {
    if (documentBytes < 1 || files < 1 || rounds < 1) {
      throw new IllegalArgumentException("a session without documents");
    }
  }
}
