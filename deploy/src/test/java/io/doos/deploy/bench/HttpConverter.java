package io.doos.deploy.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * A farm's HTTP door, asked as Gotenberg's clients ask; its broker and store are behind it. By a
 * client that asks and waits on the caller's own thread, as most do: Java's own passes a request
 * through several, for which one document alone would take two milliseconds longer.
 */
final class HttpConverter implements Converter {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Below the door's own, so that none is kept that it has closed. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private static final MediaType ANY = MediaType.get("application/octet-stream");

  /** Beyond its offices: what is uploaded, fetched or waits in the queue meanwhile. */
  private static final int MORE_THAN_OFFICES = 6;

  private final OkHttpClient client;
  private final String door;
  private final long farm;
  private final int offices;

  /**
   * @param port of the HTTP door on this machine
   * @param farm the process id of the farm
   */
  HttpConverter(int port, long farm, int offices) {
    this.door = URI.create("http://127.0.0.1:" + port + "/forms/libreoffice/convert").toString();
    this.farm = farm;
    this.offices = offices;
    this.client =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(atOnce(), IDLE.toSeconds(), TimeUnit.SECONDS))
            .readTimeout(PATIENCE)
            .callTimeout(PATIENCE)
            .retryOnConnectionFailure(false)
            .build();
  }

  @Override
  public String name() {
    return "farm over HTTP";
  }

  @Override
  public int atOnce() {
    return offices + MORE_THAN_OFFICES;
  }

  @Override
  public long pid() {
    return farm;
  }

  @Override
  public void convert(Path document) throws Exception {
    var form =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart(
                "files",
                document.getFileName().toString(),
                RequestBody.create(document.toFile(), ANY))
            .build();
    var request = new Request.Builder().url(door).post(form).build();
    try (var answer = client.newCall(request).execute()) {
      if (answer.code() != 200) {
        throw new IllegalStateException(document + ": " + answer.body().string());
      }
      Pdf.check(document, answer.body().bytes());
    }
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
  }
}
