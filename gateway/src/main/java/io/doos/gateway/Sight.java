package io.doos.gateway;

import io.doos.common.metrics.Metrics;
import io.doos.common.queue.Broker;
import io.doos.common.trace.Traces;

/**
 * What a gateway shows the farm with.
 *
 * @param broker where it hears of workers and jobs, and speaks to workers
 * @param traces where it tells of the jobs that it takes; the caller's to close, after the gateway
 * @param secret of the farm; forms of one gateway's pages are known by it at the others
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares it
public record Sight(Broker broker, Metrics metrics, Traces traces, byte[] secret) {}
