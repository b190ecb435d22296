' Merges the template letter.odt with customers.csv: one letter a row, each a PDF of its own.
' openDocFromPath, setValueByBookMark and the like are routines of the library AutoOOo, which doos puts in every office.

Const STANDING_CHARGE = 8.00   ' a month
Const WATER_PRICE = 1.92       ' a cubic metre
Const WASTE_WATER_PRICE = 2.41 ' a cubic metre
Const VAT = 0.07

Function Main() As String
  Dim customers, row
  customers = openDocFromPath("<<INDIR>>customers.csv", , , True)
  row = 1
  Do While customerField(customers, row, 0) <> ""
    writeLetter(customers, row)
    row = row + 1
  Loop
  closeDocument(customers, True)
  Main = (row - 1) & " letters"
End Function

Function customerField(customers, row, column) As String
  customerField = getCellByPosition(customers, column, row).String
End Function

Sub writeLetter(customers, row)
  Dim letter, number, readIn
  number = customerField(customers, row, 0)
  readIn = Year(Date) - 1
  letter = newDocFromTemplate("<<INDIR>>letter.odt", True)

  setValueByBookMark(letter, "Name", customerField(customers, row, 1))
  setValueByBookMark(letter, "Street", customerField(customers, row, 2))
  setValueByBookMark(letter, "City", customerField(customers, row, 3))
  setValueByBookMark(letter, "Customer", number)
  setValueByBookMark(letter, "Statement", number & "-" & readIn)
  setValueByBookMark(letter, "Period", "Jan to Dec " & readIn)
  setValueByBookMark(letter, "Date", Format(Date, "d mmmm yyyy"))
  setValueByBookMark(letter, "Year", readIn)
  writeAmounts(letter, getCellByPosition(customers, 4, row).Value, getCellByPosition(customers, 5, row).Value)

  saveDocToPath(letter, "<<OUTDIR>>statement-" & number & ".pdf")
  closeDocument(letter, True)
End Sub

Sub writeAmounts(letter, used, paid)
  Dim standing, water, waste, tax, due, volume
  volume = Format(used, "#,##0") & " m³"
  standing = 12 * STANDING_CHARGE
  water = wholeCents(used * WATER_PRICE)
  waste = wholeCents(used * WASTE_WATER_PRICE)
  tax = wholeCents((standing + water + waste) * VAT)
  due = standing + water + waste + tax - paid

  searchAndReplaceText(letter, "{used}", volume)
  writeRow(letter, 1, "12 months", euro(STANDING_CHARGE), standing)
  writeRow(letter, 2, volume, euro(WATER_PRICE), water)
  writeRow(letter, 3, volume, euro(WASTE_WATER_PRICE), waste)
  writeRow(letter, 4, Format(VAT, "0 %"), "", tax)
  writeRow(letter, 5, "", "", -paid)
  writeRow(letter, 6, "", "", due)
  searchAndReplaceText(letter, "{payment}", whatToDo(due))
End Sub

Sub writeRow(letter, row, quantity, price, amount)
  moveCursorIntoTextTable(letter, "Amounts", 1, row)
  setValueInTextTableCell(letter, quantity, True)
  shiftCursorWithinTextTable(letter, "right")
  setValueInTextTableCell(letter, price, True)
  shiftCursorWithinTextTable(letter, "right")
  setValueInTextTableCell(letter, euro(amount), True)
End Sub

Function whatToDo(due) As String
  If due >= 0 Then
    whatToDo = "Please pay " & euro(due) & " by " & Format(Date + 30, "d mmmm yyyy") & _
      " to the account below, and name the number of this statement."
  Else
    whatToDo = "You have paid more than the year came to. We will pay " & euro(-due) & " back to your account within ten days."
  End If
End Function

Function wholeCents(amount) As Double
  wholeCents = Int(amount * 100 + 0.5) / 100
End Function

Function euro(amount) As String
  euro = IIf(amount < 0, "− ", "") & "€ " & Format(Abs(amount), "#,##0.00")
End Function
