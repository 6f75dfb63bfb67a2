"""Structure to PDF/UA, HTML and text: letters, notices, time lines.

    document = Document(title="...", author="...", blocks=(...))
    to_pdf(document, created=date(2015, 3, 10)), to_html(document), to_text(document)

The PDF declares PDF/UA-1 and PDF/A-2a; `check.check_pdf` looks for itself. Text is data, never markup.
"""
