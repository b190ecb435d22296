' What a job finds that no other job should have left.
Function Main As String
  Dim found As String, count As Integer, opened, document
  opened = StarDesktop.Components.createEnumeration()
  Do While opened.hasMoreElements()
    opened.nextElement()
    count = count + 1
  Loop
  found = "documents " & count & ", frames " & StarDesktop.Frames.Count
  found = found & ", in " & CurDir() & ", " & Format(1234.5, "#,##0.00") & " " & Format(DateSerial(2026, 5, 1), "DDDD")
  document = Blank("swriter")
  Dim nobody(0)
  createUnoService("com.sun.star.frame.DispatchHelper").executeDispatch(document.CurrentController.Frame, ".uno:Paste", "", 0, Array())
  found = found & ", pasted '" & document.Text.String & "'"
  document.close(True)
  found = found & ", " & Sh("p=; b=0; s=0; w=0; for f in /proc/[0-9]*/comm; do read c < $f; case $c in bash) b=$((b+1));; soffice.bin) s=$((s+1));; bwrap) w=$((w+1));; *) p=""$p $c"";; esac; done; p=""$b $s $w$p""; cd / ; echo $(ls -A /tmp | sed 's/^lu[a-z0-9]*/lu/; s/PIPE_[0-9]*/PIPE/' | sort -u | tr '\n' ' ')" & _
    "'; home' $(find /home | sort | tr '\n' ' ')" & _
    "'; job' $(find /job | sort | tr '\n' ' ')" & _
    "'; profile' $(find /profile | sort | md5sum; find /profile -type f ! -name registrymodifications.xcu ! -name .lock | sort | xargs -d '\n' md5sum | md5sum)" & _
    "'; configuration' $(grep -v -e Office.UI -e Office.Views -e Office/Factories -e LastTime /profile/user/registrymodifications.xcu | sort | md5sum)" & _
    "'; processes' $p" & _
    "'; sockets' $(tail -n +2 /proc/net/tcp | wc -l)")
  Main = found
End Function
