package io.doos.common.trace;

import io.doos.common.ledger.JobRecord;
import io.doos.common.status.JobError;
import io.doos.common.status.Timings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is over.
 *
 * @param attempt its number, from 1
 * @param worker whose it was
 * @param began when the job was claimed for it
 * @param outcome a word for what came of it, such as {@code done}
 * @param timings where its time went, as far as it came; null when nobody knows
 * @param error what it met, if anything
 */
public record AttemptSeen(
    JobRecord job,
    int attempt,
    String worker,
    Instant began,
    String outcome,
    @Nullable Timings timings,
    @Nullable JobError error) {}
