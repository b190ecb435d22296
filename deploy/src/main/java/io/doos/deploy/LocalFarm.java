package io.doos.deploy;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.FarmSetting;
import io.doos.common.config.Setting;
import io.doos.common.config.Settings;
import io.doos.common.farm.FarmLinks;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.S3ObjectStore;
import io.doos.common.store.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;

/**
 * For commands beside a running farm: what the settings leave open is taken from the standalone
 * farm on this machine, whose store's keys lie in {@code data.dir}.
 */
public final class LocalFarm {

  private LocalFarm() {}

  /** Where standalone's embedded store keeps its objects and its keys. */
  public static Path storeFolder(Settings settings) {
    return settings.get(FarmSetting.DATA_DIR).resolve("store");
  }

  /** The settings with the addresses and keys of the embedded parts where none are given. */
  public static Settings fillIn(Settings settings) throws BadSettingsException, IOException {
    var open = new HashMap<Setting<?>, String>();
    if (!settings.isSet(FarmSetting.BROKER_URL)) {
      var port = settings.get(FarmSetting.EMBEDDED_BROKER_PORT);
      open.put(FarmSetting.BROKER_URL, "amqp://guest:guest@127.0.0.1:" + port);
    }
    if (!settings.isSet(FarmSetting.STORE_URL)) {
      var port = settings.get(FarmSetting.EMBEDDED_STORE_PORT);
      open.put(FarmSetting.STORE_URL, "http://127.0.0.1:" + port);
    }
    var keys = storeFolder(settings).resolve("keys");
    if (!settings.isSet(FarmSetting.STORE_ACCESS_KEY) && Files.exists(keys)) {
      var lines = Files.readAllLines(keys);
      if (lines.size() == 2) {
        open.put(FarmSetting.STORE_ACCESS_KEY, lines.getFirst());
        open.put(FarmSetting.STORE_SECRET_KEY, lines.getLast());
      }
    }
    return settings.with(open);
  }

  /** Opens the bucket, and makes it when it is missing. */
  public static ObjectStore openStore(Settings settings)
      throws StoreFailure, BadSettingsException, IOException {
    var filled = fillIn(settings);
    if (filled.get(FarmSetting.STORE_SECRET_KEY).isEmpty()) {
      throw new StoreFailure.Refused(
          "no keys: set store.access-key and store.secret-key, or data.dir to the folder of a"
              + " standalone farm on this machine",
          null);
    }
    var store = new S3ObjectStore(FarmLinks.storeConfig(filled));
    try {
      store.ensureBucket();
      return store;
    } catch (StoreFailure e) {
      store.close();
      throw e;
    }
  }
}
