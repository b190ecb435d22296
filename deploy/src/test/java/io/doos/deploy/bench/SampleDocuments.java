package io.doos.deploy.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Documents of one to three pages that an office makes at the start of a run.
 *
 * @param onePage a docx of one page
 * @param all that one too
 */
record SampleDocuments(Path onePage, List<Path> all) {

  private static final String MAKE =
      """
      Sub Main
        Letter 8, 6, "one.docx", "MS Word 2007 XML"
        Letter 60, 24, "two.docx", "MS Word 2007 XML"
        Letter 20, 12, "one.odt", "writer8"
        Letter 110, 30, "three.odt", "writer8"
        Sheet 40, "one.xlsx"
        Sheet 110, "two.xlsx"
      End Sub

      Sub Save(document, file, filter)
        Dim how(0) As New com.sun.star.beans.PropertyValue
        how(0).Name = "FilterName"
        how(0).Value = filter
        document.storeToURL(ConvertToURL("<<OUTDIR>>" & file), how())
        document.close(True)
      End Sub

      Function Made(kind)
        Dim hidden(0) As New com.sun.star.beans.PropertyValue
        hidden(0).Name = "Hidden"
        hidden(0).Value = True
        Made = StarDesktop.loadComponentFromURL("private:factory/" & kind, "_blank", 0, hidden())
      End Function

      Sub Letter(paragraphs, rows, file, filter)
        Dim document, text, cursor, table, row, column
        document = Made("swriter")
        text = document.Text
        cursor = text.createTextCursor()
        For row = 1 To paragraphs
          text.insertString(cursor, "Paragraph " & row & " says what all the others say as well, and takes a little longer over it than it must." & Chr(13), False)
        Next
        table = document.createInstance("com.sun.star.text.TextTable")
        table.initialize(rows, 4)
        text.insertTextContent(cursor, table, False)
        For row = 0 To rows - 1
          For column = 0 To 3
            table.getCellByPosition(column, row).String = row & "." & column
          Next
        Next
        Save document, file, filter
      End Sub

      Sub Sheet(rows, file)
        Dim document, cells, row, column
        document = Made("scalc")
        cells = document.Sheets.getByIndex(0)
        For row = 0 To rows - 1
          For column = 0 To 4
            cells.getCellByPosition(column, row).Value = row * column / 7
          Next
          cells.getCellByPosition(5, row).Formula = "=SUM(A" & (row + 1) & ":E" & (row + 1) & ")"
        Next
        Save document, file, "Calc MS Excel 2007 XML"
      End Sub
      """;

  private static final List<String> NAMES =
      List.of("one.docx", "two.docx", "one.odt", "three.odt", "one.xlsx", "two.xlsx");

  /** Has {@code offices} make them in {@code folder}, which has to exist. */
  static SampleDocuments make(BareOffices offices, Path folder) throws Exception {
    var work = new Workload("documents", folder.resolve("make.bas"), List.of());
    Files.writeString(work.script(), MAKE);
    offices.make(work, folder);
    return new SampleDocuments(
        folder.resolve(NAMES.getFirst()), NAMES.stream().map(folder::resolve).toList());
  }
}
