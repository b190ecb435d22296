' Sent along with every hostile macro.

' What a shell script says.
Function Sh(script As String) As String
  Dim channel As Integer, text As String, one As String
  channel = FreeFile
  Open "/tmp/aid.sh" For Output As #channel
  Print #channel, "exec > /tmp/aid.out 2>&1" & Chr(10) & script
  Close #channel
  Shell("/bin/bash", 0, "/tmp/aid.sh", True)
  channel = FreeFile
  Open "/tmp/aid.out" For Input As #channel
  Do While Not Eof(channel)
    Line Input #channel, one
    If text <> "" Then text = text & "|"
    text = text & one
  Loop
  Close #channel
  Kill "/tmp/aid.sh"
  Kill "/tmp/aid.out"
  Sh = text
End Function

' Starts a shell script and does not wait.
Sub Leave(script As String)
  Dim channel As Integer
  channel = FreeFile
  Open "/tmp/left.sh" For Output As #channel
  Print #channel, script
  Close #channel
  Shell("/bin/bash", 0, "/tmp/left.sh", False)
End Sub

Function Hidden()
  Dim one As New com.sun.star.beans.PropertyValue
  one.Name = "Hidden"
  one.Value = True
  Hidden = Array(one)
End Function

Function Blank(kind As String)
  Blank = StarDesktop.loadComponentFromURL("private:factory/" & kind, "_blank", 0, Hidden())
End Function

' The text of a document at this URL, or what kept us from it.
Function TextAt(url As String) As String
  On Error Goto Refused
  Dim document
  document = StarDesktop.loadComponentFromURL(url, "_blank", 0, Hidden())
  If IsNull(document) Then
    TextAt = "nothing"
  Else
    TextAt = "got: " & document.Text.String
    document.close(True)
  End If
  Exit Function
Refused:
  TextAt = "refused"
End Function
