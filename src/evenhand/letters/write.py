"""The Final Determination Letter that goes out: from the determination to a document, and to PDF, HTML, text and JSON.

    document = compose_letter(letter, texts)        # letter: letters/own.py
    pdf = to_pdf(document, created=letter.served_on)

## Layout "own": what the text of our letters looks like (for `letters.read`)

The text extracted from the PDF (pypdfium2, page after page) and the output of `typesetting.to_text` follow the same conventions.
Compare headings and labels without regard to case. Dates are written "March 9, 2015". What the letter does not know is left out, line
and all.

1. The first page opens with the letterhead (the organisation's name and address), the addressee, then the two title lines
   "Independent Medical Review" and "Final Determination Letter". Together with the line "Case number:" they tell the layout.
2. Header facts, one a line, label and value on one line (a value may run on to further lines up to the next label):
   "Case number:", "Date assigned:", "Date of injury:", "Decision date:", "UR denial date:", "Priority:", "Application received:",
   then the parties: "Employee:", "Claim number:", "Employer:", "Claims administrator:", "Requesting physician:".
3. Section headings, each alone on its line, in this order:
   RESULT / HOW THIS DETERMINATION WAS MADE / DOCUMENTS REVIEWED / CLINICAL CASE SUMMARY / DISPUTED ITEMS, DECISIONS AND REASONS /
   WHAT HAPPENS NEXT / WHO RECEIVED THIS LETTER, and last, only where there is something to say, WHAT NOBODY HAS VERIFIED YET.
4. RESULT begins with "Outcome: Uphold" (or "Overturn", "Partially Overturn"). What follows is a summary for people; the items are
   read from their own section.
5. HOW THIS DETERMINATION WAS MADE has the lines "State(s) of licensure: California, Texas" and
   "Certification(s)/specialty: Family Practice, Pain Management" (names are joined by "; " where one of them holds a comma).
6. DOCUMENTS REVIEWED has one fixed paragraph, the table head "No." "Document", and one entry a document that begins with its
   number and a full stop: "1. ...", "2. ...". Numbers run without a gap, so a line is a new entry only if it has the next number.
7. CLINICAL CASE SUMMARY begins with the line "Medical condition: ..."; then the label "Summary:" and the summary, to the next heading.
8. DISPUTED ITEMS, DECISIONS AND REASONS has one fixed paragraph that ends with "set out below:", then for each item, in this order:
   "Item 1 of 4: <item>"                                  the heading; runs on up to "Decision:"
   "Decision: Upheld" or "Decision: Overturned"           nothing else on the line
   "Original request: ..."                                these three only where utilization review modified the request
   "Authorized by the claims administrator: ..."
   "Eligible portion: ..."
   "Claims administrator guideline: ..."
   "IMR guideline: ..."
   "How the evidence was searched"                        a sub-heading; the steps follow, numbered "1.", "2.", ...
   "Decision rationale: ..."                              runs on up to the next "Item n of m:" or the next section heading
   The guideline lines keep the grammar of the published letters (`guideline_text`).
9. Every page but a single one ends with the running line "<organisation> | Case number <number> | Page 2 of 5": drop every line that
   ends in "| Page <n> of <m>" (an artifact in the PDF's structure, but part of the extracted text).
10. No word is hyphenated by the typesetting and no line is broken inside a word at a hyphen or slash, so a line end in the extracted
   text always stands for one space. Only a word of more than 40 characters may be broken, at a zero-width space (U+200B): drop it,
   with the line end after it. White space is not kept otherwise: paragraphs inside a summary or a rationale may run together.
"""
