package io.doos.deploy.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

final class PagedListingsTest {

  private static final String BUCKET = "doos";
  private static final List<String> KEYS =
      IntStream.range(0, 25).mapToObj("input/%02d/job.json"::formatted).toList();

  @TempDir private Path folder;
  private Counting files;
  private PagedListings store;

  /** A store of files that counts how often it was listed. */
  private static final class Counting extends ForwardingBlobStore {
    private int listings;

    Counting(BlobStore store) {
      super(store);
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
      listings++;
      return super.list(request);
    }
  }

  @BeforeEach
  void fill() {
    files = new Counting(new FilesystemNio2BlobStore(folder.toString()));
    store = new PagedListings(files);
    files.createContainer(CreateBucketRequest.builder().bucket(BUCKET).build());
    KEYS.forEach(this::put);
    put("output/00/status.json");
  }

  @Test
  void aFolderIsReadOnceForAllPages() {
    assertThat(walk("input/", 10)).isEqualTo(KEYS);
    assertThat(files.listings).isEqualTo(1);
  }

  @Test
  void eachListingBeginsWithWhatIsThereThen() {
    assertThat(walk("input/", 10)).isEqualTo(KEYS);
    put("input/99/job.json");
    assertThat(walk("input/", 10)).hasSize(KEYS.size() + 1).endsWith("input/99/job.json");
  }

  @Test
  void aPageGoesOnWhereTheOneBeforeEndedThoughItsLastObjectIsGone() {
    var first = page("input/", 10, null);
    remove(first.contents().getLast().key());
    walk("output/", 1);
    assertThat(keys(page("input/", 100, first.nextContinuationToken())))
        .isEqualTo(KEYS.subList(10, 25));
  }

  @Test
  void twoWalksBesideEachOtherEachSeeAll() {
    var one = page("input/", 10, null);
    var other = page("input/", 20, null);
    assertThat(keys(page("input/", 20, other.nextContinuationToken())))
        .isEqualTo(KEYS.subList(20, 25));
    assertThat(keys(page("input/", 20, one.nextContinuationToken())))
        .isEqualTo(KEYS.subList(10, 25));
  }

  @Test
  void aListingByFolderAndOneOfWhatFitsOnAPageAreTheStoresOwn() {
    var byFolder =
        store.list(
            ListObjectsV2Request.builder()
                .bucket(BUCKET)
                .prefix("")
                .delimiter("/")
                .maxKeys(10)
                .build());
    assertThat(byFolder.commonPrefixes()).extracting("prefix").containsExactly("input/", "output/");
    var exact = page("input/", KEYS.size(), null);
    assertThat(keys(exact)).isEqualTo(KEYS);
    assertThat(exact.isTruncated()).isFalse();
    assertThat(exact.nextContinuationToken()).isNull();
  }

  private List<String> walk(String prefix, int atOnce) {
    var all = new ArrayList<String>();
    @Nullable String token = null;
    do {
      var page = page(prefix, atOnce, token);
      all.addAll(keys(page));
      token = page.nextContinuationToken();
    } while (token != null);
    return all;
  }

  private ListObjectsV2Response page(String prefix, int atOnce, @Nullable String token) {
    return store.list(
        ListObjectsV2Request.builder()
            .bucket(BUCKET)
            .prefix(prefix)
            .maxKeys(atOnce)
            .continuationToken(token)
            .build());
  }

  private static List<String> keys(ListObjectsV2Response page) {
    return page.contents().stream().map(S3Object::key).toList();
  }

  private void put(String key) {
    files.putBlob(
        PutObjectRequest.builder().bucket(BUCKET).key(key).build(), InputStream.nullInputStream());
  }

  private void remove(String key) {
    files.removeBlob(DeleteObjectRequest.builder().bucket(BUCKET).key(key).build());
  }
}
