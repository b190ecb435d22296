package io.doos.common.store;

import io.doos.common.store.ObjectStore.StoredObject;
import java.io.InputStream;
import java.io.Reader;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads what S3 servers write. The MinIO SDK could, but works out how anew for each answer, which
 * takes the processor longer than all else of a small call.
 */
final class S3Xml {

  private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();

  S3Xml() {
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
  }

  /**
   * A part of a listing.
   *
   * @param objects folder markers, whose keys end in a slash, included
   * @param continuation what to ask for the next part with; null after the last
   */
  record Page(List<StoredObject> objects, @Nullable String continuation) {}

  /** Reads an answer to ListObjectsV2. */
  Page page(InputStream xml) throws XMLStreamException {
    var reader = factory.createXMLStreamReader(xml);
    var objects = new ArrayList<StoredObject>();
    @Nullable String continuation = null;
    boolean truncated = false;
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT) {
        switch (reader.getLocalName()) {
          case "Contents" -> objects.add(object(reader));
          case "IsTruncated" -> truncated = Boolean.parseBoolean(reader.getElementText().strip());
          case "NextContinuationToken" -> continuation = reader.getElementText();
          default -> {}
        }
      }
    }
    return new Page(objects, truncated ? continuation : null);
  }

  private static StoredObject object(XMLStreamReader reader) throws XMLStreamException {
    @Nullable String key = null;
    @Nullable String size = null;
    @Nullable String modified = null;
    while (reader.next() != XMLStreamConstants.END_ELEMENT
        || !reader.getLocalName().equals("Contents")) {
      if (reader.isStartElement()) {
        switch (reader.getLocalName()) {
          case "Key" -> key = reader.getElementText();
          case "Size" -> size = reader.getElementText().strip();
          case "LastModified" -> modified = reader.getElementText().strip();
          default -> {}
        }
      }
    }
    if (key == null || size == null || modified == null) {
      throw new XMLStreamException("an object without key, size or time", reader.getLocation());
    }
    try {
      return new StoredObject(
          key, Long.parseLong(size), OffsetDateTime.parse(modified).toInstant());
    } catch (DateTimeException | NumberFormatException e) {
      throw new XMLStreamException("an object of a strange size or time", reader.getLocation(), e);
    }
  }

  /** Reads why a request was not done. */
  S3Error error(int status, Reader xml) throws XMLStreamException {
    var reader = factory.createXMLStreamReader(xml);
    @Nullable String code = null;
    var message = "";
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT) {
        switch (reader.getLocalName()) {
          case "Code" -> code = reader.getElementText();
          case "Message" -> message = reader.getElementText();
          default -> {}
        }
      }
    }
    return new S3Error(status, code, message);
  }
}
