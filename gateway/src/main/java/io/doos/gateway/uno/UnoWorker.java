package io.doos.gateway.uno;

import io.doos.common.uno.RemoteDoor;
import java.time.Instant;

/**
 * A worker that has a UNO door, as it told of itself last.
 *
 * @param places how many clients can have an office there
 * @param free how many more could have one
 * @param heardAt when it told so, by our own clock
 */
public record UnoWorker(String name, RemoteDoor door, int places, int free, Instant heardAt) {}
