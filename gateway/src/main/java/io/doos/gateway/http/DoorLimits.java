package io.doos.gateway.http;

import io.doos.common.job.Pool;
import java.time.Duration;
import java.util.List;

/**
 * What the HTTP door lets its clients do.
 *
 * @param requestBytes largest request, all its files together
 * @param files most files in a request
 * @param objectPrefixes where in the bucket an input may lie that a client names
 * @param longestWait how long a request may wait for a job at most
 * @param conversion how long a client of a synchronous route waits for its job
 * @param conversionPool the pool of those jobs
 */
public record DoorLimits(
    long requestBytes,
    int files,
    List<String> objectPrefixes,
    Duration longestWait,
    Duration conversion,
    Pool conversionPool) {

  public DoorLimits {
    objectPrefixes = List.copyOf(objectPrefixes);
  }
}
