"""What goes out of a site: forms for Word, workbooks for Excel, lists to hand in, open data."""
