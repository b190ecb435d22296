package io.doos.common.uno;

import java.time.Instant;
import java.util.Optional;

/**
 * A session as it is at a moment, for people to look at.
 *
 * @param client such as {@code 10.0.0.7:51234}
 * @param office such as {@code office-2.17}; empty while it waits for one
 * @param since when the client got its office; while it waits, when it connected
 */
public record UnoSessionView(String client, Optional<String> office, Instant since) {}
