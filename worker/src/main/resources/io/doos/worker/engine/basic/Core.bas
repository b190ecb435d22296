Option Explicit
' AutoOOo, Core: opening, making, saving and closing documents, and a few odds and ends.
' Names and parameters are the interface that macros written for the old doos rely on.
' What is not part of that interface is named autoooo…, so as not to shadow the names of macros.

Function setPropertyValue(Optional name, Optional value) As Variant
  Dim autooooProperty As New com.sun.star.beans.PropertyValue
  If Not IsMissing(name) Then autooooProperty.Name = name
  If Not IsMissing(value) Then autooooProperty.Value = value
  setPropertyValue = autooooProperty
End Function

' The document, or False when the filter cannot be told
Function openDocFromPath(path, Optional filter, Optional filterOptions, Optional hide) As Variant
  Dim url As String, kind As String, options As String, filterName As String
  Dim hidden As Boolean
  url = ConvertToURL(path)
  options = ""
  hidden = False
  If Not IsMissing(filterOptions) Then options = filterOptions
  If Not IsMissing(hide) Then hidden = hide
  If IsMissing(filter) Then
    kind = ""
  Else
    kind = filter
  End If
  If kind = "" Then
    kind = autooooExtension(url)
    filterName = autooooLoadFilter(LCase(kind))
    If filterName = "" Then filterName = autooooDetectedFilter(url)
  Else
    filterName = autooooLoadFilter(LCase(kind))
    If filterName = "" Then filterName = kind
  End If
  If filterName = "" Then
    openDocFromPath = False
    Exit Function
  End If
  If options = "" Then options = autooooFilterOptions(LCase(kind))
  If options = "" Then
    openDocFromPath = StarDesktop.loadComponentFromURL(url, "_blank", 0, Array( _
        setPropertyValue("FilterName", filterName), setPropertyValue("Hidden", hidden)))
  Else
    openDocFromPath = StarDesktop.loadComponentFromURL(url, "_blank", 0, Array( _
        setPropertyValue("FilterName", filterName), setPropertyValue("FilterOptions", options), _
        setPropertyValue("Hidden", hidden)))
  End If
End Function

Function openD(path, Optional filter, Optional filterOptions, Optional hide) As Variant
  openD = openDocFromPath(path, filter, filterOptions, hide)
End Function

Function newDocFromTemplate(path, Optional hide) As Variant
  Dim hidden As Boolean
  hidden = False
  If Not IsMissing(hide) Then hidden = hide
  newDocFromTemplate = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, Array( _
      setPropertyValue("AsTemplate", True), setPropertyValue("Hidden", hidden)))
End Function

Function newDFT(path, Optional hide) As Variant
  newDFT = newDocFromTemplate(path, hide)
End Function

' "text" for a Writer document, "data" for a Calc document, else False; visible unless told otherwise
Function newDocument(kind, Optional hide) As Variant
  Dim hidden As Boolean, factory As String
  hidden = False
  If Not IsMissing(hide) Then hidden = hide
  Select Case LCase(kind)
  Case "text"
    factory = "private:factory/swriter"
  Case "data"
    factory = "private:factory/scalc"
  Case Else
    newDocument = False
    Exit Function
  End Select
  newDocument = StarDesktop.loadComponentFromURL(factory, "_blank", 0, _
      Array(setPropertyValue("Hidden", hidden)))
End Function

Function newD(kind, Optional hide) As Variant
  newD = newDocument(kind, hide)
End Function

' True, or False when there is no filter for it
Function saveDocToPath(document, path, Optional filter, Optional filterOptions, Optional overwrite) As Variant
  Dim url As String, kind As String, options As String, filterName As String
  Dim replace As Boolean, properties
  url = ConvertToURL(path)
  options = ""
  replace = False
  If Not IsMissing(filterOptions) Then options = filterOptions
  If Not IsMissing(overwrite) Then replace = overwrite
  If IsMissing(filter) Then
    kind = ""
  Else
    kind = filter
  End If
  If kind = "" Then
    kind = autooooExtension(url)
    filterName = autooooStoreFilter(document, LCase(kind))
  Else
    filterName = autooooStoreFilter(document, LCase(kind))
    If filterName = "" Then filterName = kind
  End If
  If filterName = "" Then
    saveDocToPath = False
    Exit Function
  End If
  If options = "" And (InStr(filterName, "csv") > 0 Or InStr(filterName, "encoded") > 0) Then
    options = autooooFilterOptions(LCase(kind))
    If options = "" Or InStr(filterName, "encoded") > 0 Then options = "UTF8"
    If InStr(filterName, "csv") > 0 And options = "UTF8" Then options = autooooFilterOptions("csv")
  End If
  If options = "" Then
    properties = Array(setPropertyValue("FilterName", filterName), setPropertyValue("Overwrite", replace))
  Else
    properties = Array(setPropertyValue("FilterName", filterName), setPropertyValue("Overwrite", replace), _
        setPropertyValue("FilterOptions", options))
  End If
  If autooooStoresCopy(filterName) Then
    document.storeToURL(url, properties)
  Else
    document.storeAsURL(url, properties)
  End If
  saveDocToPath = True
End Function

Function saveDTP(document, path, Optional filter, Optional filterOptions, Optional overwrite) As Variant
  saveDTP = saveDocToPath(document, path, filter, filterOptions, overwrite)
End Function

Function closeDocument(document, Optional force) As Variant
  Dim forced As Boolean
  forced = False
  If Not IsMissing(force) Then forced = force
  If Not forced Then
    If document.isModified() And document.hasLocation() And Not document.isReadonly() Then document.store()
  End If
  document.close(True)
  closeDocument = True
End Function

Function closeD(document, Optional force) As Variant
  closeD = closeDocument(document, force)
End Function

' UTF-8, or Windows-1252 when it is not; lines and line ends as they are
Function readFileToString(path) As String
  Dim text As String
  text = autooooRead(path, "UTF-8")
  If InStr(text, Chr(65533)) > 0 Then text = autooooRead(path, "windows-1252")
  readFileToString = text
End Function

Function strReplace(source, search, replacement) As String
  If search = "" Then
    strReplace = source
  Else
    strReplace = Join(Split(source, search), replacement)
  End If
End Function

Function convertLongToRGB(colour) As Variant
  convertLongToRGB = Array(Red(colour), Green(colour), Blue(colour))
End Function

' Runs a function, Main by default, of the Basic file at path, and answers what it returns
Function runScript(path, Optional routine) As Variant
  Dim called As String, library As String, libraries, number As Long
  called = "Main"
  If Not IsMissing(routine) Then called = routine
  libraries = GlobalScope.BasicLibraries
  number = 1
  Do While libraries.hasByName("AutoOOoScript" & number)
    number = number + 1
  Loop
  library = "AutoOOoScript" & number
  libraries.createLibrary(library)
  libraries.getByName(library).insertByName("Script", readFileToString(path))
  Dim provider, script
  provider = GetDefaultContext().getValueByName( _
      "/singletons/com.sun.star.script.provider.theMasterScriptProviderFactory").createScriptProvider("")
  script = provider.getScript("vnd.sun.star.script:" & library & ".Script." & called & _
      "?language=Basic&location=application")
  runScript = script.invoke(Array(), Array(), Array())
  libraries.removeLibrary(library)
End Function

Private Function autooooRead(path, encoding As String) As String
  Dim files, stream
  files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  stream = CreateUnoService("com.sun.star.io.TextInputStream")
  stream.setInputStream(files.openFileRead(ConvertToURL(path)))
  stream.setEncoding(encoding)
  autooooRead = stream.readString(Array(), False)
  stream.closeInput()
End Function

Private Function autooooExtension(url As String) As String
  Dim parts, name As String
  parts = Split(url, "/")
  name = parts(UBound(parts))
  parts = Split(name, ".")
  If UBound(parts) > 0 Then
    autooooExtension = parts(UBound(parts))
  Else
    autooooExtension = ""
  End If
End Function

Private Function autooooLoadFilter(kind As String) As String
  Select Case kind
  Case "xls" : autooooLoadFilter = "MS Excel 97"
  Case "doc" : autooooLoadFilter = "MS Word 97"
  Case "odt" : autooooLoadFilter = "writer8"
  Case "ods" : autooooLoadFilter = "calc8"
  Case "txt", "text" : autooooLoadFilter = "Text (encoded)"
  Case "csv", "tab" : autooooLoadFilter = "Text - txt - csv (StarCalc)"
  Case Else : autooooLoadFilter = ""
  End Select
End Function

Private Function autooooDetectedFilter(url As String) As String
  Dim detection, typeName_ As String, properties, i As Long
  autooooDetectedFilter = ""
  detection = CreateUnoService("com.sun.star.document.TypeDetection")
  typeName_ = detection.queryTypeByURL(url)
  If typeName_ = "" Then Exit Function
  properties = detection.getByName(typeName_)
  For i = LBound(properties) To UBound(properties)
    If properties(i).Name = "PreferredFilter" Then autooooDetectedFilter = properties(i).Value
  Next
End Function

' Comma or tab, quoted by ", UTF-8, from line 1
Private Function autooooFilterOptions(kind As String) As String
  Select Case kind
  Case "csv" : autooooFilterOptions = "44,34,76,1"
  Case "tab" : autooooFilterOptions = "9,34,76,1"
  Case "txt", "text" : autooooFilterOptions = "UTF8"
  Case Else : autooooFilterOptions = ""
  End Select
End Function

Private Function autooooStoresCopy(filterName As String) As Boolean
  autooooStoresCopy = InStr(filterName, "_pdf_Export") > 0 Or InStr(filterName, "XHTML") > 0
End Function

Private Function autooooStoreFilter(document, kind As String) As String
  Select Case kind
  Case "xls" : autooooStoreFilter = "MS Excel 97"
  Case "xlsx" : autooooStoreFilter = "Calc MS Excel 2007 XML"
  Case "doc" : autooooStoreFilter = "MS Word 97"
  Case "docx" : autooooStoreFilter = "MS Word 2007 XML"
  Case "odt" : autooooStoreFilter = "writer8"
  Case "ods" : autooooStoreFilter = "calc8"
  Case Else
    If document.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then
      autooooStoreFilter = autooooCalcFilter(kind)
    ElseIf document.supportsService("com.sun.star.presentation.PresentationDocument") Then
      autooooStoreFilter = autooooImpressFilter(kind)
    ElseIf document.supportsService("com.sun.star.drawing.DrawingDocument") Then
      autooooStoreFilter = autooooDrawFilter(kind)
    Else
      autooooStoreFilter = autooooWriterFilter(kind)
    End If
  End Select
End Function

Private Function autooooWriterFilter(kind As String) As String
  Select Case kind
  Case "odf" : autooooWriterFilter = "writer8"
  Case "html" : autooooWriterFilter = "HTML (StarWriter)"
  Case "xhtml" : autooooWriterFilter = "XHTML Writer File"
  Case "txt", "text", "csv" : autooooWriterFilter = "Text (encoded)"
  Case "pdf" : autooooWriterFilter = "writer_pdf_Export"
  Case "rtf" : autooooWriterFilter = "Rich Text Format"
  Case Else : autooooWriterFilter = ""
  End Select
End Function

Private Function autooooCalcFilter(kind As String) As String
  Select Case kind
  Case "odf" : autooooCalcFilter = "calc8"
  Case "html" : autooooCalcFilter = "HTML (StarCalc)"
  Case "xhtml" : autooooCalcFilter = "XHTML Calc File"
  Case "txt", "text", "csv", "tab" : autooooCalcFilter = "Text - txt - csv (StarCalc)"
  Case "pdf" : autooooCalcFilter = "calc_pdf_Export"
  Case "rtf" : autooooCalcFilter = "Rich Text Format (StarCalc)"
  Case Else : autooooCalcFilter = ""
  End Select
End Function

Private Function autooooImpressFilter(kind As String) As String
  Select Case kind
  Case "odf" : autooooImpressFilter = "impress8"
  Case "html" : autooooImpressFilter = "impress_html_Export"
  Case "xhtml" : autooooImpressFilter = "XHTML Impress File"
  Case "pdf" : autooooImpressFilter = "impress_pdf_Export"
  Case Else : autooooImpressFilter = ""
  End Select
End Function

Private Function autooooDrawFilter(kind As String) As String
  Select Case kind
  Case "odf" : autooooDrawFilter = "draw8"
  Case "html" : autooooDrawFilter = "draw_html_Export"
  Case "xhtml" : autooooDrawFilter = "XHTML Draw File"
  Case "pdf" : autooooDrawFilter = "draw_pdf_Export"
  Case Else : autooooDrawFilter = ""
  End Select
End Function
