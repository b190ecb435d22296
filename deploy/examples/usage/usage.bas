' The walkthrough of the old doos: make a document, write into it, store it in <<OUTDIR>>, close it.
' newDocument, saveDocToPath and closeDocument are routines of the library AutoOOo, which doos puts in every office.

Sub Main
  Dim document, text, cursor
  document = newDocument("text")
  letterStyle(document, "Standard", 12, &H1D2733)
  letterStyle(document, "Heading 1", 26, &H0F4C75)
  text = document.Text
  cursor = text.createTextCursor()

  cursor.ParaStyleName = "Heading 1"
  text.insertString(cursor, "Written by doos", False)
  paragraph(text, cursor, "A macro ran in an office that nobody sees, on " & Format(Now, "d mmmm yyyy") & _
    ", and left what you are reading in the folder of its results.")
  paragraph(text, cursor, "Whatever a macro leaves in that folder comes back to whoever asked for it: this text comes as " & _
    "a document to go on writing in (.odt) and as one to print (.pdf).")

  saveDocToPath(document, "<<OUTDIR>>usage.odt")
  saveDocToPath(document, "<<OUTDIR>>usage.pdf")
  closeDocument(document)
End Sub

Sub letterStyle(document, name, size, colour)
  Dim style
  style = document.StyleFamilies.getByName("ParagraphStyles").getByName(name)
  style.CharFontName = "Carlito"
  style.CharHeight = size
  style.CharColor = colour
End Sub

Sub paragraph(text, cursor, words)
  text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
  cursor.ParaStyleName = "Text body"
  text.insertString(cursor, words, False)
End Sub
