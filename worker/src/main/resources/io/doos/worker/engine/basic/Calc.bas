Option Explicit
' AutoOOo, Calc: cells, ranges and sheets. Indexes count from 0; without a sheet the active one is meant.

' Commas become semicolons and line breaks blanks in the texts of the active sheet; False for no spreadsheet
Function stripForCSV(document) As Variant
  Dim area, texts, cells, cell
  stripForCSV = False
  If Not document.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then Exit Function
  area = autooooSheet(document).createCursor()
  area.gotoStartOfUsedArea(False)
  area.gotoEndOfUsedArea(True)
  texts = area.queryContentCells(com.sun.star.sheet.CellFlags.STRING)
  cells = texts.getCells().createEnumeration()
  Do While cells.hasMoreElements()
    cell = cells.nextElement()
    cell.setString(autooooStripped(cell.getString()))
  Loop
  stripForCSV = True
End Function

Function stripFC(document) As Variant
  stripFC = stripForCSV(document)
End Function

Function setPrintAreaByNamedRange(document, range) As Variant
  Dim found
  found = autooooNamedRange(document, range)
  found.getSpreadsheet().setPrintAreas(Array(found.getRangeAddress()))
  setPrintAreaByNamedRange = True
End Function

Function setPABNR(document, range) As Variant
  setPABNR = setPrintAreaByNamedRange(document, range)
End Function

Function setPrintAreaByPosition(document, column1, row1, column2, row2) As Variant
  Dim sheet
  sheet = autooooSheet(document)
  sheet.setPrintAreas(Array(sheet.getCellRangeByPosition(column1, row1, column2, row2).getRangeAddress()))
  setPrintAreaByPosition = True
End Function

Function setPABP(document, column1, row1, column2, row2) As Variant
  setPABP = setPrintAreaByPosition(document, column1, row1, column2, row2)
End Function

' kind: value, string, formula or auto
Function setCellByNamedRange(document, range, value, Optional kind) As Variant
  Dim cell
  cell = getCellByNamedRange(document, range)
  If IsMissing(kind) Then
    autooooSetCell(cell, value, "auto")
  Else
    autooooSetCell(cell, value, kind)
  End If
  setCellByNamedRange = cell
End Function

Function setCBNR(document, range, value, Optional kind) As Variant
  setCBNR = setCellByNamedRange(document, range, value, kind)
End Function

' The range's first cell
Function getCellByNamedRange(document, range) As Variant
  getCellByNamedRange = autooooNamedRange(document, range).getCellByPosition(0, 0)
End Function

Function getCBNR(document, range) As Variant
  getCBNR = getCellByNamedRange(document, range)
End Function

Function selectCellByNamedRange(document, range) As Variant
  Dim cell
  cell = getCellByNamedRange(document, range)
  document.CurrentController.select(cell)
  selectCellByNamedRange = cell
End Function

Function selectCBNR(document, range) As Variant
  selectCBNR = selectCellByNamedRange(document, range)
End Function

Function getCellByPosition(document, column, row) As Variant
  getCellByPosition = autooooSheet(document).getCellByPosition(column, row)
End Function

Function getCBP(document, column, row) As Variant
  getCBP = getCellByPosition(document, column, row)
End Function

Function setCellByPosition(document, column, row, value, Optional kind) As Variant
  Dim cell
  cell = getCellByPosition(document, column, row)
  If IsMissing(kind) Then
    autooooSetCell(cell, value, "auto")
  Else
    autooooSetCell(cell, value, kind)
  End If
  setCellByPosition = cell
End Function

Function setCBP(document, column, row, value, Optional kind) As Variant
  setCBP = setCellByPosition(document, column, row, value, kind)
End Function

Function selectCellByPosition(document, column, row) As Variant
  Dim cell
  cell = getCellByPosition(document, column, row)
  document.CurrentController.select(cell)
  selectCellByPosition = cell
End Function

Function selectCBP(document, column, row) As Variant
  selectCBP = selectCellByPosition(document, column, row)
End Function

' Along the row; False for an empty array
Function setCellSetByPosition(document, column, row, values()) As Variant
  Dim i As Long, first As Long, last As Long
  first = LBound(values())
  last = UBound(values())
  If last < first Then
    setCellSetByPosition = False
    Exit Function
  End If
  For i = first To last
    setCellByPosition(document, column + i - first, row, values(i))
  Next
  setCellSetByPosition = True
End Function

Function setCSBP(document, column, row, values()) As Variant
  setCSBP = setCellSetByPosition(document, column, row, values())
End Function

Function getCellRangeByPosition(document, column1, row1, column2, row2) As Variant
  getCellRangeByPosition = autooooSheet(document).getCellRangeByPosition(column1, row1, column2, row2)
End Function

Function getCRBP(document, column1, row1, column2, row2) As Variant
  getCRBP = getCellRangeByPosition(document, column1, row1, column2, row2)
End Function

Function selectCellRangeByPosition(document, column1, row1, column2, row2) As Variant
  Dim range
  range = getCellRangeByPosition(document, column1, row1, column2, row2)
  document.CurrentController.select(range)
  selectCellRangeByPosition = range
End Function

Function selectCRBP(document, column1, row1, column2, row2) As Variant
  selectCRBP = selectCellRangeByPosition(document, column1, row1, column2, row2)
End Function

Function setActiveSheetByName(document, sheet) As Variant
  Dim found
  found = document.Sheets.getByName(sheet)
  document.CurrentController.setActiveSheet(found)
  setActiveSheetByName = found
End Function

Function setASBN(document, sheet) As Variant
  setASBN = setActiveSheetByName(document, sheet)
End Function

' At the end unless told otherwise
Function copySheetByName(document, source, destination, Optional index) As Variant
  Dim place As Long
  place = document.Sheets.getCount()
  If Not IsMissing(index) Then place = index
  document.Sheets.copyByName(source, destination, place)
  copySheetByName = document.Sheets.getByName(destination)
End Function

Function copySBN(document, source, destination, Optional index) As Variant
  copySBN = copySheetByName(document, source, destination, index)
End Function

' Named SheetN with the next free N, at the end, unless told otherwise
Function addNewSheet(document, Optional name, Optional index) As Variant
  Dim sheets, called As String, number As Long, place As Long
  sheets = document.Sheets
  called = ""
  If Not IsMissing(name) Then called = name
  If called = "" Then
    number = 1
    Do While sheets.hasByName("Sheet" & number)
      number = number + 1
    Loop
    called = "Sheet" & number
  End If
  place = sheets.getCount()
  If Not IsMissing(index) Then place = index
  sheets.insertNewByName(called, place)
  addNewSheet = sheets.getByName(called)
End Function

Function addNS(document, Optional name, Optional index) As Variant
  addNS = addNewSheet(document, name, index)
End Function

Function mergeCellsByRange(document, range) As Variant
  Dim found
  found = autooooNamedRange(document, range)
  found.merge(True)
  mergeCellsByRange = found
End Function

Function mergeCBR(document, range) As Variant
  mergeCBR = mergeCellsByRange(document, range)
End Function

Function mergeCellsByPosition(document, column1, row1, column2, row2) As Variant
  Dim found
  found = getCellRangeByPosition(document, column1, row1, column2, row2)
  found.merge(True)
  mergeCellsByPosition = found
End Function

Function mergeCBP(document, column1, row1, column2, row2) As Variant
  mergeCBP = mergeCellsByPosition(document, column1, row1, column2, row2)
End Function

' Widths in 1/100 mm; black, 0, 35 and 0 unless told otherwise
Function newBorderLine(Optional colour, Optional inner, Optional outer, Optional distance) As Variant
  Dim autooooLine As New com.sun.star.table.BorderLine
  autooooLine.Color = 0
  autooooLine.InnerLineWidth = 0
  autooooLine.OuterLineWidth = 35
  autooooLine.LineDistance = 0
  If Not IsMissing(colour) Then autooooLine.Color = colour
  If Not IsMissing(inner) Then autooooLine.InnerLineWidth = inner
  If Not IsMissing(outer) Then autooooLine.OuterLineWidth = outer
  If Not IsMissing(distance) Then autooooLine.LineDistance = distance
  newBorderLine = autooooLine
End Function

Function newBL(Optional colour, Optional inner, Optional outer, Optional distance) As Variant
  newBL = newBorderLine(colour, inner, outer, distance)
End Function

Private Function autooooSheet(document) As Variant
  autooooSheet = document.CurrentController.getActiveSheet()
End Function

' A named range of the document, else an address such as A1:B2 on the active sheet
Private Function autooooNamedRange(document, range) As Variant
  If document.NamedRanges.hasByName(range) Then
    autooooNamedRange = document.NamedRanges.getByName(range).getReferredCells()
  Else
    autooooNamedRange = autooooSheet(document).getCellRangeByName(range)
  End If
End Function

Private Sub autooooSetCell(cell, value, kind)
  Select Case LCase(kind)
  Case "value"
    cell.setValue(CDbl(value))
  Case "string"
    cell.setString(CStr(value))
  Case "formula"
    cell.setFormula(CStr(value))
  Case Else
    If IsNumeric(value) Then
      cell.setValue(CDbl(value))
    ElseIf Left(CStr(value), 1) = "=" Then
      cell.setFormula(CStr(value))
    Else
      cell.setString(CStr(value))
    End If
  End Select
End Sub

Private Function autooooStripped(text As String) As String
  Dim plain As String
  plain = Join(Split(text, ","), ";")
  plain = Join(Split(plain, Chr(13) & Chr(10)), " ")
  plain = Join(Split(plain, Chr(10)), " ")
  autooooStripped = Join(Split(plain, Chr(13)), " ")
End Function
