package io.doos.gateway.http;

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
 */
public record DoorLimits(
    long requestBytes,
    int files,
    List<String> objectPrefixes,
    Duration longestWait,
    Duration conversion) {

  public DoorLimits {
    objectPrefixes = List.copyOf(objectPrefixes);
  }
}
