package io.doos.worker.office;

import io.doos.worker.confine.ControlGroups;
import io.doos.worker.confine.Controller;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps offices in their places on this machine.
 *
 * @param description the kind of jail
 * @param layers each kind once
 */
public record JailReport(String description, List<Layer> layers) {

  private static final Logger log = LoggerFactory.getLogger(JailReport.class);

  private static final String REMEDY =
      "To have it, let the worker make control groups: run it as root, or as a systemd service with"
          + " Delegate=yes (docs/jail.md).";

  public JailReport {
    layers = List.copyOf(layers);
  }

  static JailReport of(Jail jail, ControlGroups groups, Caps caps) {
    var layers = new ArrayList<>(jail.layers());
    layers.add(
        layer(
            Layer.Kind.MEMORY,
            groups,
            Controller.MEMORY,
            (caps.residentBytes() >> 20) + " MiB for all processes of an office",
            "the worker looks every watchdog.interval, and each process has its address space"));
    layers.add(
        layer(
            Layer.Kind.PROCESS_COUNT,
            groups,
            Controller.PIDS,
            caps.processes() + " for an office, threads included",
            "counted by user (prlimit), or not at all where offices have the worker's"));
    layers.add(
        layer(
            Layer.Kind.CPU,
            groups,
            Controller.CPU,
            caps.cores().map(cores -> cores + " cores for an office").orElse("as much as there is"),
            "an office takes as much as the kernel's scheduler gives it"));
    return new JailReport(jail.description(), layers);
  }

  private static Layer layer(
      Layer.Kind kind, ControlGroups groups, Controller controller, String how, String without) {
    return groups
        .whyNot(controller)
        .<Layer>map(why -> new Layer.Missing(kind, why + ": " + without, REMEDY))
        .orElseGet(() -> new Layer.Holds(kind, how + ", by control groups " + groups.versions()));
  }

  /** Says each layer in the log. */
  void log() {
    for (var layer : layers) {
      switch (layer) {
        case Layer.Holds(var kind, var how) -> log.info("Jail, {}: {}", kind.words(), how);
        case Layer.Missing(var kind, var why, var remedy) when kind.required() ->
            log.warn("Jail, {}: NOT CONFINED: {}. {}", kind.words(), why, remedy);
        case Layer.Missing(var kind, var why, var remedy) ->
            log.info("Jail, {}: not limited: {}. {}", kind.words(), why, remedy);
      }
    }
  }
}
