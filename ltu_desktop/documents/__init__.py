"""Reports → PDF, Excel, CSV. The only room with reportlab, pikepdf and the writer of openpyxl."""
