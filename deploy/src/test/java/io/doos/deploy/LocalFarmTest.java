package io.doos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.doos.common.config.FarmSetting;
import io.doos.common.config.Secret;
import io.doos.common.config.Setting;
import io.doos.common.config.Settings;
import io.doos.common.store.StoreFailure;
import io.doos.deploy.standalone.EmbeddedStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFarmTest {

  @TempDir private Path folder;

  @Test
  void theStoreOfAStandaloneFarmIsFoundByItsDataFolder() throws Exception {
    var settings = Settings.defaults().with(FarmSetting.DATA_DIR, folder.toString());
    var config = new EmbeddedStore.Config(0, LocalFarm.storeFolder(settings), "doos");
    try (var farm = new EmbeddedStore(config)) {
      farm.start();
      var beside =
          settings.with(FarmSetting.EMBEDDED_STORE_PORT, "" + farm.access().url().getPort());

      try (var store = LocalFarm.openStore(beside)) {
        store.put("templates/a", new byte[] {1});
        assertThat(store.list("templates/")).hasSize(1);
      }
    }
  }

  @Test
  void whatIsSetIsNotTouched() throws Exception {
    var set =
        Settings.defaults()
            .with(
                Map.<Setting<?>, String>of(
                    FarmSetting.BROKER_URL, "amqp://rabbit",
                    FarmSetting.STORE_URL, "http://store:1",
                    FarmSetting.STORE_ACCESS_KEY, "a",
                    FarmSetting.STORE_SECRET_KEY, "b"));

    var filled = LocalFarm.fillIn(set);

    assertThat(filled.get(FarmSetting.BROKER_URL)).hasHost("rabbit");
    assertThat(filled.get(FarmSetting.STORE_URL)).hasPort(1);
    assertThat(filled.get(FarmSetting.STORE_SECRET_KEY)).contains(new Secret("b"));
  }

  @Test
  void withoutAnyKeysTheSettingsAreNamed() throws Exception {
    var settings = Settings.defaults().with(FarmSetting.DATA_DIR, folder.toString());

    assertThatExceptionOfType(StoreFailure.Refused.class)
        .isThrownBy(() -> LocalFarm.openStore(settings))
        .withMessageContaining("store.access-key");
  }
}
