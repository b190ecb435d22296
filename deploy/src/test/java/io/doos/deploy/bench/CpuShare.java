package io.doos.deploy.bench;

/** What CPU time of a farm goes to. Threads are told by the 15 characters that the kernel keeps. */
enum CpuShare {
  OFFICES("offices and jails"),
  BROKER("embedded broker"),
  STORE("embedded store"),
  CARRIERS("gateway and worker"),
  CLIENTS("AMQP and S3 clients"),
  JVM("GC, JIT and JVM"),
  REST("rest of the process");

  private final String shown;

  CpuShare(String shown) {
    this.shown = shown;
  }

  String shown() {
    return shown;
  }

  static CpuShare ofThread(String name) {
    if (name.matches(
        "(default-store|Commit-Thread|Selector-|virtualhost|VirtualHost|Broker|broker|qpid|Qpid|IO-|derby|[0-9]*rawStore|antiGC|MessageStore|Derby|housekeep).*")) {
      return BROKER;
    }
    if (name.matches("(S3Proxy|qtp|Jetty).*")) {
      return STORE;
    }
    if (name.matches(
        "(ForkJoinPool|doos door|delivery|MasterPoller|SubPoller|VirtualThread|Read-Poller|Write-Poller|.*-Poller|office|doos).*")) {
      return CARRIERS;
    }
    if (name.matches("(AMQP|response-input|OkHttp|Okio|pool-).*")) {
      return CLIENTS;
    }
    if (name.matches(
        "(C1|C2|VM |GC |G1 |Sweeper|Common-Cleaner|Reference|Finalizer|Signal|Service|Monitor|Notif).*")) {
      return JVM;
    }
    return REST;
  }
}
