package io.doos.common.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Telling of jobs as traces. */
public final class TraceSetting {

  public static final Setting<Optional<URI>> TRACE_ENDPOINT =
      new Setting<>(
          "trace.endpoint",
          Form.optional(Form.uri("http", "https")),
          "",
          "OTLP receiver for traces of jobs, such as http://127.0.0.1:4318; without it, there are"
              + " none");

  public static final Setting<Optional<Secret>> TRACE_AUTHORIZATION =
      new Setting<>(
          "trace.authorization",
          Form.optional(Form.secret()),
          "",
          "what the receiver wants in the header Authorization, such as Bearer and a token");

  public static final Setting<Double> TRACE_RATIO =
      new Setting<>(
          "trace.ratio",
          Form.percentage(),
          "100%",
          "share of jobs that are traced, of those whose client did not decide it");

  static final List<Setting<?>> ALL = List.of(TRACE_ENDPOINT, TRACE_AUTHORIZATION, TRACE_RATIO);

  private TraceSetting() {}
}
