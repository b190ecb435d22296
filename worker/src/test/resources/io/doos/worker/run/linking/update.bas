' Opens all that came along, has every link brought up to date by all means that there are, and
' leaves what can be read then.
Sub Main
  Dim name As String
  Open "<<OUTDIR>>found.txt" For Output As #1
  name = Dir("<<INDIR>>*")
  Do While name <> ""
    If Right(name, 4) <> ".bas" Then Print #1, name & ": " & Found(name)
    name = Dir()
  Loop
  Close #1
End Sub

Function Found(name As String) As String
  Dim document, how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden"
  how(0).Value = True
  how(1).Name = "UpdateDocMode"
  how(1).Value = com.sun.star.document.UpdateDocMode.FULL_UPDATE
  document = StarDesktop.loadComponentFromURL("file://<<INDIR>>" & name, "_blank", 0, how())
  If IsNull(document) Then
    Found = "not opened"
    Exit Function
  End If
  Update(document)
  If document.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then
    Found = Cells(document)
  ElseIf HasUnoInterfaces(document, "com.sun.star.text.XTextDocument") Then
    Found = document.Text.String
  Else
    Found = Shapes(document)
  End If
  document.close(True)
End Function

Sub Update(document)
  On Error Resume Next
  Dim i As Integer, dispatcher
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:UpdateAllLinks", "", 0, Array())
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:UpdateAll", "", 0, Array())
  document.updateLinks()
  document.refresh()
  If Not document.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then Exit Sub
  document.calculateAll()
  For i = 0 To document.SheetLinks.Count - 1
    document.SheetLinks.getByIndex(i).refresh()
  Next
  For i = 0 To document.AreaLinks.Count - 1
    document.AreaLinks.getByIndex(i).refresh()
  Next
  For i = 0 To document.DDELinks.Count - 1
    document.DDELinks.getByIndex(i).refresh()
  Next
End Sub

Function Cells(document) As String
  Dim sheet, cursor, rows, row As Long, column As Long, i As Integer, text As String
  For i = 0 To document.Sheets.Count - 1
    sheet = document.Sheets(i)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(True)
    rows = cursor.getDataArray()
    For row = 0 To UBound(rows)
      For column = 0 To UBound(rows(row))
        text = text & rows(row)(column) & " "
      Next
    Next
  Next
  Cells = text
End Function

Function Shapes(document) As String
  Dim page, i As Integer, text As String
  On Error Resume Next ' not every shape that says so has text
  page = document.DrawPages(0)
  For i = 0 To page.Count - 1
    If HasUnoInterfaces(page(i), "com.sun.star.text.XText") Then text = text & page(i).String & " "
  Next
  Shapes = text
End Function
