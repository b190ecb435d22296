import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * Stands in for SeaweedFS where its image cannot be had: S3Proxy, which the distribution has for
 * standalone, with the port, the folder and the keys of the service 'store' of compose.yaml.
 */
final class SubstituteStore {

  private SubstituteStore() {}

  public static void main(String[] arguments) throws Exception {
    S3Proxy.builder()
        .blobStore(new FilesystemNio2BlobStore(Path.of("/data").toString()))
        .endpoint(URI.create("http://0.0.0.0:8333"))
        .awsAuthentication(
            AuthenticationType.AWS_V4,
            System.getenv("AWS_ACCESS_KEY_ID"),
            System.getenv("AWS_SECRET_ACCESS_KEY"))
        .v4MaxNonChunkedRequestSize(32L << 20)
        .build()
        .start();
  }
}
