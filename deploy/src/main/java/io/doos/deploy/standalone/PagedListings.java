package io.doos.deploy.standalone;

import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists once for all pages of a listing. A store of files reads the whole folder, and each file's
 * attributes, for every page of a thousand: where a hundred thousand jobs wait, a janitor's walk
 * through them would take minutes of both processors.
 *
 * <p>What is left of a listing is kept until its last page was asked for, a minute at most, and
 * only as long as memory is not needed for anything else: after that the next page is listed anew.
 * So a page may show what was deleted less than a minute ago. Safe for use by any number of
 * threads.
 */
final class PagedListings extends ForwardingBlobStore {

  private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

  private volatile SoftReference<Listing> kept = new SoftReference<>(null);

  /** All objects under a prefix, by key. */
  private record Listing(
      String bucket, @Nullable String prefix, List<S3Object> objects, long listedAtNanos) {

    boolean serves(ListObjectsV2Request request) {
      return bucket.equals(request.bucket())
          && Objects.equals(prefix, request.prefix())
          && System.nanoTime() - listedAtNanos < KEPT_NANOS;
    }

    List<S3Object> after(String key) {
      int found =
          Collections.binarySearch(
              objects, S3Object.builder().key(key).build(), Comparator.comparing(S3Object::key));
      return objects.subList(found < 0 ? -found - 1 : found + 1, objects.size());
    }
  }

  PagedListings(BlobStore store) {
    super(store);
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    var most = request.maxKeys();
    var isByFolder = request.delimiter() != null && !request.delimiter().isEmpty();
    if (isByFolder || most == null || most == 0) {
      return delegate().list(request);
    }
    var token = request.continuationToken();
    var listing = token == null ? fresh(request) : keptOrFresh(request);
    var after = token == null ? request.startAfter() : token;
    var rest = after == null ? listing.objects : listing.after(after);
    var isLast = rest.size() <= most;
    keep(listing, isLast);
    var page = rest.subList(0, isLast ? rest.size() : most);
    return ListObjectsV2Response.builder()
        .contents(page)
        .isTruncated(!isLast)
        .nextContinuationToken(isLast ? null : page.getLast().key())
        .build();
  }

  private Listing keptOrFresh(ListObjectsV2Request request) {
    var before = kept.get();
    return before != null && before.serves(request) ? before : fresh(request);
  }

  private Listing fresh(ListObjectsV2Request request) {
    var whole = request.toBuilder().maxKeys(null).continuationToken(null).startAfter(null).build();
    var objects = new ArrayList<>(delegate().list(whole).contents());
    return new Listing(request.bucket(), request.prefix(), objects, System.nanoTime());
  }

  private void keep(Listing listing, boolean isLast) {
    if (!isLast) {
      kept = new SoftReference<>(listing);
    } else if (kept.refersTo(listing)) {
      kept.clear();
    }
  }
}
