import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.queue.LinkConfig;
import io.doos.common.queue.RabbitBroker;
import io.doos.common.queue.Topology;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.S3ObjectStore;

/**
 * Publish.java TICKET SCRIPT [FILE…]: publishes a macro job straight to the farm's queue, waits for its end, and
 * fetches what it left into result.zip. Runs as it is: java -cp 'doos/lib/*' Publish.java …
 */
void main(String[] arguments) throws Exception {
  var ticket = new Ticket(arguments[0]);
  var files = new ArrayList<InputFile>();
  files.add(new InputFile.Inline("main.script", Files.readAllBytes(Path.of(arguments[1]))));
  for (var other : List.of(arguments).subList(2, arguments.length)) {
    var path = Path.of(other);
    files.add(new InputFile.Inline(path.getFileName().toString(), Files.readAllBytes(path)));
  }
  var clock = InstantSource.system();
  var work = new RunMacro("main.script", "Main", List.of());
  var limits = JobMessage.Limits.DEFAULT;
  var message = new JobMessage(ticket, work, files, null, clock.instant(), limits, null);

  var ends = new SynchronousQueue<Status>();
  try (var broker = new RabbitBroker(LinkConfig.of(setting("BROKER", "amqp://127.0.0.1")), new Topology(Set.of()), clock);
      var store = new S3ObjectStore(store())) {
    broker.start();
    // events are best effort: the ledger has the truth, so it is asked now and then too
    var ledger = new JobLedger(store, clock, new JobLedger.Rules(2, 5, Duration.ofDays(7)));
    try (var _ = broker.events().subscribe(status -> {
      if (status.ticket().equals(ticket)) {
        var _ = ends.offer(status);
      }
    })) {
      // returns when the broker has confirmed it; again with the same ticket does no harm
      broker.jobs().publish(new JobRecord(message, Pool.DEFAULT, 5, null, null, Map.of()));
      Status end = null;
      while (end == null || !end.state().isFinal()) {
        var news = ends.poll(5, TimeUnit.SECONDS);
        end = news != null ? news : ledger.read(ticket).orElse(null);
      }
      IO.println(ticket + " " + end.state());
      if (end.state() != State.DONE) {
        throw new IllegalStateException(end.error().oneLine());
      }
      try (var result = store.open(end.result().object()).orElseThrow()) {
        Files.copy(result.content(), Path.of("result.zip"), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}

S3ObjectStore.Config store() {
  return new S3ObjectStore.Config(
      URI.create(setting("STORE", "http://127.0.0.1:9000")),
      setting("BUCKET", "doos"),
      "us-east-1",
      setting("STORE_ACCESS_KEY", ""),
      setting("STORE_SECRET_KEY", ""),
      S3ObjectStore.Timeouts.DEFAULT);
}

String setting(String name, String otherwise) {
  return System.getenv().getOrDefault(name, otherwise);
}
