package io.doos.common.ledger;

import io.doos.common.status.Status;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is found.
 *
 * @param tenant whose job it is; null where it is nobody's, or its message could not be read
 */
public record Seen(Status status, @Nullable String tenant) {}
