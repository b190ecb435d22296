package io.doos.common.queue;

import io.doos.common.job.Pool;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message in {@code doos.dead}.
 *
 * @param id names it for as long as it is there; two that are alike in all share one
 * @param reason why it is there; empty where nobody said
 * @param pool whose queue it was in, or that it was meant for, where that can be told
 * @param type the message's type, null where it has none
 * @param body as it came
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that nobody compares
public record DeadLetter(
    String id, String reason, Optional<Pool> pool, @Nullable String type, byte[] body) {}
