package io.doos.worker.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.FakeObjectStore.Fault;
import io.doos.common.store.FakeObjectStore.Operation;
import io.doos.common.store.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderMirrorTest {

  @TempDir Path temp;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final FakeObjectStore store = new FakeObjectStore(() -> now);
  private Path folder;
  private FolderMirror mirror;

  @BeforeEach
  void setUp() {
    folder = temp.resolve("templates");
    mirror = new FolderMirror(store, "templates/", folder, temp, Duration.ofMillis(500), () -> now);
  }

  @Test
  void whatIsPutChangedAndRemovedIsSeenAtTheNextRefresh() throws Exception {
    put("templates/a.odt", "one");
    put("templates/sub/b.odt", "two");
    put("fonts/c.ttf", "not ours");
    assertThat(refresh()).isTrue();
    assertThat(folder.resolve("a.odt")).hasContent("one");
    assertThat(folder.resolve("sub/b.odt")).hasContent("two");
    assertThat(folder.resolve("c.ttf")).doesNotExist();
    put("templates/a.odt", "ONE"); // the same size
    store.delete("templates/sub/b.odt");
    assertThat(refresh()).isTrue();
    assertThat(folder.resolve("a.odt")).hasContent("ONE");
    assertThat(folder.resolve("sub/b.odt")).doesNotExist();
    assertThat(refresh()).isFalse();
  }

  @Test
  void whatItHadStaysWhenTheStoreFails() throws Exception {
    put("templates/a.odt", "one");
    refresh();
    store.failNext(Operation.LIST, Fault.UNAVAILABLE);
    assertThatThrownBy(this::refresh).isInstanceOf(StoreFailure.class);
    assertThat(folder.resolve("a.odt")).hasContent("one");
  }

  @Test
  void aNameThatLeavesTheFolderIsLeftOut() throws Exception {
    put("templates/../evil", "x");
    refresh();
    assertThat(temp.resolve("evil")).doesNotExist();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileInUseGoesOnBeingTheOldOne() throws Exception {
    put("templates/a.odt", "old");
    refresh();
    try (var open = Files.newInputStream(folder.resolve("a.odt"))) {
      put("templates/a.odt", "new");
      refresh();
      assertThat(open.readAllBytes()).asString(UTF_8).isEqualTo("old");
    }
    assertThat(folder.resolve("a.odt")).hasContent("new");
  }

  private void put(String key, String text) throws StoreFailure {
    store.put(key, text.getBytes(UTF_8));
  }

  private boolean refresh() throws Exception {
    now = now.plusSeconds(1);
    return mirror.refresh();
  }
}
