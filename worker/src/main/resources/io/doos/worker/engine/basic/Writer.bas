Option Explicit
' AutoOOo, Writer: text tables, bookmarks, search and replace

' Into the table cell under the view cursor: at the cursor, or in place of the cell's text. False without a cell
Function setValueInTextTableCell(document, value, Optional replace) As Variant
  Dim view, cell, whole As Boolean
  whole = False
  If Not IsMissing(replace) Then whole = replace
  setValueInTextTableCell = False
  view = document.CurrentController.getViewCursor()
  If IsEmpty(view.Cell) Then Exit Function
  cell = view.Cell
  If whole Then
    cell.setString(CStr(value))
  Else
    cell.getText().insertString(cell.getText().createTextCursorByRange(view.getStart()), CStr(value), False)
  End If
  setValueInTextTableCell = True
End Function

Function setVITTC(document, value, Optional replace) As Variant
  setVITTC = setValueInTextTableCell(document, value, replace)
End Function

' right, left, up, down; False when there is no table under the cursor or no such cell
Function shiftCursorWithinTextTable(document, direction, Optional increment) As Variant
  Dim view, cursor, steps As Long, moved As Boolean
  steps = 1
  If Not IsMissing(increment) Then steps = increment
  shiftCursorWithinTextTable = False
  view = document.CurrentController.getViewCursor()
  If IsEmpty(view.TextTable) Then Exit Function
  cursor = view.TextTable.createCursorByCellName(view.Cell.CellName)
  Select Case LCase(direction)
  Case "right" : moved = cursor.goRight(steps, False)
  Case "left" : moved = cursor.goLeft(steps, False)
  Case "up" : moved = cursor.goUp(steps, False)
  Case "down" : moved = cursor.goDown(steps, False)
  Case Else : moved = False
  End Select
  If moved Then autooooEnterCell(document, view.TextTable.getCellByName(cursor.getRangeName()))
  shiftCursorWithinTextTable = moved
End Function

Function shiftCWTT(document, direction, Optional increment) As Variant
  shiftCWTT = shiftCursorWithinTextTable(document, direction, increment)
End Function

Function jumpCursorWithinTextTable(document, column, row) As Variant
  Dim view
  jumpCursorWithinTextTable = False
  view = document.CurrentController.getViewCursor()
  If IsEmpty(view.TextTable) Then Exit Function
  autooooEnterCell(document, view.TextTable.getCellByPosition(column, row))
  jumpCursorWithinTextTable = True
End Function

Function jumpCWTT(document, column, row) As Variant
  jumpCWTT = jumpCursorWithinTextTable(document, column, row)
End Function

Function moveCursorIntoTextTable(document, table, Optional column, Optional row) As Variant
  Dim toColumn As Long, toRow As Long
  toColumn = 0
  toRow = 0
  If Not IsMissing(column) Then toColumn = column
  If Not IsMissing(row) Then toRow = row
  autooooEnterCell(document, document.TextTables.getByName(table).getCellByPosition(toColumn, toRow))
  moveCursorIntoTextTable = True
End Function

Function moveCITT(document, table, Optional column, Optional row) As Variant
  moveCITT = moveCursorIntoTextTable(document, table, column, row)
End Function

Function setValueByBookMark(document, bookmark, value) As Variant
  document.Bookmarks.getByName(bookmark).getAnchor().setString(CStr(value))
  setValueByBookMark = True
End Function

Function setVBBM(document, bookmark, value) As Variant
  setVBBM = setValueByBookMark(document, bookmark, value)
End Function

Function moveCursorToBookMark(document, bookmark) As Variant
  document.CurrentController.getViewCursor().gotoRange(document.Bookmarks.getByName(bookmark).getAnchor(), False)
  moveCursorToBookMark = True
End Function

Function moveCTBM(document, bookmark) As Variant
  moveCTBM = moveCursorToBookMark(document, bookmark)
End Function

' How often it was replaced
Function searchAndReplaceText(document, search, replacement, Optional caseSensitive) As Variant
  Dim description
  description = document.createReplaceDescriptor()
  description.SearchString = search
  description.ReplaceString = replacement
  description.SearchCaseSensitive = True
  If Not IsMissing(caseSensitive) Then description.SearchCaseSensitive = caseSensitive
  searchAndReplaceText = document.replaceAll(description)
End Function

Function searchNRT(document, search, replacement, Optional caseSensitive) As Variant
  searchNRT = searchAndReplaceText(document, search, replacement, caseSensitive)
End Function

Private Sub autooooEnterCell(document, cell)
  document.CurrentController.getViewCursor().gotoRange(cell.getText().getStart(), False)
End Sub
