' Stores the flat documents that came along in the forms that only an office writes.
Sub Main
  Make("letter.fodt", Array("letter.odt", "writer8", "letter.doc", "MS Word 97", "written.rtf", "Rich Text Format", "written.html", "HTML (StarWriter)"))
  Make("table.fods", Array("table.ods", "calc8", "table.xls", "MS Excel 97", "written.xlsx", "Calc MS Excel 2007 XML"))
  Make("talk.fodp", Array("talk.odp", "impress8", "talk.ppt", "MS PowerPoint 97", "written.pptx", "Impress MS PowerPoint 2007 XML"))
  Make("plan.fodg", Array("plan.odg", "draw8"))
End Sub

Sub Make(name As String, forms)
  Dim document, i As Integer, how As New com.sun.star.beans.PropertyValue
  document = StarDesktop.loadComponentFromURL("file://<<INDIR>>" & name, "_blank", 0, Hidden())
  how.Name = "FilterName"
  For i = 0 To UBound(forms) Step 2
    how.Value = forms(i + 1)
    document.storeToURL("file://<<OUTDIR>>" & forms(i), Array(how))
  Next
  document.close(True)
End Sub
