package io.doos.common.status;

/**
 * Where a job's time went, in milliseconds each: waiting in the queue, fetching input, running,
 * storing output.
 */
public record Timings(long queuedMs, long fetchMs, long runMs, long storeMs) {}
