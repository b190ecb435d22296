Option Explicit
' Tells what the office knows of a Basic error. Names are long and odd on purpose: every routine of a
' loaded library can be called unqualified, so plain ones would shadow the undeclared names of macros.

Private doosProbeTab As String
Private doosProbePath As String, doosProbePosition As String
Private doosProbeDialog As String

' Number, line and text of the error under way, then what the Basic IDE shows of it: title of its frame,
' chosen module, path and position of the status bar; then the text of an open dialog.
Function doosProbeState() As Variant
  Dim doosNumber, doosLine, doosText, doosTitle
  doosNumber = Err : doosLine = Erl : doosText = Error$
  On Error Resume Next
  doosTitle = ""
  doosProbeTab = "" : doosProbePath = "" : doosProbePosition = "" : doosProbeDialog = ""
  Dim doosToolkit, doosContext, i As Long, doosTop As Long
  doosToolkit = CreateUnoService("com.sun.star.awt.Toolkit")
  doosTop = doosToolkit.getTopWindowCount()
  For i = 0 To doosTop - 1
    doosContext = doosToolkit.getTopWindow(i).getAccessibleContext()
    If doosContext.getAccessibleRole() = 1 Or doosContext.getAccessibleRole() = 12 Then
      If doosProbeDialog = "" Then doosProbeDialogText(doosContext, 0)
    ElseIf InStr(doosContext.getAccessibleName(), " Basic") > 0 Then
      doosTitle = doosContext.getAccessibleName()
      doosProbeWalk(doosContext, 0)
    End If
  Next
  doosProbeState = Array(doosNumber, doosLine, doosText, doosTitle, doosProbeTab, _
      doosProbePath, doosProbePosition, doosProbeDialog)
End Function

' Roles: 39 page tab list, 40 panel, 49 root pane, 51 scroll pane, 57 status bar
Private Sub doosProbeWalk(doosNode, doosDepth As Long)
  On Error Resume Next
  Dim i As Long, doosCount As Long, doosRole As Long
  If doosDepth > 10 Then Exit Sub
  doosRole = doosNode.getAccessibleRole()
  doosCount = doosNode.getAccessibleChildCount()
  Select Case doosRole
  Case 39
    If doosProbeTab = "" Then
      doosProbeTab = doosNode.getSelectedAccessibleChild(0).getAccessibleContext().getAccessibleName()
    End If
  Case 57
    doosProbePath = doosNode.getAccessibleChild(0).getAccessibleContext().getText()
    doosProbePosition = doosNode.getAccessibleChild(2).getAccessibleContext().getText()
  Case 40, 49, 51
    For i = 0 To doosCount - 1
      doosProbeWalk(doosNode.getAccessibleChild(i).getAccessibleContext(), doosDepth + 1)
    Next
  End Select
End Sub

' The first text in a dialog that is not a button's (44)
Private Sub doosProbeDialogText(doosNode, doosDepth As Long)
  On Error Resume Next
  Dim i As Long, doosCount As Long, doosRole As Long
  If doosDepth > 8 Or doosProbeDialog <> "" Then Exit Sub
  doosRole = doosNode.getAccessibleRole()
  If doosDepth > 0 And doosRole <> 44 And doosRole <> 28 And doosRole <> 29 Then
    doosProbeDialog = doosNode.getAccessibleName()
  End If
  doosCount = doosNode.getAccessibleChildCount()
  For i = 0 To doosCount - 1
    doosProbeDialogText(doosNode.getAccessibleChild(i).getAccessibleContext(), doosDepth + 1)
  Next
End Sub

' The texts of the errors that a compilation can tell, each after its number, arguments left empty
Function doosProbeErrorTexts() As Variant
  Dim doosTexts(129) As String, i As Long
  For i = 2 To 100
    doosTexts(i) = i & " " & Error$(i)
  Next
  For i = 951 To 979
    doosTexts(i - 850) = i & " " & Error$(i)
  Next
  doosProbeErrorTexts = doosTexts
End Function
