package io.doos.deploy.bench;

import io.doos.deploy.client.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is done again and again.
 *
 * @param name as the tables show it
 * @param files that go with the script
 */
record Workload(String name, Path script, List<Path> files) {

  static final String FUNCTION = "Main";

  private static final String TRIVIAL =
      """
      Sub Main
      End Sub
      """;

  private static final String WRITER_TO_PDF =
      """
      Sub Main
        Dim hidden(0) As New com.sun.star.beans.PropertyValue
        Dim asPdf(0) As New com.sun.star.beans.PropertyValue
        Dim document, text, cursor, table, row, column
        hidden(0).Name = "Hidden"
        hidden(0).Value = True
        document = StarDesktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, hidden())
        text = document.Text
        cursor = text.createTextCursor()
        For row = 1 To 20
          text.insertString(cursor, "Paragraph " & row & " says what all the others say as well." & Chr(13), False)
        Next
        table = document.createInstance("com.sun.star.text.TextTable")
        table.initialize(12, 4)
        text.insertTextContent(cursor, table, False)
        For row = 0 To 11
          For column = 0 To 3
            table.getCellByPosition(column, row).String = row & "." & column
          Next
        Next
        asPdf(0).Name = "FilterName"
        asPdf(0).Value = "writer_pdf_Export"
        document.storeToURL(ConvertToURL("<<OUTDIR>>report.pdf"), asPdf())
        document.close(True)
      End Sub
      """;

  /** A macro that does nothing. */
  static Workload trivial(Path folder) throws IOException {
    return new Workload("trivial", write(folder, "trivial.bas", TRIVIAL), List.of());
  }

  /** A text document with 20 paragraphs and a table of 12 × 4, exported as PDF. */
  static Workload writerToPdf(Path folder) throws IOException {
    return new Workload("Writer→PDF", write(folder, "writer.bas", WRITER_TO_PDF), List.of());
  }

  /** The letters of our examples. */
  static Workload merge(Path examples) {
    var letters = examples.resolve("letters");
    return new Workload(
        "merge",
        letters.resolve("letters.bas"),
        List.of(letters.resolve("letter.odt"), letters.resolve("customers.csv")));
  }

  /** A macro that does nothing with a document of so many bytes. */
  static Workload withDocument(Path folder, int bytes) throws IOException {
    var document = Files.write(folder.resolve("document.bin"), new byte[bytes]);
    return new Workload("document", write(folder, "document.bas", TRIVIAL), List.of(document));
  }

  private static Path write(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  Submission submission() {
    return new Submission(
        script, files, FUNCTION, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
