package io.doos.common.queue;

/** The ways in which doos talks through a message broker. Safe for use by any thread. */
public interface Broker {

  JobPublisher jobs();

  Deliveries deliveries();

  Events events();

  Control control();

  Queues queues();

  Workers workers();

  DeadLetters deadLetters();
}
