package io.doos.common.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.store.ObjectStore.StoredObject;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ObjectStore} promises; run on the fake and on real ones. */
public interface ObjectStoreContract {

  int RACERS = 16;

  /** The store under test, always the same one within a test; what is in it does not matter. */
  ObjectStore store();

  @Test
  default void aCreatedObjectReadsBackTheSame() throws StoreFailure {
    var key = newFolder() + "job.json";
    assertThat(store().create(key, bytes("{}"))).isTrue();
    assertThat(store().read(key)).contains(bytes("{}"));
  }

  @Test
  default void anObjectExistsFromItsCreationToItsRemoval() throws StoreFailure {
    var key = newFolder() + "status.json";
    store().create(key, bytes("{}"));
    assertThat(store().exists(key)).isTrue();
    store().delete(key);
    assertThat(store().exists(key)).isFalse();
  }

  @Test
  default void aSecondCreateOfTheSameKeyAnswersFalseAndChangesNothing() throws StoreFailure {
    var key = newFolder() + "job.json";
    store().create(key, bytes("first"));
    assertThat(store().create(key, bytes("second"))).isFalse();
    assertThat(store().read(key)).contains(bytes("first"));
  }

  @Test
  default void ofManyRacersCreatingOneKeyExactlyOneWins() throws Exception {
    for (var round = 0; round < 10; round++) {
      var key = newFolder() + "claim-1.json";
      var start = new CyclicBarrier(RACERS);
      var wins =
          together(
              RACERS,
              racer -> {
                start.await();
                return store().create(key, bytes("racer " + racer));
              });
      assertThat(wins).containsOnlyOnce(true);
      assertThat(store().read(key)).contains(bytes("racer " + wins.indexOf(true)));
    }
  }

  @Test
  default void aKeyCanBeCreatedAgainAfterItWasDeleted() throws StoreFailure {
    var key = newFolder() + "job.json";
    store().create(key, bytes("first"));
    store().delete(key);
    assertThat(store().create(key, bytes("second"))).isTrue();
    assertThat(store().read(key)).contains(bytes("second"));
  }

  @Test
  default void aPutReplaces() throws StoreFailure {
    var key = newFolder() + "status.json";
    store().put(key, bytes("a longer first"));
    store().put(key, bytes("second"));
    assertThat(store().read(key)).contains(bytes("second"));
    assertThat(store().create(key, bytes("third"))).isFalse();
  }

  @Test
  default void whileAnObjectIsReplacedReadersSeeTheOldOrTheNewWhole() throws Exception {
    var key = newFolder() + "status.json";
    var versions = List.of("1".repeat(100_000), "2".repeat(50_000));
    store().put(key, bytes(versions.getFirst()));
    together(
        4,
        worker -> {
          for (var i = 0; i < 25; i++) {
            if (worker == 0) {
              store().put(key, bytes(versions.get(i % 2)));
            } else {
              assertThat(versions).contains(new String(store().read(key).orElseThrow(), UTF_8));
            }
          }
          return true;
        });
  }

  @Test
  default void whatIsNotThereIsEmptyNotAnError() throws StoreFailure {
    var folder = newFolder();
    assertThat(store().read(folder + "nothing")).isEmpty();
    assertThat(store().exists(folder + "nothing")).isFalse();
    assertThat(store().open(folder + "nothing")).isEmpty();
    assertThat(store().list(folder)).isEmpty();
    store().delete(folder + "nothing");
  }

  @Test
  default void anEmptyObjectIsAnObject(@TempDir Path dir) throws Exception {
    var folder = newFolder();
    store().create(folder + "array", new byte[0]);
    store().put(folder + "file", Files.createFile(dir.resolve("empty")));
    assertThat(store().read(folder + "array")).contains(new byte[0]);
    assertThat(store().read(folder + "file")).contains(new byte[0]);
    assertThat(store().list(folder)).extracting(StoredObject::bytes).containsExactly(0L, 0L);
  }

  @Test
  default void aFileComesBackWithItsSizeAndItsBytes(@TempDir Path dir) throws Exception {
    var key = newFolder() + "result-1.zip";
    var content = new byte[ObjectStore.MAX_READ_BYTES + 1];
    new Random(1).nextBytes(content);
    store().put(key, Files.write(dir.resolve("file"), content));
    try (var opened = store().open(key).orElseThrow()) {
      assertThat(opened.bytes()).isEqualTo(content.length);
      assertThat(opened.content().readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  default void anOpenObjectMayBeClosedUnread(@TempDir Path dir) throws Exception {
    var key = newFolder() + "result-1.zip";
    store().put(key, Files.write(dir.resolve("file"), new byte[3_000_000]));
    for (var i = 0; i < 40; i++) {
      try (var opened = store().open(key).orElseThrow()) {
        assertThat(opened.content().read()).isZero();
      }
    }
  }

  @Test
  default void aReadRefusesWhatIsTooLargeToBeHeld() throws StoreFailure {
    var folder = newFolder();
    store().put(folder + "fits", new byte[ObjectStore.MAX_READ_BYTES]);
    store().put(folder + "not", new byte[ObjectStore.MAX_READ_BYTES + 1]);
    assertThat(store().read(folder + "fits")).isPresent();
    assertThatThrownBy(() -> store().read(folder + "not"))
        .isInstanceOf(StoreFailure.Refused.class)
        .hasMessageContaining("not");
  }

  @Test
  default void aFileThatCannotBeReadIsTheCallersTrouble(@TempDir Path dir) {
    assertThatThrownBy(() -> store().put(newFolder() + "x", dir.resolve("missing")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing");
  }

  @Test
  default void aListingIsByKeyAndTellsSizeAndTime() throws StoreFailure {
    var folder = newFolder();
    var before = Instant.now().minusSeconds(2);
    for (var name : List.of("b.json", "a/2", "a/1", "a-1", "c")) {
      store().put(folder + name, bytes(name));
    }
    assertThat(store().list(folder))
        .extracting(StoredObject::key)
        .containsExactly(
            folder + "a-1", folder + "a/1", folder + "a/2", folder + "b.json", folder + "c");
    assertThat(store().list(folder + "a/")).extracting(StoredObject::bytes).containsExactly(3L, 3L);
    assertThat(store().list(folder + "b"))
        .singleElement()
        .satisfies(found ->
            assertThat(found.modifiedAt()).isBetween(before, Instant.now().plusSeconds(2)));
  }

  @Test
  default void aListingIsWholeHoweverLong() throws Exception {
    var folder = newFolder();
    var each = 140;
    together(
        8,
        worker -> {
          for (var i = 0; i < each; i++) {
            store().create("%s%d-%03d".formatted(folder, worker, i), bytes("x"));
          }
          return true;
        });
    assertThat(store().list(folder)).hasSize(8 * each);
  }

  @Test
  default void aWalkShowsAllByKeyWhileWhatItShowsIsDeletedAndStopsWhenItIsToldTo()
      throws StoreFailure {
    var folder = newFolder();
    for (var name : List.of("c", "a/2", "b", "a/1")) {
      store().create(folder + name, bytes("here"));
    }
    var seen = new ArrayList<String>();
    store()
        .<RuntimeException>walk(
            folder,
            object -> {
              seen.add(object.key());
              store().delete(object.key());
              return seen.size() < 3;
            });
    assertThat(seen).containsExactly(folder + "a/1", folder + "a/2", folder + "b");
    assertThat(store().list(folder)).extracting(StoredObject::key).containsExactly(folder + "c");
  }

  @Test
  default void whatIsDeletedIsGoneAndStaysGone() throws StoreFailure {
    var folder = newFolder();
    store().put(folder + "a", bytes("1"));
    store().put(folder + "b", bytes("2"));
    store().delete(folder + "a");
    store().delete(folder + "a");
    assertThat(store().read(folder + "a")).isEmpty();
    assertThat(store().list(folder)).extracting(StoredObject::key).containsExactly(folder + "b");
  }

  @Test
  default void awkwardKeysAreKeysLikeAnyOther() throws StoreFailure {
    var folder = newFolder();
    for (var name : List.of("a b+c%20d.odt", "(1) & 'x';=@!,$~.zip", "#[]{}", "-_.")) {
      assertThat(store().create(folder + name, bytes(name))).isTrue();
      assertThat(store().read(folder + name)).contains(bytes(name));
      assertThat(store().list(folder)).extracting(StoredObject::key).contains(folder + name);
      store().delete(folder + name);
    }
    assertThat(store().list(folder)).isEmpty();
  }

  @Test
  default void comingAndGoingInOneFolderHarmsNobody() throws Exception {
    var folder = newFolder();
    together(
        RACERS,
        worker -> {
          for (var i = 0; i < 20; i++) {
            var key = folder + "t" + worker + "/job.json";
            assertThat(store().create(key, bytes("{}"))).isTrue();
            store().delete(key);
          }
          return true;
        });
    assertThat(store().list(folder)).isEmpty();
  }

  /** A piece of a racing test. */
  @FunctionalInterface
  interface Racing<T> {
    T run(int number) throws Exception;
  }

  private static <T> List<T> together(int count, Racing<T> racing) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var racers = new ArrayList<Callable<T>>();
      for (var i = 0; i < count; i++) {
        var number = i;
        racers.add(() -> racing.run(number));
      }
      var answers = new ArrayList<T>();
      for (Future<T> future : threads.invokeAll(racers)) {
        answers.add(future.get());
      }
      return answers;
    }
  }

  private static String newFolder() {
    return "contract/" + UUID.randomUUID() + "/";
  }

  /** Text as bytes. */
  default byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
