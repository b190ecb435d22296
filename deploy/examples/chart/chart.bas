' Turns solar.csv into a formatted sheet with totals and a chart, and stores it as .xlsx and as PDF.
' openDocFromPath, setCellByPosition and the like are routines of the library AutoOOo, which doos puts in every office.

Const HEADER_ROW = 3 ' zero-based, as all rows and columns here
Const DARK = &H0F4C75
Const LIGHT = &HE8F1F7
Const TEXT = &H5C6B7A

Function Main() As String
  Dim document, lastRow
  document = openDocFromPath("<<INDIR>>solar.csv", , , True)
  lastRow = makeRoom(document)
  writeTotals(document, lastRow)
  formatTable(document, lastRow)
  drawChart(document, lastRow)
  setUpPage(document)
  saveDocToPath(document, "<<OUTDIR>>solar-report.xlsx", "Calc MS Excel 2007 XML")
  saveDocToPath(document, "<<OUTDIR>>solar-report.pdf")
  Main = getCellByPosition(document, 3, lastRow + 1).String & " kWh"
  closeDocument(document, True)
End Function

' Moves the data down for a heading, and answers the last row of it.
Function makeRoom(document)
  Dim sheet, cursor
  sheet = document.Sheets.getByIndex(0)
  sheet.Name = "Solar roof"
  sheet.Rows.insertByIndex(0, HEADER_ROW)
  setCellByPosition(document, 0, 0, "A year of the solar roof")
  setCellByPosition(document, 0, 1, "Electricity by month, in kilowatt hours")
  cursor = sheet.createCursor()
  cursor.gotoEndOfUsedArea(False)
  makeRoom = cursor.RangeAddress.EndRow
End Function

Sub writeTotals(document, lastRow)
  Dim row, column, letters
  letters = Array("A", "B", "C", "D", "E")
  setCellByPosition(document, 3, HEADER_ROW, "Produced")
  setCellByPosition(document, 4, HEADER_ROW, "Share used")
  For row = HEADER_ROW + 1 To lastRow + 1
    setCellByPosition(document, 3, row, "=B" & (row + 1) & "+C" & (row + 1))
    setCellByPosition(document, 4, row, "=B" & (row + 1) & "/D" & (row + 1))
  Next row
  setCellByPosition(document, 0, lastRow + 1, "Year")
  For column = 1 To 2
    setCellByPosition(document, column, lastRow + 1, _
      "=SUM(" & letters(column) & (HEADER_ROW + 2) & ":" & letters(column) & (lastRow + 1) & ")")
  Next column
End Sub

Sub formatTable(document, lastRow)
  Dim sheet, all, header, totals, column, row
  sheet = document.Sheets.getByIndex(0)
  all = getCellRangeByPosition(document, 0, 0, 4, lastRow + 1)
  all.CharFontName = "Carlito"
  all.CharHeight = 11

  With sheet.getCellByPosition(0, 0)
    .CharHeight = 18
    .CharWeight = com.sun.star.awt.FontWeight.BOLD
    .CharColor = DARK
  End With
  sheet.getCellByPosition(0, 1).CharColor = TEXT

  header = getCellRangeByPosition(document, 0, HEADER_ROW, 4, HEADER_ROW)
  header.CellBackColor = DARK
  header.CharColor = &HFFFFFF
  header.CharWeight = com.sun.star.awt.FontWeight.BOLD

  totals = getCellRangeByPosition(document, 0, lastRow + 1, 4, lastRow + 1)
  totals.CellBackColor = LIGHT
  totals.CharWeight = com.sun.star.awt.FontWeight.BOLD
  totals.TopBorder = newBorderLine(DARK, 0, 35, 0)

  getCellRangeByPosition(document, 1, HEADER_ROW, 4, HEADER_ROW).HoriJustify = com.sun.star.table.CellHoriJustify.RIGHT
  getCellRangeByPosition(document, 1, HEADER_ROW + 1, 3, lastRow + 1).NumberFormat = numberFormat(document, "#,##0")
  getCellRangeByPosition(document, 4, HEADER_ROW + 1, 4, lastRow + 1).NumberFormat = numberFormat(document, "0%")
  For column = 0 To 4
    sheet.Columns.getByIndex(column).Width = 3600
  Next column
  For row = HEADER_ROW To lastRow + 1
    sheet.Rows.getByIndex(row).Height = 560
  Next row
  With getCellRangeByPosition(document, 0, HEADER_ROW, 4, lastRow + 1)
    .VertJustify = com.sun.star.table.CellVertJustify2.CENTER
    .ParaLeftMargin = 150
    .ParaRightMargin = 150
  End With
End Sub

Function numberFormat(document, pattern)
  Dim locale As New com.sun.star.lang.Locale
  numberFormat = document.NumberFormats.queryKey(pattern, locale, False)
  If numberFormat = -1 Then
    numberFormat = document.NumberFormats.addNew(pattern, locale)
  End If
End Function

Sub drawChart(document, lastRow)
  Dim sheet, chart
  Dim place As New com.sun.star.awt.Rectangle
  Dim data(0) As New com.sun.star.table.CellRangeAddress
  sheet = document.Sheets.getByIndex(0)
  place.X = 0
  place.Y = sheet.getCellByPosition(0, lastRow + 3).Position.Y
  place.Width = 18000
  place.Height = 11500
  data(0) = getCellRangeByPosition(document, 0, HEADER_ROW, 2, lastRow).RangeAddress
  sheet.Charts.addNewByName("Months", place, data(), True, True)

  chart = sheet.Charts.getByName("Months").EmbeddedObject
  chart.Diagram = chart.createInstance("com.sun.star.chart.BarDiagram")
  chart.Diagram.Stacked = True
  chart.HasMainTitle = True
  chart.Title.String = "Where the electricity of the roof went"
  chart.HasLegend = True
  chart.Legend.Alignment = com.sun.star.chart.ChartLegendPosition.BOTTOM
  chart.Legend.FillStyle = com.sun.star.drawing.FillStyle.NONE
  chart.Legend.LineStyle = com.sun.star.drawing.LineStyle.NONE
  chart.Area.LineStyle = com.sun.star.drawing.LineStyle.NONE
  With chart.Diagram
    .Wall.FillStyle = com.sun.star.drawing.FillStyle.NONE
    .Wall.LineStyle = com.sun.star.drawing.LineStyle.NONE
    .HasXAxisTitle = True
    .XAxisTitle.String = "Month"
    .HasYAxisTitle = True
    .YAxisTitle.String = "Kilowatt hours"
    .YAxis.Min = 0
    .YAxis.GapWidth = 60
    .YMainGrid.LineColor = &HD5DDE4
    .getDataRowProperties(0).FillColor = &H3282B8
    .getDataRowProperties(1).FillColor = &HF2B134
    letter(.XAxis, 9, TEXT)
    letter(.YAxis, 9, TEXT)
    letter(.XAxisTitle, 10, TEXT)
    letter(.YAxisTitle, 10, TEXT)
  End With
  letter(chart.Legend, 10, TEXT)
  letter(chart.Title, 14, DARK)
End Sub

Sub letter(part, size, colour)
  part.CharFontName = "Carlito"
  part.CharHeight = size
  part.CharColor = colour
End Sub

' One A4 page, as wide as the table.
Sub setUpPage(document)
  Dim page
  page = document.StyleFamilies.getByName("PageStyles").getByName(document.Sheets.getByIndex(0).PageStyle)
  page.IsLandscape = False
  page.Width = 21000
  page.Height = 29700
  page.LeftMargin = 1500
  page.RightMargin = 1500
  page.TopMargin = 1800
  page.ScaleToPagesX = 1
  page.ScaleToPagesY = 1
  page.CenterHorizontally = True
  page.HeaderIsOn = False
  page.FooterIsOn = False
End Sub
