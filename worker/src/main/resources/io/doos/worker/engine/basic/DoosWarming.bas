Option Explicit
' What is slow the first time in a process, done once before the first job

Function doosProbeWarm(doosFolder As String) As Boolean
  doosProbeWarm = False
  doosProbeWarmOne("private:factory/swriter", "writer_pdf_Export", doosFolder)
  doosProbeWarmOne("private:factory/scalc", "calc_pdf_Export", doosFolder)
  doosProbeWarm = True
End Function

Private Sub doosProbeWarmOne(doosKind As String, doosFilter As String, doosFolder As String)
  Dim doosDocument, doosUrl As String
  Dim doosHidden As New com.sun.star.beans.PropertyValue
  Dim doosExport As New com.sun.star.beans.PropertyValue
  doosHidden.Name = "Hidden"
  doosHidden.Value = True
  doosExport.Name = "FilterName"
  doosExport.Value = doosFilter
  doosUrl = ConvertToURL(doosFolder & "warm.pdf")
  doosDocument = StarDesktop.loadComponentFromURL(doosKind, "_blank", 0, Array(doosHidden))
  If doosFilter = "writer_pdf_Export" Then
    doosDocument.Text.setString("warm")
  Else
    doosDocument.Sheets.getByIndex(0).getCellByPosition(0, 0).setString("warm")
  End If
  doosDocument.storeToURL(doosUrl, Array(doosExport))
  doosDocument.close(True)
  Kill doosUrl
End Sub
