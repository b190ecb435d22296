Function Main As String
  Dim document, sheet, row As Integer
  document = newDocument("data", True)
  For row = 0 To 49
    setCellByPosition(document, 0, row, row)
    setCellByPosition(document, 1, row, "=SQRT(A" & (row + 1) & ")*1000", "formula")
    setCellByPosition(document, 2, row, "Lantern Hotel " & row)
  Next
  saveDocToPath(document, "<<OUTDIR>>numbers.csv")
  closeDocument(document, True)
  document = newDocument("text", True)
  document.Text.String = "Dear guest," & Chr(10) & Format(1234567.891, "#,##0.00") & " on " & Format(DateSerial(2026, 3, 7), "DDDD, MMMM D")
  saveDocToPath(document, "<<OUTDIR>>letter.txt")
  closeDocument(document, True)
  Main = "written " & Format(0.5, "0.00")
End Function
